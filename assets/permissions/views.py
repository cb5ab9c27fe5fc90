"""Who may share and remove saved views of the asset register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets.permissions.register import KEEPERS
from governance.people.rules import rule

if TYPE_CHECKING:
    from governance.people.models import SavedView, User


@rule("assets.share_view")
def may_share_view(person: User) -> bool:
    """Those who keep the whole register share views of it with all who read it."""
    return person.holds(*KEEPERS)


@rule("assets.remove_view")
def may_remove_view(person: User, view: SavedView) -> bool:
    """A saved view is taken off by whoever saved it, a shared one also by those who keep the register."""
    return view.person_id == person.pk or (view.is_shared and person.holds(*KEEPERS))


@rule("assets.bulk_edit")
def may_bulk_edit(person: User) -> bool:
    """Those who keep the whole register change many assets at once."""
    return person.holds(*KEEPERS)
