"""Answers looked at again by officers, and the position signed up the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from assets.models.asset import Asset
from assets.models.attestation import Attestation
from governance.history.models import History, Recorded, VersionQuerySet
from governance.people.models import OrganisationalUnit, Post
from governance.people.registers.versions import instant_of

if TYPE_CHECKING:
    from governance.figures.moment import Moment, Scope
    from governance.people.models import User


class Sample(models.Model):
    """Answers "nothing has changed" drawn by lot, to be checked. The seed lets anybody draw them again."""

    append_only: ClassVar[bool] = True

    from_on = models.DateField("answers given from")
    until_on = models.DateField("answers given until")
    seed = models.BigIntegerField()
    size = models.PositiveIntegerField("how many were drawn")
    population = models.PositiveIntegerField("out of how many")
    drawn_at = models.DateTimeField(db_default=Now(), editable=False)
    drawn_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    drawn_as = models.CharField(max_length=200)

    class Meta:
        ordering = ["-drawn_at"]
        constraints = [
            models.CheckConstraint(
                name="sample_ends_after_it_begins", condition=Q(until_on__gte=F("from_on"))
            ),
            models.CheckConstraint(
                name="sample_is_drawn_from_enough", condition=Q(size__gte=1, size__lte=F("population"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.size} of {self.population} answers"

    def get_absolute_url(self) -> str:
        """The page on which it is checked."""
        return reverse("assets:sample", args=[self.pk])


class SampledAnswerQuerySet(models.QuerySet["SampledAnswer"]):
    """Answers drawn for checking."""

    def visible_to(self, person: User) -> Self:
        """Those about assets that this person may open."""
        return self.filter(attestation__asset__in=Asset.objects.visible_to(person))

    def for_list(self) -> Self:
        """Everything a row shows, in one query."""
        return self.select_related("attestation__asset", "attestation__post", "checked_by")


class SampledAnswerVersionQuerySet(VersionQuerySet):
    """Versions of answers drawn: what had been found."""

    def at(self, moment: Moment) -> Self:
        """The answers drawn by a moment, with what had been found by then."""
        return self.before(instant_of(moment))

    def within(self, scope: Scope, moment: Moment) -> Self:
        """About assets that belonged to the units of the scope at a moment."""
        if not scope.units:
            return self
        mine = Asset.history.before(instant_of(moment)).within(scope)
        return self.filter(attestation__asset_id__in=mine.values("id"))


class SampledAnswer(Recorded):
    """One answer drawn, and what was found when an officer looked."""

    class Finding(models.TextChoices):
        """Whether the officer found what the owner had said."""

        AGREED = "agreed", "Agreed: nothing had changed"
        DIFFERENT = "different", "Found different"

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="answers")
    attestation = models.ForeignKey(Attestation, models.PROTECT, related_name="checks")
    position = models.PositiveIntegerField()
    finding = models.CharField(max_length=9, choices=Finding, blank=True, default="")
    note = models.TextField(blank=True, default="")
    checked_on = models.DateField("checked on", null=True, blank=True)
    checked_by = models.ForeignKey("people.User", models.PROTECT, related_name="+", null=True, blank=True)
    checked_as = models.CharField(max_length=200, blank=True, default="")

    objects = SampledAnswerQuerySet.as_manager()
    history = History(historical_queryset=SampledAnswerVersionQuerySet)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                name="answer_is_drawn_once_in_a_sample", fields=["sample", "attestation"]
            ),
            models.UniqueConstraint(name="sampled_answer_has_its_place", fields=["sample", "position"]),
            models.CheckConstraint(
                name="sample_finding_is_known", condition=Q(finding__in=["", "agreed", "different"])
            ),
            models.CheckConstraint(
                name="sample_finding_is_dated_and_signed",
                condition=Q(finding="", checked_on=None, checked_by=None)
                | ~Q(finding="") & Q(checked_on__isnull=False, checked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="sample_difference_is_described", condition=~Q(finding="different") | ~Q(note="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attestation}: {self.get_finding_display() or 'not checked yet'}"


class PositionStatement(models.Model):
    """A signature under the position as at a day: of an owner, a director, or the SIRO for all.

    `figures` keeps the numbers that stood above the signature.
    """

    append_only: ClassVar[bool] = True

    class Level(models.TextChoices):
        """The chain up to the annual governance statement."""

        OWNER = "owner", "Information asset owner"
        DIRECTOR = "director", "Director"
        SIRO = "siro", "Senior information risk owner"

    as_at = models.DateField("position as at")
    level = models.CharField(max_length=8, choices=Level)
    post = models.ForeignKey(Post, models.PROTECT, related_name="position_statements")
    unit = models.ForeignKey(
        OrganisationalUnit, models.PROTECT, related_name="position_statements", null=True, blank=True
    )
    words = models.TextField("statement")
    figures = models.JSONField()
    ahead = models.TextField("why it was signed before those below had", blank=True, default="")
    without = models.JSONField("posts below that had not signed", blank=True, default=list)
    signed_at = models.DateTimeField(db_default=Now(), editable=False)
    signed_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    signed_as = models.CharField(max_length=200)

    class Meta:
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(
                name="position_is_signed_once_by_a_post",
                fields=["as_at", "level", "post", "unit"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="position_level_is_known", condition=Q(level__in=["owner", "director", "siro"])
            ),
            models.CheckConstraint(name="position_statement_has_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="position_signed_ahead_says_why",
                condition=Q(without=[], ahead="") | ~Q(without=[]) & ~Q(ahead=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}: {self.signed_as}"
