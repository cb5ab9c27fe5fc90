"""The scores of risks at a moment, read from the assessments that stand and from the matrix of each.

Given to risks, or to versions of them, by one subquery a kind: nothing of it is stored on a risk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.db.models import (
    BooleanField,
    Case,
    DateField,
    F,
    IntegerField,
    JSONField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, JSONObject

from assets.models.attestation import Later

if TYPE_CHECKING:
    from governance.figures.moment import Moment

Rows = TypeVar("Rows", bound=QuerySet[Any])
KINDS = ("inherent", "current", "target")
# What is told of a score, by the path from its assessment.
TOLD = {
    "assessment": "pk",
    "likelihood": "cell__likelihood",
    "impact": "cell__impact",
    "matrix": "cell__matrix_id",
    "level": "cell__level__name",
    "rank": "cell__level__rank",
    "tone": "cell__level__tone",
    "review_months": "cell__level__review_months",
    "belongs_on": "cell__level__belongs_on",
    "appetite": "cell__matrix__appetite",
    "tolerance": "cell__matrix__tolerance",
    "on": "effective_on",
}


def with_levels(rows: Rows, moment: Moment, *, key: str) -> Rows:
    """Risks (or versions of them; `key` is the column of the risk) with their scores at a moment.

    `inherent`, `current` and `target` are None or what TOLD names, and `score`, likelihood times impact.
    Of the current one there are also `assessment`, `level` (its name), `level_rank`, `score`, `scored_on`,
    `next_review_on`, `is_overdue` (for review), `above_appetite` and `above_tolerance`: empty or False where
    the risk is not scored.
    """
    scores = {kind: Subquery(_last(kind, moment, key), output_field=JSONField()) for kind in KINDS}
    found: Any = rows.annotate(**scores).annotate(
        assessment=_number("assessment"),
        level=KeyTextTransform("level", "current", output_field=TextField()),
        level_rank=_number("rank"),
        score=_number("score"),
        scored_on=Cast(KeyTextTransform("on", "current"), DateField()),
    )
    found = found.annotate(next_review_on=Later(F("scored_on"), _number("review_months")))
    scored: Rows = found.annotate(
        is_overdue=_whether(next_review_on__lt=moment.as_at),
        above_appetite=_whether(level_rank__gt=_number("appetite")),
        above_tolerance=_whether(level_rank__gt=_number("tolerance")),
    )
    return scored


def _last(kind: str, moment: Moment, key: str) -> Any:
    """The assessment of a kind that stands for the risk of the outer row, as one value."""
    live: Any = apps.get_model("risks", "Assessment")._default_manager.filter(risk=OuterRef(key), kind=kind)
    score = F("cell__likelihood") * F("cell__impact")
    last = live.live(moment).order_by("-effective_on", "-place")
    return last.values(told=JSONObject(**TOLD, score=score))[:1]


def _number(name: str) -> Cast:
    return Cast(KeyTextTransform(name, "current"), IntegerField())


def _whether(**condition: Any) -> Case:
    return Case(
        When(**condition, then=Value(True)),  # noqa: FBT003
        default=Value(False),  # noqa: FBT003
        output_field=BooleanField(),
    )
