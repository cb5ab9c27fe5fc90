"""What has happened since an answer to what it rests on, read in the query that reads the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject

from governance.people.registers.versions import instant_of
from risks.models.acceptance_changes import MATERIAL, rescored, weakened
from risks.models.links import RiskAsset, RiskControl
from risks.models.risk import Risk

if TYPE_CHECKING:
    from governance.figures.moment import Moment

ON = F("history_date__date")


def happened_since(moment: Moment) -> dict[str, ArraySubquery]:
    """For each answer, by the moment: `versions_since` of its risk, the one that was seen first; then
    `assets_since`, `controls_since` and `scores_since`, what was recorded since and suspends it.

    Each is a list of what there is to say, the oldest first; days are London's, as "2026-11-03". Of each
    `at` is when it was recorded.
    """
    instant = instant_of(moment)
    versions: Any = Risk.history.filter(
        id=OuterRef("risk_id"), history_id__gte=OuterRef("risk_version"), history_date__lt=instant
    )
    assets: Any = RiskAsset.history.filter(
        risk_id=OuterRef("risk_id"), history_id__gt=OuterRef("assets_seen"), history_date__lt=instant
    )
    then: Any = RiskControl.history.filter(
        id=OuterRef("id"), history_id__lte=OuterRef(OuterRef("controls_seen"))
    ).order_by("-history_id")
    controls: Any = weakened(instant).annotate(
        was_effective=Subquery(then.values("effectiveness__name")[:1]),
        named=Subquery(then.values("title")[:1]),
    )
    same = {name: name for name in MATERIAL}
    return {
        "versions_since": _listed(versions, owner="owner__title", asset="asset__reference", **same),
        "assets_since": _listed(assets, id="asset_id", reference="asset__reference", kind="history_type"),
        "controls_since": _listed(
            controls, title="named", was="was", state="state", kind="history_type",
            was_effective="was_effective", effective="effectiveness__name",
        ),
        "scores_since": ArraySubquery(
            rescored(moment)
            .order_by("pk")
            .values(
                said=JSONObject(
                    on="effective_on", at="recorded_at", void="void", level="cell__level__name",
                    likelihood="cell__likelihood", impact="cell__impact",
                )
            )
        ),
    }  # fmt: skip


def _listed(versions: Any, **said: str) -> ArraySubquery:
    """Versions as a list of what they say, with their day."""
    told = JSONObject(on=ON, at="history_date", **said)
    return ArraySubquery(versions.order_by("history_id").values(said=told))
