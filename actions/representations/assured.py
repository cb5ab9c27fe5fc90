"""Whether assurances were kept: what the plan's progress says of the day that was named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, IntegerField, Value

from actions.models import ActionPlan, Assurance, ProgressUpdate, Status
from actions.models.mistaken import is_mistaken
from governance.core.components import Column
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope

ASSURED_COLUMNS = [Column("Assurance"), Column("Given"), Column("All done by"), Column("Kept?")]


@dataclass(frozen=True)
class Assured:
    """An assurance with how many actions the plan had at the end of the day it named, by their status; None
    while that day is to come."""

    assurance: Assurance
    stood: dict[str, int] | None
    then: Moment
    scope: Scope
    is_mistaken: bool = False

    @property
    def left(self) -> int | None:
        """How many were neither completed nor withdrawn by then."""
        if self.stood is None:
            return None
        return sum(number for status, number in self.stood.items() if status not in Status.closed())

    @property
    def withdrawn(self) -> int:
        """How many were withdrawn by then: neither left nor done."""
        return (self.stood or {}).get(Status.WITHDRAWN, 0)

    @property
    def verdict(self) -> str:
        """Kept, missed, still to come; or that it cannot be told since nothing was to be done, or was; or
        that it was never given."""
        if self.is_mistaken:
            return "Entered in error"
        if self.stood is None:
            return "Still to come"
        if self.left:
            return "Missed"
        if not self.stood:
            return "Cannot be told: no action of the plan is known to have been open by then"
        return "Kept" if Status.COMPLETED in self.stood else "Cannot be told: nothing was completed"

    @property
    def href(self) -> str:
        """The actions that were left on that day."""
        return get_figure("actions.remaining").address(self.then, self.scope)

    @property
    def withdrawn_href(self) -> str:
        """The actions that were withdrawn by that day."""
        return get_figure("actions.withdrawn").address(self.then, self.scope)


def assured(plan: ActionPlan, moment: Moment) -> list[Assured]:
    """The assurances given of a plan by the day, with what was known of each at the moment. Two queries."""
    found = list(Assurance.given_by(moment, plan))
    scope = Scope(plans=(plan.code,))
    moments = [Moment(each.due_on, moment.known_before) for each in found]
    pairs = list(zip(found, moments, strict=True))
    wrong = {each.pk for each in found if is_mistaken(each, moment)}
    past = [(each.pk, then) for each, then in pairs if then.as_at < moment.as_at and each.pk not in wrong]
    stood = _stood(past, scope)
    return [Assured(each, stood.get(each.pk), then, scope, each.pk in wrong) for each, then in pairs]


def _stood(asked: Sequence[tuple[int, Moment]], scope: Scope) -> dict[int, dict[str, int]]:
    """How many actions had which status at each moment, by key, in one query; the rows of the figures of each
    status (a test compares)."""
    found: dict[int, dict[str, int]] = {key: {} for key, _ in asked}
    if not asked:
        return found
    first, *others = [
        ProgressUpdate.objects.within(scope)
        .standing(then)
        .order_by()
        .values("status", key=Value(key, IntegerField()))
        .annotate(number=Count("pk"))
        .order_by()
        .values_list("key", "status", "number")
        for key, then in asked
    ]
    for key, status, number in first.union(*others, all=True) if others else first:
        found[key][status] = number
    return found
