"""Who may do what with the asset register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets.models import CLOSED, READERS, UNIT_READERS, Asset
from governance.people.models import Role
from governance.people.rules import rule

if TYPE_CHECKING:
    from governance.people.models import User

KEEPERS = (Role.IG_OFFICER, Role.RECORDS_MANAGER)
ENTERING = (Role.IAO, Role.IAA, Role.SERVICE_MANAGER)


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


@rule("assets.add_asset")
def may_add_asset(person: User, asset: Asset | None = None) -> bool:
    """Who keeps the registers enters any asset; an information asset owner or their deputy enters those of
    their own post or unit; a service manager proposes drafts for their unit."""
    if asset is None:
        return person.holds(*KEEPERS) or person.holds_any(*ENTERING)
    if person.holds(*KEEPERS):
        return True
    if asset.state == Asset.State.DRAFT and asset.unit_id in person.units(Role.SERVICE_MANAGER):
        return True
    own = person.occupies(asset.owner_id) and person.holds_any(Role.IAO, Role.IAA)
    return own or asset.unit_id in person.units(Role.IAO, Role.IAA)


@rule("assets.bring_in")
def may_bring_assets_in(person: User) -> bool:
    """Those who keep the whole register bring files of assets into it."""
    return person.holds(*KEEPERS)


@rule("assets.change_asset")
def may_change_asset(person: User, asset: Asset) -> bool:
    """Owners and their deputies keep their own entries; information governance officers keep all. Service
    managers change the drafts of their unit. What is disposed of, transferred or withdrawn stays as it is."""
    if asset.state in CLOSED:
        return False
    if asset.state == Asset.State.DRAFT and asset.unit_id in person.units(Role.SERVICE_MANAGER):
        return True
    return keeps(person, asset)


@rule("assets.change_state")
def may_change_state(person: User, asset: Asset) -> bool:
    """Those who keep the entry; only information governance officers put back what has been withdrawn."""
    return person.holds(*KEEPERS) if asset.state in CLOSED else keeps(person, asset)


def keeps(person: User, asset: Asset) -> bool:
    """Those who keep the registers, the post that owns it, and the owners and deputies of its unit."""
    return (
        person.holds(*KEEPERS)
        or person.occupies(asset.owner_id)
        or asset.unit_id in person.units(*KEEPERS, Role.IAO, Role.IAA)
    )


@rule("assets.keep_lists")
def may_keep_lists(person: User) -> bool:
    """Information governance officers, records managers and administrators keep what assets choose from:
    lists, systems and places."""
    return person.holds(*KEEPERS, Role.ADMINISTRATOR)


@rule("assets.open_to_public")
def may_open_to_public(person: User) -> bool:
    """Information governance officers and records managers decide which markings and licences are open."""
    return person.holds(*KEEPERS)


@rule("assets.view_lists")
def may_view_lists(person: User) -> bool:
    """Whoever reads the register, in whole or for a unit, and those who keep the lists."""
    return person.holds_any(*READERS, *UNIT_READERS, Role.ADMINISTRATOR)
