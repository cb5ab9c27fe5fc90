"""What every table of facts about actions is asked: who may see them, and which are in scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from governance.figures.models import Row, TwoClockQuerySet

if TYPE_CHECKING:
    from governance.figures.moment import Scope
    from governance.people.models import User


class OfActionsQuerySet(TwoClockQuerySet[Row]):
    """Facts on two clocks about actions."""

    def visible_to(self, person: User) -> Self:
        """Those about actions that this person may open."""
        from actions.models.action import Action

        return self.filter(action__in=Action.objects.visible_to(person))

    def within(self, scope: Scope) -> Self:
        """Those about actions in the plans and units of the scope."""
        found = self
        if scope.plans:
            found = found.filter(action__plan__code__in=scope.plans)
        if scope.units:
            found = found.filter(action__owner__unit__code__in=scope.units)
        return found
