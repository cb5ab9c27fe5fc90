"""The figures of the order of work: what is blocked, and what waits on something that was withdrawn."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from actions.figures.dates import DATED
from actions.figures.progress import PROGRESS, standing
from actions.models import Dependency, ProgressUpdate, Status
from actions.models.out_of_order import due_before_needed
from governance.figures.figure import figure
from governance.figures.moment import Moment, Scope

AS_KNOWN = "What depends on what, and who held a post, is taken as it was known."
BEGUN = (Status.IN_PROGRESS, Status.AWAITING_APPROVAL)


@figure(
    "actions.blocked",
    title="Actions that are blocked",
    definition="Actions that cannot take their next step: not started by the date, and something needed to "
    "start was not there; or begun and not completed, and something needed to start or to finish was not "
    "there. What is needed is another action, until that is completed or withdrawn, or a post, until "
    f"somebody holds it. {AS_KNOWN}",
    shape=PROGRESS,
)
def blocked(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """Held up at the next step."""
    unmet = Dependency.at(moment).unmet(moment)
    to_start = unmet.filter(holds_up=Dependency.Step.START)
    held_up = Q(action__in=to_start.values("action"), status=Status.NOT_STARTED)
    held_up |= Q(action__in=unmet.values("action"), status__in=BEGUN)
    return standing(moment, scope).filter(held_up)


@figure(
    "actions.for_decision",
    title="Actions that wait on a withdrawn one",
    definition="Actions neither completed nor withdrawn by the date that depend on an action which was then "
    "withdrawn: it holds them up no longer, and somebody has to decide what they need instead, if anything. "
    "Which action depends on which is taken as it was known.",
    shape=PROGRESS,
)
def for_decision(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """Not stuck, and not to be forgotten."""
    waits = Dependency.at(moment).for_decision(moment).filter(action=OuterRef("action"))
    return standing(moment, scope).exclude(status__in=Status.closed()).filter(Exists(waits))


@figure(
    "actions.due_before_needed",
    title="Actions due before what they wait on",
    definition="Actions neither completed nor withdrawn by the date whose due date, as it then stood, lies "
    "before that of an action on which they wait and which was open too. Which action waits on which is "
    "taken as it was known.",
    shape=DATED,
)
def due_before(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """They cannot be done by their day as agreed."""
    rows: QuerySet[Any] = due_before_needed(standing(moment, scope), moment)
    return rows
