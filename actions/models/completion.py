"""Three completions: claimed in a progress update; approved, refused and verified here, never by who claimed
it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value

from actions.models.of_actions import OfActionsQuerySet
from actions.models.progress import ProgressUpdate, Status
from governance.figures.models import TwoClockRow
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from datetime import date, datetime

    from actions.models.action import Action
    from governance.people.models import User


CLAIMED = (Status.AWAITING_APPROVAL, Status.COMPLETED)
# Of updates with the status before: completed, it awaits approval again. The claim is then another.
BACK = Q(status=Status.AWAITING_APPROVAL, before=Status.COMPLETED)
OPENS_AGAIN = ~Q(status__in=CLAIMED) | BACK


def _reopened(moment: Moment, day: str, place: str) -> QuerySet[ProgressUpdate]:
    """What opened an action again after a claim of that day and place (the database says the same, in
    sql/completions_opened_again.sql)."""
    since = Q(effective_on__gt=OuterRef(day)) | Q(effective_on=OuterRef(day), place__gt=OuterRef(place))
    updates = ProgressUpdate.objects.with_before(moment).filter(since, action=OuterRef("action"))
    return updates.filter(OPENS_AGAIN)


def _claims(moment: Moment) -> QuerySet[ProgressUpdate]:
    """Of a completion, the claim, by what was put right of it since; none where no claim is left."""
    own = ProgressUpdate.objects.live(moment).filter(place=OuterRef("claim__place"), status__in=CLAIMED)
    return own.filter(action=OuterRef("action"))


def _reopened_on(moment: Moment) -> Subquery:
    """The day on which that happened first."""
    return Subquery(
        _reopened(moment, "claimed_on", "claim__place")
        .order_by("effective_on", "place")
        .values("effective_on")[:1]
    )


class CompletionQuerySet(OfActionsQuerySet["Completion"]):
    """What was said of claims that an action is done: visible, of one action."""

    def visible_to(self, person: User) -> Self:
        """About actions that this person may open, and what they said themselves."""
        return self.filter(Q(pk__in=super().visible_to(person).values("pk")) | Q(recorded_by=person))

    def for_story(self, moment: Moment) -> Self:
        """Everything that an action's page says of them, in one query, as they took effect: also whether each
        `counts` at the moment, as the figures count, and `reopened_on`, when its action was opened again."""
        counting: QuerySet[Completion] = Completion.objects.of_claims_that_stand(moment)
        ended: Any = Completion.objects.claimed_on(moment).annotate(reopened_on=_reopened_on(moment))
        found = self.annotate(
            counts=Exists(counting.filter(pk=OuterRef("pk"))),
            reopened_on=Subquery(ended.filter(pk=OuterRef("pk")).values("reopened_on")[:1]),
        )
        return found.select_related("claim", "recorded_by").order_by("effective_on", "place", "pk")

    def to_take_back(self) -> Self:
        """Approvals and verifications that were given and not taken back."""
        return self.live(Moment.now()).exclude(kind=Completion.Kind.REFUSED)

    def for_taking_back(self) -> Self:
        """What was approved or verified, the latest first, with everything that taking it back asks."""
        given = self.filter(kind__in=(Completion.Kind.APPROVED, Completion.Kind.VERIFIED), void=False)
        return given.select_related("action__plan", "action__owner", "claim").order_by("-recorded_at")

    def taken_back_from(self, person: User, since: datetime) -> Self:
        """What somebody else said since then to take back what this person, or who held their post before,
        had approved or verified; each with whether the person may open its action: `opens`."""
        from actions.models.action import Action

        open_to = Action.objects.visible_to(person)
        theirs = Q(corrects__recorded_by=person)
        if person.post_title:
            theirs |= Q(corrects__recorded_as=person.post_title, action__in=open_to)
        found = self.filter(theirs, void=True, recorded_at__gte=since).exclude(recorded_by=person)
        shown = found.select_related("action").annotate(opens=Exists(open_to.filter(pk=OuterRef("action"))))
        return shown.order_by("action__reference", "pk")

    def of_claims_that_stand(self, moment: Moment) -> Self:
        """Known at the moment, of a claim that stood, after which the action was not opened again."""
        never_since = ~Exists(_reopened(moment, "effective_on", "place"))
        return self.live(moment).filter(Exists(_claims(moment).filter(never_since)))

    def claimed_on(self, moment: Moment) -> Self:
        """Those known at the moment, with `claimed_on`: from which day the claim counts by what was put right
        of it since; None where no claim is left."""
        return self.live(moment).alias(claimed_on=Subquery(_claims(moment).values("effective_on")[:1]))

    def opened_again_since(self, day: date) -> Self:
        """Approvals after whose claim the action was first opened again on that day or later."""
        now = Moment.now()
        found = self.claimed_on(now).filter(kind=Completion.Kind.APPROVED)
        return found.alias(reopened_on=_reopened_on(now)).filter(reopened_on__gte=day)

    def which(self, kind: Completion.Kind, moment: Moment) -> Self:
        """Those of one kind that stood at the moment."""
        return self.of_claims_that_stand(moment).filter(kind=kind)


class Completion(TwoClockRow):
    """That the completion claimed of an action was approved, refused, or verified by somebody independent."""

    class Kind(models.TextChoices):
        """Approved or refused by whom the action says; verified by an independent role."""

        APPROVED = "approved", "Approved"
        REFUSED = "refused", "Not approved"
        VERIFIED = "verified", "Verified"

    subject = "action_id"
    stands_by: ClassVar[tuple[str, ...]] = ("action_id", "kind")

    action = models.ForeignKey("actions.Action", models.PROTECT, related_name="completions")
    kind = models.CharField(max_length=8, choices=Kind)
    claim = models.ForeignKey(ProgressUpdate, models.PROTECT, related_name="completions")
    basis = models.TextField("what it rests on")
    decision = models.CharField(max_length=300, blank=True, default="")
    recorded_by = models.ForeignKey("people.User", models.PROTECT, related_name="completions")
    recorded_as = models.CharField(max_length=200, blank=True, default="")

    objects = CompletionQuerySet.as_manager()

    class Meta(TwoClockRow.Meta):
        indexes = [models.Index(name="completion_standing", fields=["action", "kind", "-effective_on"])]
        constraints = [
            *TwoClockRow.Meta.constraints,
            models.CheckConstraint(
                name="completion_kind_is_known", condition=Q(kind__in=["approved", "refused", "verified"])
            ),
            models.CheckConstraint(name="completion_says_what_it_rests_on", condition=~Q(basis="")),
            models.CheckConstraint(
                name="completion_is_taken_back_and_never_changed", condition=Q(corrects=None) | Q(void=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().lower()} by {self.decision or self.recorded_as}"

    def completed(self) -> ProgressUpdate | None:
        """The update by which this approval completed its action, as it was put right since; None where the
        action was completed before, or that update says something else by now."""
        made = Func(Value(self.pk), function="actions_completed_by")
        updates = ProgressUpdate.objects.live(Moment.now()).filter(action=self.action_id)
        return updates.filter(place=made, status=Status.COMPLETED).first()

    def is_verified_upon(self) -> bool:
        """Does a verification rest on this approval?"""
        return _says("actions_is_verified_upon", of=Completion, key=self.pk)


def is_claimed_by(action: Action, person: User) -> bool:
    """Does this person claim that the action is done? Said once, in sql/completions_taken_back.sql: the post
    that owns it, and who recorded a claim that stands."""
    return _says("actions_is_claimed_by", Value(person.pk), of=type(action), key=action.pk)


def has_said(action: Action, person: User, *kinds: Completion.Kind) -> bool:
    """Has this person said one of these of a claim that stands, and not taken it back?"""
    said = Value(list(kinds), output_field=ArrayField(models.TextField()))
    return _says("actions_has_said", Value(person.pk), said, of=type(action), key=action.pk)


def _says(function: str, *given: Any, of: type[models.Model], key: int) -> bool:
    """What a function of the database answers about a row."""
    asked = Func(F("pk"), *given, function=function, output_field=models.BooleanField())
    return of._default_manager.filter(pk=key).filter(asked).exists()


IS_CLAIMED = Q(status__in=CLAIMED)


def found_done(kind: Completion.Kind, moment: Moment) -> Q:
    """Updates that complete an action of whose claim this was said, and stood at the moment."""
    stood: Any = Completion.objects.which(kind, moment)
    return Q(status=Status.COMPLETED, action__in=stood.values("action"))
