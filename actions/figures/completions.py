"""The figures of the three completions: claimed, approved, verified. Awaiting approval is counted apart."""

from __future__ import annotations

from django.db.models import QuerySet

from actions.figures.progress import PROGRESS, standing
from actions.models import Completion, ProgressUpdate
from actions.models.completion import IS_CLAIMED, found_done
from governance.figures.figure import figure
from governance.figures.moment import Moment, Scope

AGAIN = "and that was neither taken back nor opened again since"


@figure(
    "actions.claimed",
    title="Actions claimed to be done",
    definition="Actions whose latest progress update effective on or before the date is “Completed” or "
    "“Awaiting approval”: what those who report say, whoever approved or verified it.",
    shape=PROGRESS,
)
def claimed(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """Management's claim."""
    return standing(moment, scope).filter(IS_CLAIMED)


@figure(
    "actions.approved",
    title="Actions approved as done",
    definition="Completed actions that the post, board or cabinet member named for them has approved by "
    f"the date, {AGAIN}.",
    shape=PROGRESS,
)
def approved(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """By whom the action says."""
    return standing(moment, scope).filter(found_done(Completion.Kind.APPROVED, moment))


@figure(
    "actions.verified",
    title="Actions verified as done",
    definition=f"Completed actions that somebody independent has found to be done by the date, {AGAIN}.",
    shape=PROGRESS,
)
def verified(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """By an independent role."""
    return standing(moment, scope).filter(found_done(Completion.Kind.VERIFIED, moment))
