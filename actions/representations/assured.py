"""Whether assurances were kept: what the plan's progress says of the day that was named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, IntegerField, Value

from actions.models import ActionPlan, Assurance, ProgressUpdate, Status
from governance.core.components import Column
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope

ASSURED_COLUMNS = [Column("Assurance"), Column("Given"), Column("All done by"), Column("Kept?")]


@dataclass(frozen=True)
class Assured:
    """An assurance with what was left to do at the end of the day it named; None while that is to come."""

    assurance: Assurance
    left: int | None
    then: Moment
    scope: Scope

    @property
    def verdict(self) -> str:
        """Kept, missed, or still to come."""
        if self.left is None:
            return "Still to come"
        return "Missed" if self.left else "Kept"

    @property
    def href(self) -> str:
        """The actions that were left on that day."""
        return get_figure("actions.remaining").address(self.then, self.scope)


def assured(plan: ActionPlan, moment: Moment) -> list[Assured]:
    """The assurances given of a plan by the day, with what was known of each at the moment. Two queries."""
    found = list(plan.assurances.given_by(moment.as_at))
    scope = Scope(plans=(plan.code,))
    moments = [Moment(each.due_on, moment.known_before) for each in found]
    past = [(each.pk, then) for each, then in zip(found, moments, strict=True) if then.as_at < moment.as_at]
    left = _left(past, scope)
    due = {key for key, _ in past}
    return [
        Assured(each, left.get(each.pk, 0) if each.pk in due else None, then, scope)
        for each, then in zip(found, moments, strict=True)
    ]


def _left(asked: Sequence[tuple[int, Moment]], scope: Scope) -> dict[int, int]:
    """How many actions were neither completed nor withdrawn at each moment, by key, in one query; the rows
    of the figure of what remains (a test compares)."""
    if not asked:
        return {}
    first, *others = [
        ProgressUpdate.objects.within(scope)
        .standing(then)
        .exclude(status__in=Status.closed())
        .order_by()
        .values(key=Value(key, IntegerField()))
        .annotate(left=Count("pk"))
        .order_by()
        .values_list("key", "left")
        for key, then in asked
    ]
    return dict(first.union(*others, all=True) if others else first)
