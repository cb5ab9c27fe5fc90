"""Who may do what with the retention schedule, holds and disposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets.models import Asset, Disposal
from assets.permissions.register import KEEPERS, keeps, may_change_asset
from governance.people.models import Role
from governance.people.rules import rule

if TYPE_CHECKING:
    from governance.people.models import User

OWNER, MANAGER = "owner", "manager"


@rule("assets.keep_schedule")
def may_keep_schedule(person: User) -> bool:
    """Information governance officers and the records manager keep the retention schedule."""
    return person.holds(*KEEPERS)


@rule("assets.keep_holds")
def may_keep_holds(person: User) -> bool:
    """Information governance officers and the records manager place and lift holds."""
    return person.holds(*KEEPERS)


@rule("assets.propose_disposal")
def may_propose_disposal(person: User, asset: Asset) -> bool:
    """Whoever may change an asset may propose what becomes of it."""
    return may_change_asset(person, asset)


@rule("assets.decide_disposal")
def may_decide_disposal(person: User, disposal: Disposal) -> bool:
    """The post that owns the asset and the records manager, two people together; either may refuse."""
    return bool(sides(person, disposal))


@rule("assets.carry_out_disposal")
def may_carry_out_disposal(person: User, disposal: Disposal) -> bool:
    """Whoever keeps the asset records that what was agreed has been done, or reads that it has been."""
    return keeps(person, disposal.asset)


def sides(person: User, disposal: Disposal) -> list[str]:
    """For whom this person speaks: the owner of the asset, the records manager, or both (but never agrees
    for both)."""
    asset = disposal.asset
    speaks = {
        OWNER: person.occupies(asset.owner_id),
        MANAGER: person.holds_for(asset.unit_id, Role.RECORDS_MANAGER),
    }
    return [side for side, is_theirs in speaks.items() if is_theirs]


def side_to_agree(person: User, disposal: Disposal) -> str:
    """The side on which this person can still agree, "" if there is none."""
    agreed = {OWNER: disposal.owner_agreed_by_id, MANAGER: disposal.manager_agreed_by_id}
    if disposal.stage != Disposal.Stage.PROPOSED or person.pk in agreed.values():
        return ""
    return next((side for side in sides(person, disposal) if agreed[side] is None), "")
