"""What owners confirm once or twice a year: that the entry of an asset is right and its duties are met."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import (
    Case,
    DateField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate

from assets.models.asset import HELD, Asset
from assets.models.lists import ImpactLevel, ListEntry
from governance.core.dates import LONDON, end_of_day, long_date
from governance.figures.models import TwoClockQuerySet, TwoClockRow
from governance.history.models import History, Recorded
from governance.people.models import Post, Role

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.people.models import User

# Who confirms in place of the owner: the deputy in the unit. Those who keep the register never do.
DEPUTIES = (Role.IAA,)


class AttestationQuestion(ListEntry):
    """A duty of information asset owners; `explanation` is the statement that they confirm."""

    history = History()

    class Meta(ListEntry.Meta):
        constraints = [
            *ListEntry.Meta.constraints,
            models.CheckConstraint(
                name="attestation_question_says_what_is_confirmed", condition=~Q(explanation="")
            ),
        ]


class AttestationPeriods(Recorded):
    """How often assets are confirmed: one row, kept by officers (domain.md 1.7: 12 months and 6)."""

    months = models.PositiveSmallIntegerField(
        "months between confirmations", default=12, help_text="for most assets"
    )
    high_risk_months = models.PositiveSmallIntegerField(
        "months for high-risk assets",
        default=6,
        help_text="where a rating counts as high, or the data are special category",
    )
    grace_days = models.PositiveSmallIntegerField(
        "days until overdue", default=28, help_text="a confirmation that was due for longer is overdue"
    )

    history = History()

    class Meta:
        verbose_name = verbose_name_plural = "periods of confirmation"
        constraints = [
            models.CheckConstraint(name="attestation_periods_are_one_row", condition=Q(pk=1)),
            models.CheckConstraint(
                name="attestation_periods_are_1_to_60_months",
                condition=Q(months__range=(1, 60), high_risk_months__range=(1, 60)),
            ),
            models.CheckConstraint(
                name="attestation_grace_is_a_year_at_most", condition=Q(grace_days__lte=366)
            ),
        ]

    def __str__(self) -> str:
        return f"Every {self.months} months, every {self.high_risk_months} where the risk is high"

    @classmethod
    def current(cls) -> AttestationPeriods:
        """The row."""
        return cls.objects.get()

    @classmethod
    def at(cls, moment: Moment) -> Any:
        """The periods in force at a moment; before any were entered, those that stand now."""
        instant = min(end_of_day(moment.as_at), moment.known_before)
        return cls.history.filter(history_until__gte=instant).earliest("history_date")


class AttestationQuerySet(TwoClockQuerySet["Attestation"]):
    """Confirmations of assets."""

    def visible_to(self, person: User) -> Self:
        """Confirmations of assets that this person may open."""
        return self.filter(asset__in=Asset.objects.visible_to(person))

    def between(self, from_on: date, until_on: date) -> Self:
        """Those given from a day to a day, both included."""
        return self.filter(effective_on__range=(from_on, until_on), void=False)

    def for_register(self) -> Self:
        """Everything a row of a list shows, in one query."""
        return self.select_related("asset", "post", "recorded_by")


class Attestation(TwoClockRow):
    """An owner's word that an asset is as the register says, and that the duties of an owner are met.

    `version` is the version of the asset that was shown; `due_on` the day it was to be confirmed by.
    """

    subject = "asset_id"

    class Outcome(models.TextChoices):
        """What had happened to the entry since it was confirmed before."""

        UNCHANGED = "unchanged", "Nothing has changed"
        CHANGED = "changed", "Changed since it was confirmed before"

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="attestations")
    version = models.BigIntegerField("version of the asset", editable=False)
    outcome = models.CharField(max_length=9, choices=Outcome)
    what_changed = models.TextField(blank=True, default="")
    note = models.TextField("what the owner could not say", blank=True, default="")
    due_on = models.DateField("due on")
    post = models.ForeignKey(Post, models.PROTECT, related_name="attestations")
    recorded_by = models.ForeignKey("people.User", models.PROTECT, related_name="attestations")
    recorded_as = models.CharField(max_length=200)

    objects = AttestationQuerySet.as_manager()

    class Meta(TwoClockRow.Meta):
        ordering = ["-effective_on", "-place"]
        indexes = [models.Index(name="attestation_standing", fields=["asset", "-effective_on", "-place"])]
        constraints = [
            *TwoClockRow.Meta.constraints,
            models.UniqueConstraint(
                name="asset_version_is_confirmed_once_a_day",
                fields=["asset", "version", "effective_on"],
                condition=Q(corrects=None),
            ),
            models.CheckConstraint(
                name="attestation_of_a_change_says_what_changed",
                condition=Q(outcome="changed") & ~Q(what_changed="")
                | Q(outcome="unchanged", what_changed=""),
            ),
            models.CheckConstraint(name="attestation_names_the_post", condition=~Q(recorded_as="")),
        ]

    def __str__(self) -> str:
        return f"{self.asset.reference} confirmed on {long_date(self.effective_on)}"


class AttestationAnswer(models.Model):
    """One duty as it was put to the owner, and whether the owner could say so."""

    append_only: ClassVar[bool] = True

    attestation = models.ForeignKey(Attestation, models.PROTECT, related_name="answers")
    question = models.ForeignKey(AttestationQuestion, models.PROTECT, related_name="answers")
    statement = models.TextField(help_text="the words as they were shown")
    holds = models.BooleanField("the owner could say so")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="attestation_answers_a_question_once", fields=["attestation", "question"]
            ),
            models.CheckConstraint(name="attestation_answer_keeps_the_words", condition=~Q(statement="")),
        ]

    def __str__(self) -> str:
        return f"{self.statement}: {'yes' if self.holds else 'no'}"


def confirmable(versions: Any, moment: Moment) -> Any:
    """Versions of assets at a moment, each with when it was last confirmed and when it is to be again.

    Adds `attested_on` (empty: never), `months` (its period), `confirm_by` (the day it is due; an asset that
    was never confirmed is due from its first day on the register) and `overdue_from`.
    """
    periods = AttestationPeriods.at(moment)
    standing = Attestation.objects.standing(moment).filter(asset=OuterRef("id"))
    entered = Subquery(first_days(Asset.history.filter(id=OuterRef("id"))).values("entered_on")[:1])
    return versions.annotate(
        attested_on=Subquery(standing.values("effective_on")[:1]),
        months=months_of(moment, periods),
        confirm_by=Coalesce(Later(F("attested_on"), F("months")), entered, output_field=DateField()),
        overdue_from=ExpressionWrapper(
            F("confirm_by") + Value(periods.grace_days + 1), output_field=DateField()
        ),
    )


def months_of(moment: Moment, periods: AttestationPeriods) -> Case:
    """Of a version of an asset: after how many months it is to be confirmed again."""
    instant = min(end_of_day(moment.as_at), moment.known_before)
    levels = ImpactLevel.history.before(instant).filter(is_high=True).values("number")
    high = Q(special_category=True)
    for rated in ("confidentiality", "integrity", "availability"):
        high |= Q(**{f"{rated}_id__in": levels})
    return Case(
        When(high, then=Value(periods.high_risk_months)),
        default=Value(periods.months),
        output_field=IntegerField(),
    )


def first_days(versions: Any) -> Any:
    """By asset (`id`) among these versions: `entered_on`, its first day on the register."""
    held = versions.filter(state__in=HELD).order_by().values("id")
    return held.annotate(entered_on=TruncDate(Min("history_date"), tzinfo=LONDON))


class Later(Func):
    """A day so many months on; the last of a month where that has fewer days."""

    template = "(%(expressions)s))::date"
    arg_joiner = " + make_interval(months => "
    output_field = DateField()


def may_be_confirmed_by(person: User) -> Q:
    """A filter on assets or their versions: those of the person's posts, and of units they are deputy for."""
    return Q(owner_id__in=person.posts()) | Q(unit_id__in=person.units(*DEPUTIES))
