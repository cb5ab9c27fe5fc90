"""The figures of action plans. Each is a query over the progress updates that stand at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from actions.models import (
    Action,
    ActionPlan,
    Completion,
    Dependency,
    Extension,
    ProgressUpdate,
    ProgressUpdateQuerySet,
    Status,
)
from actions.models.colour import COLOURED
from actions.models.completion import IS_CLAIMED, found_done
from actions.models.dates import LATER, first_past
from actions.models.evidence import undocumented
from governance.colours.models import with_colours
from governance.figures.figure import SCOPE_PARTS, Column, Figure, Shape, figure
from governance.figures.moment import Moment, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from governance.colours.models.computing import Line
    from governance.people.models import User

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


def standing(moment: Moment, scope: Scope) -> ProgressUpdateQuerySet:
    """The update that stands for each action in scope: what every figure below counts."""
    return ProgressUpdate.objects.within(scope).standing(moment)


def _waiting(moment: Moment, scope: Scope, **needed: object) -> QuerySet[ProgressUpdate]:
    """Actions not started, held up by what is needed and not there."""
    waits = Dependency.at(moment).unmet(moment).filter(action=OuterRef("action"), **needed)
    return standing(moment, scope).filter(Exists(waits), status=Status.NOT_STARTED)


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
    return _waiting(moment, scope, needs_post=None, holds_up=Dependency.Step.START)


@figure(
    "actions.waiting_for_posts",
    title="Actions not started that wait for a vacant post",
    definition="Actions not started by the date that depend on a post which nobody then held. Who held a "
    "post, and what depends on it, is taken as it was known.",
    shape=PROGRESS,
)
def waiting_for_posts(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """Held up by a vacancy."""
    return _waiting(moment, scope, needs_action=None)


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


# By what a plan's page breaks its figures down, and offers its actions to be filtered.
FACETS = {
    "area": "action__scope_area__title",
    "area_id": "action__scope_area",
    "area_code": "action__scope_area__code",
    "area_position": "action__scope_area__position",
    "owner": "action__owner__title",
    "owner_code": "action__owner__code",
    "unit": "action__owner__unit__name",
    "unit_code": "action__owner__unit__code",
}


def counts_by_facet(
    moment: Moment, scope: Scope, person: User, lines: Sequence[Line] | None = None
) -> list[dict[str, Any]]:
    """Every figure above, and those of dates, completions and evidence, by status, colour, scope area,
    owner and unit, in one query (and one for the rule of the day, unless its `lines` are given): their
    grouped form (a test compares).

    Each row has `status`, `colour`, the FACETS (an area of None lies outside every area), `rows`, a count for
    each figure of ACROSS under its name, and `open`: how many of the rows this person may open.
    """
    across = {
        name: Count("pk", filter=Q(pk__in=figure.rows(moment, scope).values("pk")))
        for name, figure in ACROSS.items()
    }
    asked = Extension.objects.within(scope).waiting(moment)
    coloured = with_colours(standing(moment, scope), COLOURED, moment, lines)
    rows = coloured.order_by(FACETS["area_position"], FACETS["area"], FACETS["owner"])
    counted: Any = rows.values(
        "status", "colour", **{name: F(path) for name, path in FACETS.items()}
    ).annotate(
        rows=Count("pk"),
        open=Count("pk", filter=Q(action__in=Action.objects.visible_to(person))),
        overdue_original=Count("pk", filter=first_past(moment)),
        extended=Count("pk", filter=LATER),
        claimed=Count("pk", filter=IS_CLAIMED),
        approved=Count("pk", filter=found_done(Completion.Kind.APPROVED, moment)),
        verified=Count("pk", filter=found_done(Completion.Kind.VERIFIED, moment)),
        completed_without_document=Count("pk", filter=undocumented(moment)),
        extension_waiting=Count("pk", filter=Q(action__in=asked.values("action"))),
        **across,
    )
    return list(counted)


def counts_by_plan(moment: Moment) -> dict[str, dict[str, int]]:
    """The total and each status of every plan that has any, by the plan's code, in one query."""
    found: dict[str, dict[str, int]] = {}
    for (plan, status), rows in total.by(moment, Scope(), "plan", "status").items():
        counted = found.setdefault(plan, {"total": 0})
        counted[status] = rows
        counted["total"] += rows
    return found
