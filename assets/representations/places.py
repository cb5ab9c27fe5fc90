"""Where an asset is kept, as it read on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from assets.models import Asset, Keeping, Location
from governance.figures.moment import Moment
from governance.people.registers.versions import instant_of, then

if TYPE_CHECKING:
    from governance.people.models import User


def kept_at(asset: Asset, moment: Moment, person: User) -> dict[str, Any]:
    """`places`: where it was kept on that day, each with the `place` by its name of then."""
    instant = instant_of(moment)
    today = Location.objects.filter(pk=OuterRef("location_id")).values("name")[:1]
    versions: Any = Keeping.history
    found = versions.before(instant).filter(asset_id=asset.pk)
    named = found.annotate(place=Coalesce(then(Location, "name", "location_id", instant), Subquery(today)))
    return {"places": named.order_by("place")}
