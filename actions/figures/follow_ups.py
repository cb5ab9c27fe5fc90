"""The figures of follow-ups: what the auditor found beside what the council claimed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from actions.figures.audits import answered
from actions.models import ActionPlan, Claim, FollowUpRating
from assets.figures.register import ONE_CLOCK
from governance.figures.figure import Column, Figure, Shape, figure
from governance.figures.moment import Moment, Scope
from governance.people.registers.versions import instant_of

RATINGS = Shape(
    subject="id",
    reference="handle",
    evidence_kind="actions.historicalfollowuprating",
    evidence="history_id",
    page="actions:recommendation",
    permission="actions.list_audits",
    noun="recommendation",
    columns=(
        Column("Recommendation", "recommendation__text"),
        Column("Follow-up", "follow_up_handle"),
        Column("The auditor's rating", "found__name"),
        Column("The council's claim", "claimed", "status"),
        Column("Claimed on", "claimed_on", "date"),
    ),
    dimensions={
        "follow_up": "follow_up_handle",
        "follow_up_id": "follow_up",
        "scope_area": "recommendation__scope_area__title",
        "scope_area_id": "recommendation__scope_area",
        "claimed": "claimed",
        "complete": "found__is_complete",
    },
)
CLAIMED = (
    "The claim is that of the day of the plan that the auditor was given, as known on that day: every action "
    "that answers the recommendation, those withdrawn left out, was completed."
)
COMPLETE = "Which ratings count as complete is taken as the list says now."


@figure(
    "follow_ups.rated",
    title="Rated by the auditor",
    definition="Recommendations that an auditor rated at a follow-up, but for ratings that were taken back "
    f"by then. {ONE_CLOCK}",
    shape=RATINGS,
)
def rated(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """One version for each recommendation rated at a follow-up."""
    found: QuerySet[Any] = FollowUpRating.history.before(instant_of(moment)).handled().filter(void=False)
    if scope.plans:
        plans = ActionPlan.objects.filter(code__in=scope.plans)
        found = found.filter(follow_up__audit__in=plans.values("audit"))
    if scope.units:
        found = found.filter(answered("recommendation_id", owner__unit__code__in=scope.units))
    return found


def _compared(key: str, title: str, words: str, **facts: bool) -> Figure[Any]:
    """The figure of those claimed complete or not, and found complete or not, whichever is asked."""

    @figure(
        f"follow_ups.{key}",
        title=title,
        definition=f"Recommendations rated at a follow-up {words}. {CLAIMED} {COMPLETE} {ONE_CLOCK}",
        shape=RATINGS,
    )
    def rows(moment: Moment, scope: Scope) -> QuerySet[Any]:
        asked = rated.rows(moment, scope)
        if "claimed" in facts:
            kept = {"claimed": Claim.COMPLETE}
            asked = asked.filter(**kept) if facts["claimed"] else asked.exclude(**kept)
        return asked.filter(found__is_complete=facts["found"]) if "found" in facts else asked

    return rows


claimed_complete = _compared(
    "claimed_complete", "Claimed complete", "that the council claimed to be complete", claimed=True
)
found_complete = _compared(
    "found_complete",
    "Claimed complete and found so",
    "that the council claimed to be complete and the auditor found complete",
    claimed=True,
    found=True,
)
not_found_so = _compared(
    "not_found_so",
    "Claimed complete, found otherwise",
    "that the council claimed to be complete and the auditor did not find complete",
    claimed=True,
    found=False,
)
found_beyond = _compared(
    "found_beyond",
    "Found complete, not claimed",
    "that the auditor found complete though the council did not claim it",
    claimed=False,
    found=True,
)
SHOWN = (rated, claimed_complete, found_complete, not_found_so, found_beyond)


def counts(moment: Moment, follow_up: str) -> dict[tuple[int | None, str | None], dict[str, int]]:
    """Every figure above of one follow-up by the scope area, its key and its title, in one query (a test
    compares).

    The recommendations outside every area are under (None, None).
    """
    found: dict[tuple[int | None, str | None], dict[str, int]] = {}
    asked = rated.grouped(moment, Scope(), "scope_area_id", "scope_area", "claimed", "complete")
    for key, title, claimed, complete, rows in asked.filter(follow_up_handle=follow_up):
        _add(found.setdefault((key, title), _nought()), rows, claimed=claimed, complete=complete)
    return found


def by_follow_up(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """What is asked for the counts of every follow-up in scope."""
    return rated.grouped(moment, scope, "follow_up", "claimed", "complete")


def counts_by_follow_up(asked: Iterable[tuple[str, str, bool, int]]) -> dict[str, dict[str, int]]:
    """Every figure above by the handle of the follow-up, of the rows of `by_follow_up` (a test compares)."""
    found: dict[str, dict[str, int]] = {}
    for follow_up, claimed, complete, rows in asked:
        _add(found.setdefault(follow_up, _nought()), rows, claimed=claimed, complete=complete)
    return found


def _nought() -> dict[str, int]:
    return {each.key: 0 for each in SHOWN}


def _add(counted: dict[str, int], rows: int, *, claimed: str, complete: bool) -> None:
    """Count some rows in each figure that they are in."""
    said = claimed == Claim.COMPLETE
    for each, is_in in (
        (rated, True),
        (claimed_complete, said),
        (found_complete, said and complete),
        (not_found_so, said and not complete),
        (found_beyond, complete and not said),
    ):
        counted[each.key] += rows * is_in
