"""Actions and the reporting of their progress."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import Count, Exists, ExpressionWrapper, F, Func, Max, OuterRef, Q, Value
from django.db.models.functions import Lower
from django.urls import reverse

from actions.models.audit import Recommendation, ScopeArea
from actions.models.completion import CLAIMED
from actions.models.milestone import Milestone
from actions.models.mistaken import STANDING, Mistakable, gives_a_reason
from actions.models.plan import ActionPlan
from actions.models.progress import (
    MovedOnError,
    OpeningUpdateError,
    ProgressUpdate,
    Status,
    WaiverNeededError,
    WhyNeededError,
)
from assets.models import READERS, UNIT_READERS
from governance.core.dates import today
from governance.figures.moment import Moment
from governance.history.models import History, Recorded
from governance.people.models import Post, RoleAssignment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actions.models.dependency import Dependency
    from governance.figures.moment import Scope
    from governance.people.models import User


class ActionQuerySet(models.QuerySet["Action"]):
    """Actions, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """What this person may open: all for readers of the registers, else what post or unit holds."""
        if person.holds(*READERS):
            return self.all()
        return self.filter(
            Q(owner__in=person.posts()) | Q(owner__unit__in=person.units(*READERS, *UNIT_READERS))
        )

    def within(self, scope: Scope) -> Self:
        """Those in the plans and units of the scope."""
        found = self.filter(plan__code__in=scope.plans) if scope.plans else self
        return found.filter(owner__unit__code__in=scope.units) if scope.units else found

    def standing(self) -> Self:
        """Those that were not entered in error."""
        return self.filter(STANDING)

    def in_error(self, moment: Moment) -> Self:
        """Those of which it was known by the moment that they were entered in error."""
        return self.filter(mistaken_at__lt=moment.known_before).order_by("reference")

    def to_name(self, typed: str, person: User) -> Action | None:
        """The one with the reference that was typed, in whatever letters, if this person may open it."""
        return self.standing().visible_to(person).filter(reference__iexact=typed).first()

    def for_register(self) -> Self:
        """Everything a row of a plan shows, in one query."""
        return self.select_related("owner", "scope_area", "recommendation").order_by("reference")

    def for_page(self, on: date) -> Self:
        """Everything the facts of an action show, in one query: with them how many hold its owner post on
        that day, the last day before on which somebody did, and what other lists call it."""
        from actions.models.source_reference import called

        left = Q(owner__holdings__until_on__lt=on)
        held = Q(owner__holdings__from_on__lte=on) & ~left
        return self.select_related(
            "plan__approver", "approver", "recommendation", "scope_area", "milestone", "owner__unit"
        ).annotate(
            called=called(),
            owner_last_held_on=Max("owner__holdings__until_on", filter=left),
            owner_holders=Count("owner__holdings", filter=held),
        )

    def for_reader(self, person: User) -> Self:
        """With `opens_recommendation`: whether this person may open the one for which it was agreed, whose
        audit need not be that of the plan any more; and `was_replacing`, whether it ever took the place of
        another, or another its place."""
        from actions.models.replacement import ActionReplacement

        seen = Recommendation.objects.visible_to(person).filter(pk=OuterRef("recommendation"))
        ends = Q(action_id=OuterRef("pk")) | Q(replacement_id=OuterRef("pk"))
        ever: Any = ActionReplacement.history.filter(ends)
        return self.annotate(opens_recommendation=Exists(seen), was_replacing=Exists(ever))

    def naming_posts(self, roles: Sequence[str]) -> Self:
        """With `charged`: the titles of the posts, with somebody in them today, that have one of the roles
        for the whole council or for the unit of the action."""
        assigned = RoleAssignment.objects.in_force(today()).filter(
            Q(unit=None) | Q(unit=OuterRef(OuterRef("owner__unit"))), role__in=roles
        )
        posts = Post.objects.filled(today()).filter(pk__in=assigned.values("post"))
        return self.annotate(charged=ArraySubquery(posts.order_by("title").values("title")))

    def approved_by(self, person: User, *, records: bool) -> Self:
        """Those that a post of theirs is named to approve: by the action, else by its plan. If the person
        `records` what bodies decide, those of bodies too."""
        of_its_own = ~Q(approver=None, approving_body="")
        posts = person.posts()
        named = Q(of_its_own, approver__in=posts) | Q(~of_its_own, plan__approver__in=posts)
        if records:
            named |= Q(of_its_own, ~Q(approving_body="")) | Q(~of_its_own, ~Q(plan__approving_body=""))
        return self.filter(named).exclude(owner__in=posts)

    def to_approve_by(self, person: User, *, records: bool) -> Self:
        """Those of `approved_by`, whether or not the person may open them, with everything that the page of
        an approval says."""
        named = self.approved_by(person, records=records)
        return named.select_related("plan__approver", "approver", "owner__unit", "recommendation")

    def naming_whom(self) -> Self:
        """Those that name a post or a body of their own to approve them."""
        return self.exclude(approver=None, approving_body="")

    def awaiting(self) -> Self:
        """Those claimed to be done that still await approval, due first at the top."""
        return self.filter(status=Status.AWAITING_APPROVAL).order_by(
            F("due_on").asc(nulls_last=True), "reference"
        )

    def claimed_by(self, person: User) -> Self:
        """Those that this person claims to be done, as the database says who claims: its function is asked
        only of what a post of theirs owns or they once reported, since of nothing else they claim it."""
        told = ProgressUpdate.objects.filter(recorded_by=person, status__in=CLAIMED)
        theirs = self.filter(Q(owner__in=person.posts()) | Q(pk__in=told.values("action")))
        claims = Func(F("pk"), Value(person.pk), function="actions_is_claimed_by")
        return theirs.alias(claimed=ExpressionWrapper(claims, models.BooleanField())).filter(claimed=True)

    def awaiting_nobody(self) -> Self:
        """Of those, the ones that nobody is named to approve, as `approved_by_whom` says it."""
        of_its_own = ~Q(approver=None, approving_body="")
        by_plan = Q(plan__approver=None, plan__approving_body="") | Q(plan__approver=F("owner"))
        return self.awaiting().filter(Q(of_its_own, approver=F("owner")) | ~of_its_own & by_plan)

    def called(self, references: Sequence[str]) -> Self:
        """Those with these references, in their order of the alphabet, with plan and owner."""
        return self.filter(reference__in=references).select_related("plan", "owner").order_by("reference")

    def overdue(self, on: date) -> Self:
        """Not done, and due before that day."""
        return self.exclude(status__in=Status.closed()).filter(due_on__lt=on)


