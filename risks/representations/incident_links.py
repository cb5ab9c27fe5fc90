"""What an incident concerns, told to a reader: nothing of an asset, risk or action that they may not open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from assets.models import Asset
from governance.people.registers.versions import instant_of
from risks.models import Incident, IncidentAsset, IncidentPost, IncidentRisk, Risk

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.people.models import User


class Linked(NamedTuple):
    """The links that the reader may open, and how many more there are."""

    links: list[Any]
    hidden: int


def links_of(incident: Incident, moment: Moment, person: User) -> dict[str, Any]:
    """What the page of an incident shows of its assets, risks, posts and actions."""
    posts: Any = IncidentPost.history.before(instant_of(moment)).filter(incident_id=incident.pk)
    return {
        "assets": _linked(IncidentAsset, "asset", Asset, incident, moment, person),
        "risks": _linked(IncidentRisk, "risk", Risk, incident, moment, person),
        "actions": _actions_after(incident, moment, person),
        "posts": list(posts.select_related("post").order_by("post__title")),
    }


def first_asset(incident: Incident, person: User) -> Asset | None:
    """The first asset that it concerns, of those that this person may open."""
    named = incident.asset_links.order_by("pk").values("asset")
    return Asset.objects.visible_to(person).filter(pk__in=named).order_by("reference").first()


def _linked(model: Any, name: str, other: Any, incident: Incident, moment: Moment, person: User) -> Linked:
    links = model.history.before(instant_of(moment)).filter(incident_id=incident.pk)
    seen = links.filter(**{f"{name}_id__in": other.objects.visible_to(person).values("pk")})
    shown = list(seen.select_related(name).order_by(f"{name}__reference"))
    return Linked(shown, links.count() - len(shown))


def _actions_after(incident: Incident, moment: Moment, person: User) -> Linked:
    """The actions that follow from it: the links are those of a room above, which hold the way back."""
    model = incident.action_links.model
    return _linked(model, "action", model._meta.get_field("action").related_model, incident, moment, person)
