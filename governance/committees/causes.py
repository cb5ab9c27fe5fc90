"""Why the registers answer otherwise today: what the council learned since a figure was frozen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from actions.models import Completion, MaturityScore, ProgressUpdate
from governance.committees.kinds import completions_on, kind_of
from governance.core.dates import LONDON, long_date
from risks.models import Assessment

if TYPE_CHECKING:
    from datetime import date, datetime

    from governance.committees.models import PublishedFigure

# Said of a record that no fact of its own moved.
ANEW = "what it depends on was recorded anew"
# For each subject: the last fact learned of since the figure was frozen that bears on its day.
Cause = ProgressUpdate | Assessment | MaturityScore | Completion
Causes = Mapping[int, Cause]


def causes_of(figure: PublishedFigure, moved: list[int], renewed: list[int]) -> Causes:
    """By subject the last fact learned; where others' word made or unmade the difference, that word."""
    kind = kind_of(figure)
    every = _since(figure, kind.facts_on([*moved, *renewed]))
    said = {each.action_id: each for each in _since(figure, completions_on(figure.key, moved))}
    return {kind.subject_of(fact): fact for fact in every} | said


def _since(figure: PublishedFigure, facts: QuerySet[Any]) -> QuerySet[Any]:
    """Those of which the council learned since the figure was frozen."""
    return learned(facts, since=figure.known_before, day=figure.day).select_related("recorded_by")


def learned(facts: QuerySet[Any], *, since: datetime, day: date) -> QuerySet[Any]:
    """Those of which the council learned from an instant on, and that bear on a day, in order."""
    later = facts.filter(known_at__gte=since)
    bearing = later.filter(Q(effective_on__lte=day) | Q(corrects__effective_on__lte=day))
    return bearing.order_by("known_at", "place", "pk")


def why(cause: Cause | None) -> tuple[str, str]:
    """Who changed it and when, and the reason they gave."""
    if cause is None:
        return "", ""
    day = long_date(cause.known_at.astimezone(LONDON).date())
    who = cause.recorded_as or cause.recorded_by.display_name
    if isinstance(cause, Completion):
        return _why_completed(cause, f"on {day} by {who}")
    if cause.corrects_id:
        return f"corrected on {day} by {who}", cause.reason.rstrip(".")
    reason = cause.reason.rstrip(".") if isinstance(cause, Assessment) else ""
    return f"reported on {day} by {who}, with effect from {long_date(cause.effective_on)}", reason


def _why_completed(said: Completion, when: str) -> tuple[str, str]:
    """An approval or verification of which the council learned since, or that was taken back since."""
    if said.void:
        word = "approval" if said.kind == Completion.Kind.APPROVED else "verification"
        return f"the {word} was taken back {when}", said.basis.rstrip(".")
    return f"{said.get_kind_display().lower()} {when}, with effect from {long_date(said.effective_on)}", ""
