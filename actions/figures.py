"""The figures of action plans. Each is a query over the progress updates that stand at a moment."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from actions.models import ActionPlan, Dependency, ProgressUpdate, Status
from governance.figures.figure import SCOPE_PARTS, Column, Figure, Shape, figure
from governance.figures.moment import Moment, Scope
from governance.people.models import OrganisationalUnit

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
        "plan": "action__plan__code",
        "scope_area": "action__scope_area__title",
        "status": "status",
        "unit": "action__owner__unit__code",
    },
)

SCOPE_PARTS["plans"] = lambda: ActionPlan.objects.values_list("code", flat=True)
SCOPE_PARTS["units"] = lambda: OrganisationalUnit.objects.values_list("code", flat=True)


def _standing(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    return ProgressUpdate.objects.within(scope).standing(moment)


def _waiting(moment: Moment, scope: Scope, **needed: object) -> QuerySet[ProgressUpdate]:
    """Actions not started, held up by what is needed and not there."""
    waits = (
        Dependency.objects.in_force(moment.as_at).unmet(moment).filter(action=OuterRef("action"), **needed)
    )
    return _standing(moment, scope).filter(Exists(waits), status=Status.NOT_STARTED)


@figure(
    "actions.total",
    title="Actions",
    definition="Actions with a progress update effective on or before the date, whatever its status.",
    shape=PROGRESS,
)
def total(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """All five statuses."""
    return _standing(moment, scope)


def _with_status(status: Status, definition: str) -> Figure[ProgressUpdate]:
    """One figure for each status: actions whose standing update has it."""

    @figure(
        f"actions.{status}", title=f"Actions {status.label.lower()}", definition=definition, shape=PROGRESS
    )
    def rows(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
        return _standing(moment, scope).filter(status=status)

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
    return _standing(moment, scope).exclude(status__in=Status.closed())


@figure(
    "actions.overdue",
    title="Actions overdue",
    definition="Actions neither completed nor withdrawn whose due date, as it is held now, lies before the "
    "date.",
    shape=PROGRESS,
)
def overdue(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """Due before the day, and not done by it."""
    return remaining.rows(moment, scope).filter(action__due_on__lt=moment.as_at)


@figure(
    "actions.waiting_for_actions",
    title="Actions not started that wait for other actions",
    definition="Actions not started by the date that depend, in order to start, on another action which was "
    "then neither completed nor withdrawn.",
    shape=PROGRESS,
)
def waiting_for_actions(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """Held up by the order of work."""
    return _waiting(moment, scope, needs_post=None, holds_up=Dependency.Step.START)


@figure(
    "actions.waiting_for_posts",
    title="Actions not started that wait for a vacant post",
    definition="Actions not started by the date that depend on a post which nobody then held.",
    shape=PROGRESS,
)
def waiting_for_posts(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """Held up by a vacancy."""
    return _waiting(moment, scope, needs_action=None)


def counts(moment: Moment, scope: Scope) -> dict[str, int]:
    """The total and each status, in one query: the grouped form of the figures above (a test compares)."""
    found = total.by(moment, scope, "status")
    return {"total": sum(found.values())} | {status.value: found.get(status.value, 0) for status in Status}