class Action(Mistakable, Recorded):
    """Work agreed in response to a recommendation. `status` is kept by `append`; a test compares it. Of one
    that was entered in error no update stands, and its status is that nothing more is to be done."""

    reference = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=300)
    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="actions")
    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, null=True, blank=True, related_name="actions"
    )
    scope_area = models.ForeignKey(ScopeArea, models.PROTECT, null=True, blank=True, related_name="actions")
    # One of its own plan: a foreign key of both columns in the database says so.
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="actions")
    owner = models.ForeignKey(Post, models.PROTECT, related_name="actions")
    due_on = models.DateField("due", null=True, blank=True)
    # Set by the database when the action is entered; later dates are revisions (actions/models/dates.py).
    original_due_on = models.DateField("first due", null=True, blank=True, editable=False)
    approver = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="approves_actions")
    approving_body = models.CharField(
        "board, committee or cabinet member who approves", max_length=200, blank=True, default=""
    )
    status = models.CharField(max_length=17, choices=Status, default=Status.NOT_STARTED, editable=False)

    objects = ActionQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(name="action_has_a_title", condition=~Q(title="")),
            # Of what follows "actions/" in an address, "new" and "mine" are pages.
            models.CheckConstraint(
                name="action_reference_fits_an_address",
                condition=~Q(reference="")
                & ~Q(reference__contains="/")
                & ~Q(reference__iexact="new")
                & ~Q(reference__iexact="mine"),
            ),
            models.CheckConstraint(
                name="action_is_approved_by_a_post_or_a_body",
                condition=Q(approver=None) | Q(approving_body=""),
            ),
            models.CheckConstraint(name="action_status_is_known", condition=Q(status__in=Status.values)),
            models.UniqueConstraint(Lower("reference"), name="action_reference_once_in_whatever_letters"),
            gives_a_reason("action_in_error_gives_a_reason"),
            models.CheckConstraint(
                name="action_in_error_is_not_to_be_done", condition=STANDING | Q(status="withdrawn")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The action's page."""
        return reverse("actions:action", args=[self.reference])

    def save(self, *args: Any, **options: Any) -> None:
        """Enter or change the action; the database keeps the first due date as it was."""
        if self._state.adding:
            self.original_due_on = self.due_on
        super().save(*args, **options)

    # Changes

    def hold(self, latest: int) -> None:
        """Let nobody else report until the transaction ends.

        Raises MovedOnError if anything was recorded after the update of that key, the latest the person saw.
        """
        Action.objects.select_for_update().get(pk=self.pk)
        if (last := self.latest()).pk != latest:
            raise MovedOnError(self, last)

    def report(
        self, status: Status, *, effective_on: date, by: User, waiver: str = "", **facts: Any
    ) -> ProgressUpdate:
        """Append a progress update, with the order of dependencies looked after.

        `facts`: evidence, `why` it is withdrawn or opened again, and for history brought in known_at with
        source_document. Raises WaiverNeededError, naming what the action waits on, when the order is broken
        without a reason; WhyNeededError as `lacks` says, except for history.
        """
        known_at = facts.get("known_at")
        if not known_at and (lacking := self.lacks(status, effective_on, facts.get("why", ""))):
            raise WhyNeededError(lacking)
        waiting = self.held_up_by(status, on=effective_on, known_before=known_at)
        if waiting and not waiver:
            raise WaiverNeededError(self, waiting, effective_on)
        return self.append(status, effective_on=effective_on, by=by, waiver=waiver, **facts)

    def correct(self, update: ProgressUpdate, *, by: User, reason: str, **facts: Any) -> ProgressUpdate:
        """Put another update in the place of one that was wrong, or (void=True) say that it never happened.

        What is not given in `facts` is as it was. The reason is kept and shown wherever the correction is.
        Raises OpeningUpdateError if nothing would be left of the update that opened the action.
        """
        if facts.get("void") and self.was_opened_by(update):
            raise OpeningUpdateError
        status = facts.pop("status", update.status)
        effective_on = facts.pop("effective_on", update.effective_on)
        facts.setdefault("evidence", update.evidence)
        facts.setdefault("waiver", update.waiver)
        facts.setdefault("why", update.why or (reason if status == Status.WITHDRAWN else ""))
        return self.append(status, effective_on=effective_on, by=by, corrects=update, reason=reason, **facts)

    @transaction.atomic
    def append(
        self, status: Status, *, effective_on: date, by: User, known_at: datetime | None = None, **facts: Any
    ) -> ProgressUpdate:
        """Append an update as it is; the cached status follows the one that stands now. Of history brought
        in, the evidence says why an action was withdrawn, else its document, where nothing else does.

        The row of the action is locked first, so that two people reporting at once come one after the other.
        """
        Action.objects.select_for_update().get(pk=self.pk)
        when = {"known_at": known_at} if known_at else {}
        if known_at and status == Status.WITHDRAWN:
            said = facts.get("evidence") or f"See {facts.get('source_document')}"
            facts["why"] = facts.get("why") or said
        update: ProgressUpdate = self.updates.create(
            status=status,
            effective_on=effective_on,
            recorded_by=by,
            recorded_as=by.post_title,
            **when,
            **facts,
        )
        self.status = self.standing().status
        self.save(update_fields=["status"])
        return update

    # Queries

    @property
    def approved_by_whom(self) -> tuple[Post | None, str]:
        """The post, or the body in words, that approves its completion: its own, else its plan's. Neither,
        where that is the post that owns it: nobody decides about their own."""
        own = self if self.approver_id or self.approving_body else self.plan
        return (None, "") if own.approver_id == self.owner_id else (own.approver, own.approving_body)

    @property
    def approver_named(self) -> str:
        """The title of that post, or the body; "" where nobody is named."""
        post, body = self.approved_by_whom
        return post.title if post else body

    def standing(self, moment: Moment | None = None) -> ProgressUpdate:
        """The update that stands, with `since`; now, if no moment is given. Raises DoesNotExist before it
        opened."""
        moment = moment or Moment.now()
        return self.updates.standing(moment).with_since(moment).get()

    def latest(self) -> ProgressUpdate:
        """The update recorded last, whichever stands: any report or correction makes another the latest."""
        return self.updates.order_by("pk").select_related("recorded_by").last()  # type: ignore[return-value]

    def last_date_recorded(self) -> int:
        """The key of the revision of its due date that was recorded last; 0 before the first."""
        last = self.date_revisions.order_by("-pk").values_list("pk", flat=True).first()
        return last or 0

    def was_opened_by(self, update: ProgressUpdate) -> bool:
        """Is this the update that opened the action, or one that took its place?"""
        return not self.updates.filter(place__lt=update.place).exists()

    def earliest(self, corrected: ProgressUpdate | None = None) -> date:
        """The first day on which a report may take effect: the day the action was opened.

        For a correction of the update that opened it, the day its plan was.
        """
        live = self.updates.filter(void=False, corrected_by=None)
        opening = live.order_by("place").first()
        return self.plan.opened_on if opening in (None, corrected) else opening.effective_on

    def lacks(self, status: str, on: date, why: str) -> str:
        """What is to be said before this step on that day, as a sentence; "" where nothing is."""
        before = self.updates.standing(Moment.of(on)).values_list("status", flat=True).first()
        if status == before == Status.WITHDRAWN:
            return f"{self.reference} is withdrawn already. Correct that report if something in it is wrong"
        if why or status == before:
            return ""
        if status == Status.WITHDRAWN:
            return f"Say why {self.reference} is withdrawn"
        if before and before in Status.closed():
            return f"{self.reference} is {Status(before).label.lower()}. Say why it is opened again"
        return ""

    def held_up_by(
        self, status: Status, *, on: date, known_before: datetime | None = None
    ) -> list[Dependency]:
        """What still holds up this step on that day: dependencies in force and unmet."""
        from actions.models.dependency import Dependency

        moment = Moment(on, known_before) if known_before else Moment.of(on)
        waiting = Dependency.objects.filter(action=self).in_force(on).holding_up(status).unmet(moment)
        return list(waiting.select_related("needs_action", "needs_post"))

    def is_overdue(self) -> bool:
        """Due before today, and neither completed nor withdrawn."""
        return self.due_on is not None and self.due_on < today() and self.status not in Status.closed()
