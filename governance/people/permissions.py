"""Who may do what with people, posts and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.core.dates import today
from governance.people.models import Role
from governance.people.rules import rule

if TYPE_CHECKING:
    from governance.people.models import Post, User


@rule("people.view_directory")
def may_view_directory(person: User) -> bool:
    """Everybody with a role sees who holds which post and role, and these rules."""
    return person.holds_a_role()


@rule("people.administer")
def may_administer(person: User) -> bool:
    """The administrator sees all accounts, appoints to posts, gives roles to posts, and ends both."""
    return person.holds(Role.ADMINISTRATOR)


@rule("people.appoint")
def may_appoint(person: User, appointed: User) -> bool:
    """The administrator appoints anybody who has an account, but never themselves."""
    return person.holds(Role.ADMINISTRATOR) and person != appointed and appointed.is_active


@rule("people.give_role")
def may_give_role(person: User, post: Post) -> bool:
    """The administrator gives a role to any post but one that is, or will be, their own."""
    own = post.holdings.not_over(today()).filter(person=person)
    return person.holds(Role.ADMINISTRATOR) and not own.exists()


@rule("people.deactivate_person")
def may_deactivate_person(person: User, leaver: User) -> bool:
    """The administrator deactivates anybody but themselves: somebody must be left to undo it."""
    return person.holds(Role.ADMINISTRATOR) and person != leaver
