"""The risks that an action treats, as its page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.models import Action, ActionRisk
from governance.people.registers.versions import instant_of
from risks.models import Risk

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.people.models import User


def treated(action: Action, moment: Moment, person: User) -> list[Any]:
    """The links that were recorded by the moment, to risks that the person may open. One query."""
    links: Any = ActionRisk.history.before(instant_of(moment)).filter(action_id=action.pk)
    seen = links.filter(risk_id__in=Risk.objects.visible_to(person).values("pk"))
    return list(seen.select_related("risk").order_by("risk__reference"))
