"""Who says by whom an action is approved, who approves it, who verifies it, and who takes that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.models import extensions
from actions.models.completion import is_claimed_by
from actions.permissions.plans import KEEPERS
from actions.permissions.standing import of_what_stands
from governance.core.dates import today
from governance.people.models import Post, PostHolding, Role, RoleAssignment
from governance.people.models.structure import parents, upwards
from governance.people.rules import rule

if TYPE_CHECKING:
    from actions.models import Action, ActionPlan, ActionQuerySet, Completion
    from governance.people.models import User


IN_ERROR = "It was entered in error, so nobody verifies it"
IN_LINE = (
    "A post of yours is in the line of {}, which owns the action: in that unit, above it or below it. An "
    "internal auditor outside that line verifies it"
)


@rule("actions.set_approver")
@of_what_stands
def may_set_approver(person: User, action: Action) -> bool:
    """Information governance officers and the records manager; never for what their own post owns."""
    return person.holds_for(action.owner.unit_id, *KEEPERS) and not person.occupies(action.owner_id)


@rule("actions.set_plan_approver")
def may_set_plan_approver(person: User, plan: ActionPlan) -> bool:
    """Information governance officers and the records manager, for the whole council; never where a post of
    theirs owns an action of the plan that is still open and names nobody of its own."""
    return person.holds(*KEEPERS) and not plan.has_unnamed_of(person)


RECORDERS = extensions.RECORDERS  # of what bodies decide


@rule("actions.approve_completion")
@of_what_stands
def may_approve_completion(person: User, action: Action) -> bool:
    """The post that the action, else its plan, names, approves or refuses; what a body decided is recorded by
    information governance officers, the records manager and committee officers. Never the post that owns
    the action."""
    post, body = action.approved_by_whom
    if person.occupies(action.owner_id):
        return False
    return person.occupies(post) if post else bool(body) and person.holds(*RECORDERS)


def own_to_all_in(post: Post, actions: ActionQuerySet) -> list[str]:
    """The references of those of these actions that everybody in the post owns or claims to be done, so that
    nobody in it may approve them; none while nobody is in it. Two queries, and one for each person in it."""
    holding = PostHolding.objects.in_force(today()).filter(post=post).select_related("person")
    if not (holders := [each.person for each in holding]):
        return []
    for person in holders:
        actions = actions.claimed_by(person)
    return list(actions.order_by("reference").values_list("reference", flat=True))


@rule("actions.verify_completion")
@of_what_stands
def may_verify_completion(person: User, action: Action) -> bool:
    """Internal auditors, unless a post of theirs owns the action or sits in its owner's own line: in the same
    unit, above it or below it."""
    if not person.holds(Role.INTERNAL_AUDITOR):
        return False
    own, above = Post.objects.filter(pk__in=person.posts()).values_list("pk", "unit"), parents()
    return not any(_is_near(action, post, unit, above) for post, unit in own)


def verified_by(person: User, actions: ActionQuerySet) -> ActionQuerySet:
    """Of these actions, the ones that the person verifies by the rule above; a test compares."""
    if not person.holds(Role.INTERNAL_AUDITOR):
        return actions.none()
    own, above = set(Post.objects.filter(pk__in=person.posts()).values_list("unit", flat=True)), parents()
    line = {unit for each in own for unit in upwards(each, above)}
    line |= {unit for unit in above if own & set(upwards(unit, above))}
    return actions.standing().exclude(owner__in=person.posts()).exclude(owner__unit__in=line)


def kept_from_verifying(person: User, action: Action) -> str:
    """Why an internal auditor does not verify the action, as a sentence; "" for one who may, and others."""
    if not person.holds(Role.INTERNAL_AUDITOR) or may_verify_completion(person, action):
        return ""
    return IN_ERROR if action.mistaken_at else IN_LINE.format(action.owner.unit)


def somebody_may_verify(action: Action) -> bool:
    """Is there anybody whom the rule above lets verify the action? As many queries whoever there is."""
    charged = RoleAssignment.objects.in_force(today()).filter(role=Role.INTERNAL_AUDITOR, unit=None)
    holding = PostHolding.objects.in_force(today()).filter(person__is_active=True)
    auditors = holding.filter(post__in=charged.values("post")).values("person")
    own: dict[int, bool] = {}
    above = parents()
    for person, post, unit in holding.filter(person__in=auditors).values_list("person", "post", "post__unit"):
        own[person] = own.get(person, False) or _is_near(action, post, unit, above)
    return not all(own.values())


def _is_near(action: Action, post: int, unit: int, above: dict[int, int | None]) -> bool:
    """Does the post own the action, or sit in the line of its owner?"""
    owning = action.owner.unit_id
    return post == action.owner_id or unit in upwards(owning, above) or owning in upwards(unit, above)


@rule("actions.take_back_completion")
def may_take_back_completion(person: User, given: Completion) -> bool:
    """Who approved or verified it; else who may approve the action, or verify it, and does not claim that it
    is done. Whoever else wants it taken back asks them."""
    if person.pk == given.recorded_by_id:
        return True
    verified = given.kind == given.Kind.VERIFIED
    may = may_verify_completion if verified else may_approve_completion
    return may(person, given.action) and not is_claimed_by(given.action, person)
