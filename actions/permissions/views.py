"""Who may share and remove saved views of plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.permissions.plans import KEEPERS
from governance.people.rules import rule

if TYPE_CHECKING:
    from governance.people.models import SavedView, User


@rule("actions.share_view")
def may_share_view(person: User) -> bool:
    """Those who keep the plans share views of one with all who read it."""
    return person.holds(*KEEPERS)


@rule("actions.remove_view")
def may_remove_view(person: User, view: SavedView) -> bool:
    """A saved view is taken off by whoever saved it, a shared one also by those who keep the plans."""
    return view.person_id == person.pk or (view.is_shared and person.holds(*KEEPERS))
