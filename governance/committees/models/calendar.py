"""The publication calendar: rules by which a paper is due, days fixed by hand, and days that stand out."""

from __future__ import annotations

from datetime import timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from governance.committees.models.body import Body
from governance.committees.models.meeting import Meeting
from governance.core.dates import long_date
from governance.history.models import History, Recorded
from governance.people.models import Dated, DatedQuerySet

MOST_DAYS = 90
LONGEST_PERIOD = 124
OFFSETS = ("freeze_before", "finance_before", "legal_before", "director_before", "member_before")


def days(label: str, default: int) -> models.PositiveSmallIntegerField[int, int]:
    """A number of days of a rule."""
    return models.PositiveSmallIntegerField(label, default=default, validators=[MaxValueValidator(MOST_DAYS)])


class PublicationRule(Recorded):
    """How long before a meeting its papers are due, adopted from a day: earlier meetings keep theirs.

    Without a body it is the council's own, for every body that has none. Offsets are working days before
    publication; notice of executive decisions is counted in days of the calendar.
    """

    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="rules")
    from_on = models.DateField("for meetings from")
    clear_days = days("clear days of notice", 5)
    counts_working = models.BooleanField("clear days are working days", default=True)
    freeze_before = days("figures frozen, working days before publication", 2)
    finance_before = days("finance clears, working days before publication", 1)
    legal_before = days("legal clears, working days before publication", 1)
    director_before = days("the director clears, working days before publication", 1)
    member_before = days("the member clears, working days before publication", 1)
    notice_days = days("clear days of notice of an executive decision", 28)
    call_in_days = days("working days in which a decision may be called in", 5)

    history = History()

    class Meta:
        ordering = ["-from_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="rule_is_adopted_once_from_a_day", fields=["body", "from_on"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="rule_counts_no_more_days_than_a_quarter",
                condition=Q(clear_days__lte=MOST_DAYS, freeze_before__lte=MOST_DAYS)
                & Q(notice_days__lte=MOST_DAYS, call_in_days__lte=MOST_DAYS),
            ),
            models.CheckConstraint(
                name="figures_are_frozen_before_they_are_cleared",
                condition=Q(**{f"{name}__lte": F("freeze_before") for name in OFFSETS[1:]}),
            ),
        ]

    def __str__(self) -> str:
        return f"Rule for meetings from {long_date(self.from_on)}"


class Step(models.TextChoices):
    """What has to be done before a meeting, in its usual order."""

    NOTICE = "notice", "Notice in the forward plan"
    FREEZE = "freeze", "Figures frozen"
    FINANCE = "finance", "Cleared by finance"
    LEGAL = "legal", "Cleared by legal"
    DIRECTOR = "director", "Cleared by the director"
    MEMBER = "member", "Cleared by the member"
    PUBLICATION = "publication", "Published"


class FixedStep(Recorded):
    """A step whose day was set by hand, and why: it stays when the meeting moves."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="fixed_steps")
    step = models.CharField(max_length=11, choices=Step)
    due_on = models.DateField("due on")
    reason = models.TextField("why it is fixed")

    history = History()

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(name="step_is_fixed_once", fields=["meeting", "step"]),
            models.CheckConstraint(
                name="step_is_known",
                condition=Q(
                    step__in=["notice", "freeze", "finance", "legal", "director", "member", "publication"]
                ),
            ),
            models.CheckConstraint(name="fixed_step_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {long_date(self.due_on)}"


class Period(Recorded, Dated):
    """Days that stand out: the council's own closure, or the period before an election."""

    class Kind(models.TextChoices):
        """What the days mean."""

        CLOSURE = "closure", "The council is closed"
        PRE_ELECTION = "pre_election", "Pre-election period"

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField("what it is", max_length=200)

    objects = DatedQuerySet.as_manager()
    history = History()

    class Meta(Dated.Meta):
        ordering = ["-from_on", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="period_kind_is_known", condition=Q(kind__in=["closure", "pre_election"])
            ),
            models.CheckConstraint(name="period_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="period_has_a_last_day", condition=Q(until_on__isnull=False)),
            models.CheckConstraint(
                name="period_is_no_longer_than_four_months",
                condition=Q(until_on__lte=F("from_on") + timedelta(days=LONGEST_PERIOD)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {long_date(self.from_on)} to {long_date(self.until_on or self.from_on)}"
