"""Who may do what with people, posts and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.core.dates import today
from governance.people.models import Role
from governance.people.rules import rule

if TYPE_CHECKING:
    from governance.people.models import Post, PostHolding, RoleAssignment, User


@rule("people.view_directory")
def may_view_directory(person: User) -> bool:
    """Everybody with a role sees who holds which post and role, and these rules."""
    return person.holds_a_role()


@rule("people.administer")
def may_administer(person: User) -> bool:
    """The administrator sees all accounts, enters people, units and posts, appoints, and gives roles."""
    return person.holds(Role.ADMINISTRATOR)


@rule("people.appoint")
def may_appoint(person: User, appointed: User) -> bool:
    """The administrator appoints anybody who has an account, but never themselves."""
    return person.holds(Role.ADMINISTRATOR) and person != appointed and appointed.is_active


@rule("people.give_role")
def may_give_role(person: User, post: Post) -> bool:
    """The administrator gives a role to any post but one that is, or will be, their own."""
    return person.holds(Role.ADMINISTRATOR) and not is_own(person, post)


@rule("people.end_holding")
def may_end_holding(person: User, holding: PostHolding) -> bool:
    """The administrator ends anybody's time in a post but their own, as long as it is not over."""
    others = person.pk != holding.person_id
    return person.holds(Role.ADMINISTRATOR) and others and not holding.is_over(today())


@rule("people.end_role")
def may_end_role(person: User, given: RoleAssignment) -> bool:
    """The administrator ends a role that is not over, of any post but one that is, or will be, their own."""
    others = not is_own(person, given.post)
    return person.holds(Role.ADMINISTRATOR) and others and not given.is_over(today())


@rule("people.deactivate_person")
def may_deactivate_person(person: User, leaver: User) -> bool:
    """The administrator deactivates anybody but themselves: somebody must be left to undo it."""
    return person.holds(Role.ADMINISTRATOR) and person != leaver


def is_own(person: User, post: Post) -> bool:
    """Is the person in the post today, or will be later?"""
    return post.holdings.not_over(today()).filter(person=person).exists()


@rule("people.keep_controller")
def may_keep_controller(person: User) -> bool:
    """Information governance officers and records managers keep what the council says of itself in law."""
    return person.holds(Role.IG_OFFICER, Role.RECORDS_MANAGER)
