"""Who may share and remove saved views of the risk register, and change many risks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.people.rules import rule
from risks.permissions.register import KEEPERS

if TYPE_CHECKING:
    from governance.people.models import SavedView, User


@rule("risks.share_view")
def may_share_view(person: User) -> bool:
    """Those who keep the whole register share views of it with all who read it."""
    return person.holds(*KEEPERS)


@rule("risks.remove_view")
def may_remove_view(person: User, view: SavedView) -> bool:
    """A saved view is taken off by whoever saved it, a shared one also by those who keep the register."""
    return view.person_id == person.pk or (view.is_shared and person.holds(*KEEPERS))


@rule("risks.bulk_edit")
def may_bulk_edit(person: User) -> bool:
    """Those who keep the whole register change many risks at once."""
    return person.holds(*KEEPERS)
