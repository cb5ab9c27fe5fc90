"""The figures of evidence packs: the recommendations that are handed over, and how they were answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from actions.figures.audits import RECOMMENDATIONS, answered, within
from actions.models import ProgressUpdate, Recommendation, Status
from governance.figures.figure import Column, Figure, figure

if TYPE_CHECKING:
    from actions.models import Audit
    from governance.figures.moment import Moment, Scope

HANDED_OVER = replace(
    RECOMMENDATIONS,
    columns=(*RECOMMENDATIONS.columns[:-1], Column("Answer", "answer", "status")),
    dimensions={**RECOMMENDATIONS.dimensions, "response": "answer"},
)
HELD = "Recommendations that an evidence pack as at the date holds"
READ = (
    "Each is read as it stood at the end of the date; one that was entered later, as it was first entered. "
    "An answer given later counts as none."
)


@figure("packs.recommendations", title="Recommendations", definition=f"{HELD}. {READ}", shape=HANDED_OVER)
def total(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """One version for each recommendation."""
    return within(Recommendation.history.handed_over(moment), scope)


def _answered_with(response: str, key: str, title: str, words: str) -> Figure[Any]:
    """The figure of those with one answer."""

    @figure(f"packs.{key}", title=title, definition=f"{HELD} {words}. {READ}", shape=HANDED_OVER)
    def rows(moment: Moment, scope: Scope) -> QuerySet[Any]:
        return total.rows(moment, scope).filter(answer=response)

    return rows


BY_RESPONSE: dict[str, Figure[Any]] = {
    "accepted": _answered_with("accepted", "accepted", "Accepted", "and that the council had accepted"),
    "partially": _answered_with(
        "partially", "partially_accepted", "Partially accepted", "and that the council had accepted in part"
    ),
    "rejected": _answered_with("rejected", "rejected", "Rejected", "and that the council had rejected"),
    "": _answered_with("", "unanswered", "Not answered yet", "and that the council had not answered"),
}


@figure(
    "packs.without_action",
    title="No action answers them",
    definition=f"{HELD}, that the council had not rejected, and that no action answered which was on its "
    "plan by the date and not withdrawn, by all that is known of that date. Which actions answer which is "
    f"taken as it is recorded now. {READ}",
    shape=HANDED_OVER,
)
def without_action(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Nothing that the pack says was being done about them."""
    going_on = ProgressUpdate.objects.standing(moment).exclude(status=Status.WITHDRAWN)
    open_ones = total.rows(moment, scope).exclude(answer="rejected")
    return open_ones.exclude(answered(pk__in=going_on.values("action")))


def counts(audit: Audit, moment: Moment, scope: Scope) -> dict[str, int]:
    """Every figure above of one audit, by its key; in two queries (a test compares)."""
    by_answer = total.by(moment, scope, "audit", "response")
    found = {figure.key: by_answer.get((audit.code, answer), 0) for answer, figure in BY_RESPONSE.items()}
    lonely = without_action.by(moment, scope, "audit").get(audit.code, 0)
    return {total.key: sum(found.values()), **found, without_action.key: lonely}
