"""The figures of evidence packs: the recommendations that are handed over, and how they were answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet

from actions.figures.audits import RECOMMENDATIONS, by_response, within
from actions.models import ProgressUpdate, Recommendation, Status
from actions.models.answering import answering_at
from governance.figures.figure import Column, figure
from governance.figures.moment import Scope
from governance.people.registers.versions import instant_of

if TYPE_CHECKING:
    from actions.models import Audit
    from governance.figures.moment import Moment

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


BY_RESPONSE = by_response(
    total,
    "answer",
    f"{HELD} and that the council had {{}}. {READ}",
    accepted="accepted",
    partially_accepted="accepted in part",
    rejected="rejected",
    unanswered="not answered",
)


@figure(
    "packs.without_action",
    title="No action answers them",
    definition=f"{HELD}, that the council had not rejected, and that no action answered which was on its "
    "plan by the date and not withdrawn, by all that is known of that date. Which actions answer which is "
    "read as it was recorded by the end of the date; of actions entered later, as it is recorded now. "
    f"{READ}",
    shape=HANDED_OVER,
)
def without_action(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Nothing that the pack says was being done about them."""
    going_on = ProgressUpdate.objects.standing(moment).exclude(status=Status.WITHDRAWN)
    found = total.rows(moment, scope).exclude(answer="rejected")
    for rows, action in answering_at(instant_of(moment)):
        answers = rows.filter(recommendation=OuterRef("id"), **{f"{action}__in": going_on.values("action")})
        found = found.exclude(Exists(answers))
    return found


def counts(audit: Audit, moment: Moment) -> dict[str, int]:
    """Every figure above of one audit, by its key; in two queries (a test compares)."""
    scope = Scope()
    by_answer = total.by(moment, scope, "audit", "response")
    found = {figure.key: by_answer.get((audit.code, answer), 0) for answer, figure in BY_RESPONSE.items()}
    lonely = without_action.by(moment, scope, "audit").get(audit.code, 0)
    return {total.key: sum(found.values()), **found, without_action.key: lonely}
