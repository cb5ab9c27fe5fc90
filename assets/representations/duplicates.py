"""What is shown of parts and duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q, QuerySet

from assets.models import Asset
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from governance.people.models import User


class Kin(NamedTuple):
    """The assets that one is tied to, as versions that the reader may open."""

    part_of: list[Any]
    parts: list[Any]
    duplicate_of: list[Any]
    duplicates: list[Any]


def kin_of(asset: Asset, moment: Moment, person: User) -> dict[str, Any]:
    """What an asset was a part of and duplicated at a moment, and what was so of it: one query."""
    own = Asset.history.at(moment).filter(id=asset.pk).values("part_of_id", "duplicate_of_id").first()
    above = own or {"part_of_id": None, "duplicate_of_id": None}
    tied = Q(part_of_id=asset.pk) | Q(duplicate_of_id=asset.pk) | Q(id__in=[*filter(None, above.values())])
    found = list(Asset.history.at(moment).visible_to(person).filter(tied).order_by("reference"))
    kin = Kin(
        part_of=[each for each in found if each.id == above["part_of_id"]],
        parts=[each for each in found if each.part_of_id == asset.pk],
        duplicate_of=[each for each in found if each.id == above["duplicate_of_id"]],
        duplicates=[each for each in found if each.duplicate_of_id == asset.pk],
    )
    return {"kin": kin}


def suspected(person: User) -> QuerySet[Asset]:
    """Assets that the person may open, recorded as a duplicate of nothing, whose title another has too."""
    return Asset.objects.visible_to(person).with_the_same_title().select_related("unit")
