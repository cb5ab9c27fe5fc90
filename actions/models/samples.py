"""Samples for auditors: rows of a figure drawn by lot, and the seed by which anybody draws the same again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from actions.models.audit import Audit
from actions.models.held_texts import digest_of
from governance.core.dates import long_date
from governance.figures.figure import Figure, get_figure
from governance.figures.moment import Moment, Scope

METHOD = (
    "Write the seed, a colon and the reference of each row, such as 7:ACT-0001, take the SHA-256 of that, "
    "and put the rows in the order of what comes out: the first are the sample."
)


SAID = Q(seed_from="drawn", seed_given_by="", seed_because="") | Q(
    ~Q(seed_given_by=""), ~Q(seed_because=""), seed_from="given"
)


def lot(references: Iterable[str], seed: int, size: int) -> list[str]:
    """The references drawn, in the order drawn, by METHOD: the same for the same seed and references."""
    return sorted(references, key=lambda each: hashlib.sha256(f"{seed}:{each}".encode()).digest())[:size]


def digest_of_list(references: Sequence[str]) -> str:
    """The SHA-256 of references in their order, a line each."""
    return digest_of("\n".join(references))


@dataclass(frozen=True)
class Given:
    """A seed that somebody gave: who, and why."""

    seed: int
    by: str
    because: str


@dataclass(frozen=True)
class Asked:
    """Of which figure, as at which day, how many."""

    figure: str
    as_at: date
    size: int


class AuditSampleQuerySet(models.QuerySet["AuditSample"]):
    """Samples drawn for audits."""

    def of(self, audit: Audit) -> Self:
        """Those of one audit, the latest first, without the lists that they were drawn from."""
        return self.filter(audit=audit).order_by("-drawn_at", "-pk").defer("drawn_from")


class AuditSample(models.Model):
    """Of what was drawn, as at which day and as known when, by which seed, by whom. It stands as drawn.

    `drawn_from` are the references of all rows that the figure had, in order, and `digest` is their SHA-256:
    by those anybody draws again, whatever is recorded later.
    """

    append_only: ClassVar[bool] = True

    class SeedFrom(models.TextChoices):
        """Where a seed is from; of samples drawn before it was kept, nothing."""

        DRAWN = "drawn", "Drawn by Custodian"
        GIVEN = "given", "Given"

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="samples")
    figure = models.CharField("of what", max_length=100)
    scope = models.JSONField("among what", blank=True, default=dict)
    as_at = models.DateField("as at")
    known_before = models.DateTimeField()
    seed = models.BigIntegerField()
    seed_from = models.CharField(max_length=5, choices=SeedFrom, blank=True, default="")
    seed_given_by = models.CharField("who gave the seed", max_length=200, blank=True, default="")
    seed_because = models.TextField("why it was given", blank=True, default="")
    size = models.PositiveIntegerField("how many")
    population = models.PositiveIntegerField("out of how many")
    drawn_from = models.JSONField("out of which")
    digest = models.CharField("SHA-256 of the list", max_length=64)
    drawn_at = models.DateTimeField(db_default=Now(), editable=False)
    drawn_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    drawn_as = models.CharField(max_length=200)
    # What the form was sent with: sent twice, it draws once.
    once = models.UUIDField(null=True, unique=True, editable=False)

    objects = AuditSampleQuerySet.as_manager()

    class Meta:
        ordering = ["-drawn_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="audit_sample_is_drawn_from_enough", condition=Q(size__gte=1, size__lte=F("population"))
            ),
            models.CheckConstraint(name="audit_sample_has_a_seed", condition=Q(seed__gte=0)),
            models.CheckConstraint(name="audit_sample_says_where_its_seed_is_from", condition=SAID),
        ]

    def __str__(self) -> str:
        return f"{self.size} of {self.population}: {self.counted.title.lower()}, {long_date(self.as_at)}"

    def get_absolute_url(self) -> str:
        """The page of the sample."""
        return reverse("actions:sample", args=[self.audit.code, self.pk])

    @property
    def counted(self) -> Figure[Any]:
        """The figure of which the rows are."""
        return get_figure(self.figure)

    @property
    def moment(self) -> Moment:
        """As at which day, as known when."""
        return Moment(self.as_at, self.known_before)

    @property
    def among(self) -> Scope:
        """The plans whose rows were drawn from; everything where none are named."""
        return Scope.from_json(self.scope)

    @property
    def given(self) -> Given | None:
        """The seed, if somebody gave it, with who and why."""
        if self.seed_from != self.SeedFrom.GIVEN:
            return None
        return Given(self.seed, self.seed_given_by, self.seed_because)

    @property
    def seed_in_words(self) -> str:
        """Where the seed is from; given, by whom and why."""
        if self.given:
            return f"Given by {self.given.by}: {self.given.because}"
        return str(self.get_seed_from_display()) or "Not recorded when it was drawn"

    # Queries

    def again(self) -> list[str]:
        """What the seed draws from the list that is kept."""
        return lot(self.drawn_from, self.seed, self.size)

    def references(self) -> list[str]:
        """What was drawn, in the order drawn."""
        return list(self.rows.order_by("position").values_list("reference", flat=True))


class SampledRow(models.Model):
    """One row drawn: its place in the draw, the subject's reference, and the evidence that counted it."""

    append_only: ClassVar[bool] = True

    sample = models.ForeignKey(AuditSample, models.PROTECT, related_name="rows")
    position = models.PositiveIntegerField()
    reference = models.CharField(max_length=100)
    subject = models.BigIntegerField()
    evidence_kind = models.CharField(max_length=100)
    evidence = models.BigIntegerField()

    class Meta:
        ordering = ["sample", "position"]
        constraints = [
            models.UniqueConstraint(name="sampled_row_has_its_place_once", fields=["sample", "position"]),
            models.UniqueConstraint(name="row_is_drawn_once_in_a_sample", fields=["sample", "subject"]),
        ]

    def __str__(self) -> str:
        return self.reference
