"""Who sees which mail, and who sends it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.people.models import Role
from governance.people.rules import rule
from governance.people.waiting import kept_from
from governance.reminders.models import OVERSEERS, Digest

if TYPE_CHECKING:
    from governance.people.models import User


@rule("reminders.view_told")
def may_view_told(person: User) -> bool:
    """Whoever is in a post sees which post was told of what, when, and whether it arrived."""
    return bool(person.posts())


@rule("reminders.view_digest")
def may_view_digest(person: User, digest: Digest) -> bool:
    """What a mail says is for the person told, and for information governance officers, the records manager
    and internal audit: these without what only others have to know."""
    others = not digest.kinds or not kept_from(person).issuperset(digest.kinds)
    return digest.person_id == person.pk or (others and person.holds(*OVERSEERS))


@rule("reminders.choose")
def may_choose(person: User) -> bool:
    """Everybody says for themselves what they want to be told by mail."""
    return person.is_active


@rule("reminders.send_again")
def may_send_again(person: User) -> bool:
    """Information governance officers and the records manager send again what could not be sent."""
    return person.holds(Role.IG_OFFICER, Role.RECORDS_MANAGER)
