"""The risks that an action treats, as its page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from actions.models import Action, ActionRisk
from governance.people.registers.versions import instant_of
from risks.models import Risk
from risks.representations.incident_links import Linked

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.people.models import User


def treated(action: Action, moment: Moment, person: User) -> Linked:
    """The links that were recorded by the moment, to risks that the person may open. One query."""
    opened = Risk.objects.visible_to(person).filter(pk=OuterRef("risk_id"))
    links: Any = ActionRisk.history.before(instant_of(moment)).filter(action_id=action.pk)
    found = list(links.annotate(opens=Exists(opened)).select_related("risk").order_by("risk__reference"))
    shown = [link for link in found if link.opens]
    return Linked(shown, len(found) - len(shown))
