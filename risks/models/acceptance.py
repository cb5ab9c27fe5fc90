"""Accepting a risk: what the council is asked to bear, what was answered, until when, and what became of it.

An answer is bound to the version of the risk, the score, the controls and the further assets that were before
the person. Its state is read from what was recorded since, and stored nowhere: a later answer takes its
place, a later material change suspends it, its day ends it, and wording does not touch it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Now

from governance.core.dates import long_date, today
from governance.people.models import Role
from governance.people.registers.versions import instant_of
from risks.models.acceptance_changes import changed_materially
from risks.models.acceptance_since import happened_since
from risks.models.assessment import Assessment
from risks.models.risk import Risk
from risks.models.rules import ACCEPTORS, named

if TYPE_CHECKING:
    from datetime import datetime

    from governance.figures.moment import Moment
    from governance.people.models import User


class AcceptanceFact(models.Model):
    """What was asked, answered or ended, by whom, in which post: appended, never edited."""

    append_only: ClassVar[bool] = True

    recorded_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    recorded_as = models.CharField(max_length=200, help_text="the post as it was then called")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True
        ordering = ["recorded_at", "pk"]


class RequestQuerySet(models.QuerySet["AcceptanceRequest"]):
    """Requests."""

    def visible_to(self, person: User) -> Self:
        """About risks that this person may open."""
        return self.filter(risk__in=Risk.objects.visible_to(person))

    def unanswered(self, instant: datetime | None = None) -> Self:
        """Those that nobody has answered; given an instant, as it was then. Where the risk was closed, merged
        or withdrawn since, that ended the request: after it is reopened somebody has to ask anew."""
        versions: Any = Risk.history.exclude(state=Risk.State.OPEN)
        left = versions.filter(id=OuterRef("risk_id"), history_date__gt=OuterRef("recorded_at"))
        if instant is None:
            return self.filter(~Exists(left), risk__state=Risk.State.OPEN, answer=None)
        answered = Acceptance.objects.filter(request=OuterRef("pk"), recorded_at__lt=instant)
        ended = left.filter(history_date__lt=instant)
        return self.filter(~Exists(answered), ~Exists(ended), recorded_at__lt=instant)


class AcceptanceRequest(AcceptanceFact):
    """That the owner of a risk asks for it to be accepted, and why."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="acceptance_requests")
    reason = models.TextField()

    objects = RequestQuerySet.as_manager()

    class Meta(AcceptanceFact.Meta):
        constraints = [
            models.CheckConstraint(name="acceptance_is_asked_for_with_a_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.recorded_as} asked for {self.risk} to be accepted"


class AcceptanceState(models.TextChoices):
    """What has become of an acceptance by a moment. It follows from what is recorded; nobody sets it."""

    STANDING = "standing", "Accepted"
    SUSPENDED = "suspended", "Suspended, since the risk has changed"
    EXPIRED = "expired", "Run out"
    ENDED = "ended", "Ended"
    REPLACED = "replaced", "Replaced by a later answer"
    REFUSED = "refused", "Refused"


class AcceptanceQuerySet(models.QuerySet["Acceptance"]):
    """Answers."""

    def visible_to(self, person: User) -> Self:
        """About risks that this person may open."""
        return self.filter(risk__in=Risk.objects.visible_to(person))

    def at(self, moment: Moment) -> Self:
        """Those recorded by a moment, each with its `state` then, and `changed`: materially, since?"""
        instant = instant_of(moment)
        ended = AcceptanceEnd.objects.filter(acceptance=OuterRef("pk"), recorded_at__lt=instant)
        later = Acceptance.objects.filter(
            risk=OuterRef("risk"), pk__gt=OuterRef("pk"), recorded_at__lt=instant
        )
        return self.filter(recorded_at__lt=instant).annotate(
            changed=changed_materially(moment),
            state=Case(
                When(answer=Acceptance.Answer.REFUSED, then=Value(AcceptanceState.REFUSED)),
                When(Exists(ended), then=Value(AcceptanceState.ENDED)),
                When(Exists(later), then=Value(AcceptanceState.REPLACED)),
                When(until__lt=moment.as_at, then=Value(AcceptanceState.EXPIRED)),
                When(changed=True, then=Value(AcceptanceState.SUSPENDED)),
                default=Value(AcceptanceState.STANDING),
                output_field=models.CharField(),
            ),
        )

    def in_state(self, moment: Moment, state: AcceptanceState) -> Self:
        """Those in one state at a moment."""
        return self.at(moment).filter(state=state)

    def last_words(self) -> Self:
        """The last answers about their risks that leave the next one to the senior information risk owner:
        what they refused, accepted until a day that is not past, or took back, whoever had given that. Who
        takes back what they gave themselves, as whom the rules name, leaves nothing to anybody."""
        later = Acceptance.objects.filter(risk=OuterRef("risk"), pk__gt=OuterRef("pk"))
        binds = Q(answer=Acceptance.Answer.REFUSED) | Q(until__gte=today())
        theirs = AcceptanceEnd.objects.filter(acceptance=OuterRef("pk"))
        taken_back = Exists(theirs.exclude(recorded_by=OuterRef("recorded_by")))
        by_siro = Q(given_as=Role.SIRO) & (binds | Q(Exists(theirs)))
        return self.filter(by_siro | Q(taken_back)).filter(~Exists(later))

    def with_changes(self, moment: Moment) -> Self:
        """Each with what has happened since to what it rests on."""
        return self.annotate(**happened_since(moment))

    def for_history(self, moment: Moment) -> Self:
        """Everything the page of a risk shows at a moment, in one query, the latest first."""
        found = self.at(moment).with_changes(moment)
        return found.select_related("assessment__cell__level", "request", "end").order_by(
            "-recorded_at", "-pk"
        )


class Acceptance(AcceptanceFact):
    """The answer to a risk that is above what the council is ready to bear: borne until a day, or not."""

    class Answer(models.TextChoices):
        """What was answered."""

        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="acceptances")
    request = models.OneToOneField(
        AcceptanceRequest, models.PROTECT, null=True, blank=True, related_name="answer"
    )
    risk_version = models.BigIntegerField("the version of the risk that was seen")
    controls_seen = models.BigIntegerField("the last change of a control that was seen", db_default=0)
    assets_seen = models.BigIntegerField("the last change of a further asset that was seen", db_default=0)
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="acceptances")
    answer = models.CharField(max_length=8, choices=Answer)
    until = models.DateField("accepted until", null=True, blank=True)
    conditions = models.TextField(blank=True, default="")
    reason = models.TextField()
    given_as = models.CharField(
        "in which role it was given",
        max_length=20,
        choices=named((Role.SIRO, *ACCEPTORS)),
        db_default=Role.SIRO,
        editable=False,
        help_text="set by the database, whatever is written",
    )

    objects = AcceptanceQuerySet.as_manager()

    class Meta(AcceptanceFact.Meta):
        constraints = [
            models.CheckConstraint(
                name="acceptance_answer_is_known", condition=Q(answer__in=["accepted", "refused"])
            ),
            models.CheckConstraint(
                name="acceptance_has_an_end_and_a_refusal_none",
                condition=Q(answer="accepted", until__isnull=False) | Q(answer="refused", until=None),
            ),
            models.CheckConstraint(name="acceptance_gives_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="acceptance_is_given_in_a_known_role",
                condition=Q(given_as__in=[str(each) for each in (Role.SIRO, *ACCEPTORS)]),
            ),
        ]

    def __str__(self) -> str:
        if self.answer == self.Answer.REFUSED or self.until is None:
            return f"Refused by {self.recorded_as}"
        return f"Accepted by {self.recorded_as} until {long_date(self.until)}"


class AcceptanceEnd(AcceptanceFact):
    """That an acceptance was taken back before its day, and why."""

    acceptance = models.OneToOneField(Acceptance, models.PROTECT, related_name="end")
    reason = models.TextField()

    class Meta(AcceptanceFact.Meta):
        constraints = [
            models.CheckConstraint(name="acceptance_is_ended_with_a_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.acceptance}: ended by {self.recorded_as}"
