"""Who may say what is wrong with the data of an asset: whoever may change the asset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets.models import Asset
from assets.permissions.register import may_change_asset, may_list_assets, may_view_asset
from governance.people.rules import rule

if TYPE_CHECKING:
    from governance.people.models import User


@rule("assets.list_quality")
def may_list_quality(person: User) -> bool:
    """Whoever may open the register; each sees the issues of assets that they may open."""
    return may_list_assets(person)


@rule("assets.view_quality")
def may_view_quality(person: User, asset: Asset) -> bool:
    """Whoever may open the asset."""
    return may_view_asset(person, asset)


@rule("assets.keep_quality")
def may_keep_quality(person: User, asset: Asset) -> bool:
    """Whoever may change the asset."""
    return may_change_asset(person, asset)
