"""Who sees which mail, and who sends it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.people.models import Role
from governance.people.rules import rule
from governance.reminders.models import OVERSEERS, Digest

if TYPE_CHECKING:
    from governance.people.models import User


@rule("reminders.view_all")
def may_view_all(person: User) -> bool:
    """Information governance officers, the records manager and internal audit see who was told what."""
    return person.holds(*OVERSEERS)


@rule("reminders.view_digest")
def may_view_digest(person: User, digest: Digest) -> bool:
    """Everybody sees the mails sent to them; those who oversee see all."""
    return digest.person_id == person.pk or person.holds(*OVERSEERS)


@rule("reminders.choose")
def may_choose(person: User) -> bool:
    """Everybody says for themselves what they want to be told by mail."""
    return person.is_active


@rule("reminders.send_again")
def may_send_again(person: User) -> bool:
    """Information governance officers and the records manager send again what could not be sent."""
    return person.holds(Role.IG_OFFICER, Role.RECORDS_MANAGER)
