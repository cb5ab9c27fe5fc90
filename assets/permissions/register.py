"""Who may do what with the asset register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets.models import READERS, UNIT_READERS, Asset
from governance.people.models import Role
from governance.people.rules import rule

if TYPE_CHECKING:
    from governance.people.models import User

KEEPERS = (Role.IG_OFFICER, Role.RECORDS_MANAGER)


@rule("assets.list_assets")
def may_list_assets(person: User) -> bool:
    """Whoever reads the register, in whole or for a unit, and whoever is in a post that owns an asset."""
    return (
        person.holds_any(*READERS, *UNIT_READERS) or Asset.objects.filter(owner__in=person.posts()).exists()
    )


@rule("assets.view_asset")
def may_view_asset(person: User, asset: Asset) -> bool:
    """Readers of the registers, the post that owns it, and those who keep or manage its unit."""
    return (
        person.holds(*READERS)
        or person.occupies(asset.owner_id)
        or asset.unit_id in person.units(*READERS, *UNIT_READERS)
    )


@rule("assets.change_asset")
def may_change_asset(person: User, asset: Asset) -> bool:
    """Owners and their deputies keep their own entries; information governance officers keep all."""
    return (
        person.holds(*KEEPERS)
        or person.occupies(asset.owner_id)
        or asset.unit_id in person.units(*KEEPERS, Role.IAO, Role.IAA)
    )
