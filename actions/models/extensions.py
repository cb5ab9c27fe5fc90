"""More time for an action: asked for with a reason, and granted, refused or withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from actions.models.of_actions import OfActionsQuerySet
from actions.models.progress import ProgressUpdate, Status
from governance.core.dates import long_date, today
from governance.figures.models import TwoClockRow
from governance.people.models import Post, PostHolding, Role, RoleAssignment
from governance.people.models.structure import parents, upwards

if TYPE_CHECKING:
    from actions.models.action import Action
    from actions.models.plan import ActionPlan
    from governance.figures.moment import Moment
    from governance.people.models import User

ANSWERS = ("granted", "refused")
# Who records what a committee decided.
RECORDERS = (Role.IG_OFFICER, Role.RECORDS_MANAGER, Role.COMMITTEE_OFFICER)


class ExtensionQuerySet(OfActionsQuerySet["Extension"]):
    """What was said of more time: in scope, visible, still to be answered."""

    def visible_to(self, person: User) -> Self:
        """About actions that this person may open, and what a post of theirs decides."""
        from actions.models.action import Action

        seen = Action.objects.visible_to(person)
        return self.filter(Q(action__in=seen) | Q(decides__in=person.posts()))

    def waiting(self, moment: Moment) -> Self:
        """Requests that nobody had answered at the moment, about actions that were then still open."""
        closed = ProgressUpdate.objects.standing(moment).filter(status__in=Status.closed())
        asked = self.standing(moment).filter(kind=Extension.Kind.ASKED)
        return asked.exclude(action__in=closed.values("action"))

    def for_story(self) -> Self:
        """Everything that a page says of them, in one query, as they took effect."""
        said = self.select_related("action", "decides", "recorded_by", "request", "revision__corrected_by")
        return said.order_by("effective_on", "place", "pk")


class Extension(TwoClockRow):
    """That more time was asked for an action, or what became of such a request. Appended, never corrected.

    `decides` or `body` says who answers: a post, or a committee by its name, whose decision is then known by
    the day of its meeting (`effective_on`) and the `minute`.
    """

    class Kind(models.TextChoices):
        """What was said."""

        ASKED = "asked", "Asked for"
        GRANTED = "granted", "Granted"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    subject = "action_id"

    action = models.ForeignKey("actions.Action", models.PROTECT, related_name="extensions")
    kind = models.CharField(max_length=9, choices=Kind)
    request = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="answer")
    due_on = models.DateField("new due date", null=True, blank=True)
    reason = models.TextField()
    decides = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="extensions_to_decide"
    )
    body = models.CharField("committee", max_length=200, blank=True, default="")
    minute = models.CharField("minute reference", max_length=100, blank=True, default="")
    revision = models.OneToOneField(
        "actions.DateRevision", models.PROTECT, null=True, blank=True, related_name="extension"
    )
    recorded_by = models.ForeignKey("people.User", models.PROTECT, related_name="extensions")
    recorded_as = models.CharField(max_length=200, blank=True, default="")

    objects = ExtensionQuerySet.as_manager()

    class Meta(TwoClockRow.Meta):
        indexes = [models.Index(name="extension_standing", fields=["action", "-effective_on", "-place"])]
        constraints = [
            *TwoClockRow.Meta.constraints,
            models.CheckConstraint(
                name="extension_kind_is_known",
                condition=Q(kind__in=["asked", "granted", "refused", "withdrawn"]),
            ),
            models.CheckConstraint(name="extension_is_never_corrected", condition=Q(corrects=None)),
            models.CheckConstraint(name="extension_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="extension_answers_a_request",
                condition=Q(kind="asked", request=None) | ~Q(kind="asked") & Q(request__isnull=False),
            ),
            models.CheckConstraint(
                name="extension_has_a_date_where_it_is_about_one",
                condition=Q(kind__in=["asked", "granted"], due_on__isnull=False)
                | Q(kind__in=["refused", "withdrawn"], due_on=None),
            ),
            models.CheckConstraint(
                name="extension_granted_moves_the_date",
                condition=Q(kind="granted", revision__isnull=False) | ~Q(kind="granted") & Q(revision=None),
            ),
            models.CheckConstraint(
                name="extension_is_decided_by_a_post_or_a_committee", condition=Q(decides=None) ^ Q(body="")
            ),
            models.CheckConstraint(
                name="extension_decided_by_a_committee_has_its_minute",
                condition=Q(minute="") ^ Q(~Q(body=""), kind__in=ANSWERS),
            ),
        ]

    def __str__(self) -> str:
        said = self.get_kind_display()
        return f"{said}: {long_date(self.due_on)}" if self.due_on else said

    @property
    def whose(self) -> str:
        """Who answers, or who answered: the post, or the committee."""
        return str(self.decides.title if self.decides else self.body)

    @property
    def by_whom(self) -> str:
        """Who answered, with the minute where a committee did."""
        return f"{self.body}, minute {self.minute}" if self.minute else self.whose


def decider_of(action: Action) -> tuple[Post | None, str]:
    """The post, or the committee by its name, that answers what is asked about the date of the action: whom
    it names to approve it, else its plan, else the post of the senior information risk owner. Never the post
    that owns the action, nor one in which only its holder is. Neither, where that leaves nobody."""
    for named in (action, action.plan):
        if named.approving_body:
            return None, named.approving_body
        if named.approver_id and named.approver_id != action.owner_id and _others_are_in(named, action):
            return named.approver, ""
    return _senior_post(action), ""


def _others_are_in(named: Action | ActionPlan, action: Action) -> bool:
    """Is somebody in the post named who does not hold the owner's post too, or nobody at all yet?"""
    holding = PostHolding.objects.in_force(today())
    held = set(holding.filter(post=named.approver_id).values_list("person", flat=True))
    return not held or bool(held - set(holding.filter(post=action.owner_id).values_list("person", flat=True)))


def _senior_post(action: Action) -> Post | None:
    """The post that is senior information risk owner of the owner's unit today, of one above it or of all;
    one with somebody in it first. Where only who holds the owner's post is in it, that of an information
    governance officer."""
    senior = _with_role(Role.SIRO, action)
    found: Post | None = senior.filter(is_free=True).first()
    if found is None:
        others = _with_role(Role.IG_OFFICER, action).filter(is_free=True)
        found = others.first() if senior.filter(is_held=True).exists() else senior.first()
    return found


def _with_role(role: Role, action: Action) -> Any:
    """The posts that have the role there today, save the owner's: with `is_held`, whether anybody is in it,
    and `is_free`, whether that is somebody who does not hold the owner's post too."""
    given = RoleAssignment.objects.in_force(today()).filter(role=role)
    given = given.filter(Q(unit=None) | Q(unit__in=upwards(action.owner.unit_id, parents())))
    holding = PostHolding.objects.in_force(today())
    held = holding.filter(post=OuterRef("pk"))
    owners = holding.filter(post=action.owner_id).values("person")
    posts = Post.objects.filter(pk__in=given.values("post")).exclude(pk=action.owner_id)
    told = posts.annotate(is_held=Exists(held), is_free=Exists(held.exclude(person__in=owners)))
    return told.order_by("title")


def to_answer(person: User, moment: Moment, *, bodies: bool) -> Any:
    """Requests that wait for this person: for a post of theirs, and (`bodies`) for any committee; never what
    they asked for themselves, nor what is asked for a post of theirs."""
    theirs = Q(decides__in=person.posts())
    found = Extension.objects.waiting(moment).filter(theirs | ~Q(body="") if bodies else theirs)
    return found.exclude(recorded_by=person).exclude(action__owner__in=person.posts())
