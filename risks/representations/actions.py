"""The actions that treat a risk, as its page shows them.

The room of actions is above this one: it is reached by the link that it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from governance.people.registers.versions import instant_of
from risks.representations.incident_links import Linked

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.people.models import User
    from risks.models import Risk


def actions_of(risk: Risk, moment: Moment, person: User) -> Linked:
    """The links that were recorded by the moment, to actions that the person may open. Two queries."""
    model: Any = risk.action_links.model
    actions = model._meta.get_field("action").related_model.objects.visible_to(person)
    links = model.history.before(instant_of(moment)).filter(risk_id=risk.pk)
    seen = links.filter(action_id__in=actions.values("pk")).select_related("action__owner")
    shown = list(seen.order_by("action__reference"))
    return Linked(shown, links.count() - len(shown))
