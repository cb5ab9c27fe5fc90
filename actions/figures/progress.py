"""The figures of action plans. Each is a query over the progress updates that stand at a moment."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from actions.models import ActionPlan, Dependency, ProgressUpdate, ProgressUpdateQuerySet, Status
from governance.figures.figure import SCOPE_PARTS, SCOPE_TITLES, Column, Figure, Shape, figure
from governance.figures.moment import Moment, Scope

PROGRESS = Shape(
    subject="action_id",
    reference="action__reference",
    evidence_kind="actions.progressupdate",
    page="actions:action",
    permission="actions.list_plans",
    noun="action",
    columns=(
        Column("Title", "action__title"),
        Column("Status", "status", "status"),
        Column("From", "effective_on", "date"),
        Column("Evidence", "evidence"),
        Column("Recorded by", "recorded_as"),
    ),
    dimensions={
        "milestone": "action__milestone__title",
        "owner": "action__owner__code",
        "plan": "action__plan__code",
        "priority": "action__recommendation__priority",
        "principle": "action__principle_links__principle__code",
        "scope_area": "action__scope_area__title",
        "scope_area_id": "action__scope_area",
        "status": "status",
        "unit": "action__owner__unit__code",
        "workstream": "action__workstream_link__workstream__code",
    },
)

SCOPE_PARTS["plans"] = lambda: ActionPlan.objects.values_list("code", flat=True)
SCOPE_TITLES["plans"] = lambda codes, person: dict(
    ActionPlan.objects.visible_to(person).filter(code__in=codes).values_list("code", "title")
)


def standing(moment: Moment, scope: Scope) -> ProgressUpdateQuerySet:
    """The update that stands for each action in scope: what every figure below counts."""
    return ProgressUpdate.objects.within(scope).standing(moment)


def wait_for_actions(moment: Moment) -> Q:
    """Updates of actions not started that other actions hold up."""
    return _wait(moment, needs_action__isnull=False, holds_up=Dependency.Step.START)


def wait_for_posts(moment: Moment) -> Q:
    """Updates of actions not started that a vacancy holds up."""
    return _wait(moment, needs_post__isnull=False)


def _wait(moment: Moment, **needed: object) -> Q:
    waits = Dependency.at(moment).unmet(moment).filter(**needed)
    return Q(action__in=waits.values("action"), status=Status.NOT_STARTED)


@figure(
    "actions.total",
    title="Actions",
    definition="Actions with a progress update effective on or before the date, whatever its status.",
    shape=PROGRESS,
)
def total(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """All five statuses."""
    return standing(moment, scope)


def _with_status(status: Status, definition: str) -> Figure[ProgressUpdate]:
    """One figure for each status: actions whose standing update has it."""

    @figure(
        f"actions.{status}", title=f"Actions {status.label.lower()}", definition=definition, shape=PROGRESS
    )
    def rows(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
        return standing(moment, scope).filter(status=status)

    return rows


LATEST = "Actions whose latest progress update effective on or before the date is"
BY_STATUS: dict[Status, Figure[ProgressUpdate]] = {
    status: _with_status(status, f"{LATEST} “{status.label}”.") for status in Status
}
completed = BY_STATUS[Status.COMPLETED]


@figure(
    "actions.remaining",
    title="Actions remaining",
    definition="Actions whose latest progress update effective on or before the date is neither “Completed” "
    "nor “Withdrawn”.",
    shape=PROGRESS,
)
def remaining(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """What is still to be done."""
    return standing(moment, scope).exclude(status__in=Status.closed())


@figure(
    "actions.overdue",
    title="Actions overdue",
    definition="Actions neither completed nor withdrawn whose due date, as it then stood, lies before the "
    "date.",
    shape=PROGRESS,
)
def overdue(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """Due before the day, and not done by it."""
    return standing(moment, scope).overdue(moment)


@figure(
    "actions.waiting_for_actions",
    title="Actions not started that wait for other actions",
    definition="Actions not started by the date that depend, in order to start, on another action which was "
    "then neither completed nor withdrawn. Which action depends on which is taken as it was known.",
    shape=PROGRESS,
)
def waiting_for_actions(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """Held up by the order of work."""
    return standing(moment, scope).filter(wait_for_actions(moment))


@figure(
    "actions.waiting_for_posts",
    title="Actions not started that wait for a vacant post",
    definition="Actions not started by the date that depend on a post which nobody then held. Who held a "
    "post, and what depends on it, is taken as it was known.",
    shape=PROGRESS,
)
def waiting_for_posts(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """Held up by a vacancy."""
    return standing(moment, scope).filter(wait_for_posts(moment))


def counts(moment: Moment, scope: Scope) -> dict[str, int]:
    """The total and each status, in one query: the grouped form of the figures above (a test compares)."""
    found = total.by(moment, scope, "status")
    return {"total": sum(found.values())} | {status.value: found.get(status.value, 0) for status in Status}


# Figures across the statuses, as a plan's page shows them beside those.
ACROSS: dict[str, Figure[ProgressUpdate]] = {
    "remaining": remaining,
    "overdue": overdue,
    "waiting_for_actions": waiting_for_actions,
    "waiting_for_posts": waiting_for_posts,
}


def counts_by_plan(moment: Moment) -> dict[str, dict[str, int]]:
    """The total and each status of every plan that has any, by the plan's code, in one query."""
    found: dict[str, dict[str, int]] = {}
    for (plan, status), rows in total.by(moment, Scope(), "plan", "status").items():
        counted = found.setdefault(plan, {"total": 0})
        counted[status] = rows
        counted["total"] += rows
    return found
