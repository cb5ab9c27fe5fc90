"""The matrix under which risks are scored: versioned data, since no two councils agree (domain.md 3.3).

A version is written as a draft, put in force from a day, and never changes after that: what was scored under
it keeps its meaning. Each cell holds its level by hand, so that a grid need not be a product of two numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from governance.history.adopting import Adoptable, AdoptableQuerySet
from governance.history.models import History, Recorded

if TYPE_CHECKING:
    from datetime import date

SMALLEST, LARGEST = 3, 6
FEWEST_LEVELS, MOST_LEVELS = 2, 6


class Axis(models.TextChoices):
    """The two things that are judged of a risk."""

    LIKELIHOOD = "likelihood", "Likelihood"
    IMPACT = "impact", "Impact"


class Tone(models.TextChoices):
    """How a level looks. Its word is always shown beside it, and each tone has a shape of its own."""

    GREEN = "green", "Green"
    YELLOW = "yellow", "Yellow"
    AMBER = "amber", "Amber"
    RED = "red", "Red"
    BLACK = "black", "Black"


class RegisterLevel(models.TextChoices):
    """Whose register a risk belongs on (domain.md 3.1)."""

    SERVICE = "service", "Service"
    DIRECTORATE = "directorate", "Directorate"
    CORPORATE = "corporate", "Corporate"
    SIRO = "siro", "SIRO"


class RiskMatrixQuerySet(AdoptableQuerySet["RiskMatrix"]):
    """Versions of the matrix."""

    def key_in_force(self, on: date) -> models.QuerySet[RiskMatrix, Any]:
        """Its key, for a question in which it is found: no row before the first."""
        return self.adopted().filter(from_on__lte=on).values("pk")[:1]

    def drafts(self) -> Self:
        """Those being written."""
        return self.filter(from_on=None)


class RiskMatrix(Adoptable):
    """One version of the matrix. `from_on` is the day it comes into force: none while it is a draft.

    Levels are ranked from 1, the lowest. Risks at a level above `appetite` exceed what the council is ready
    to bear; those above `tolerance` are unacceptable whatever is gained.
    """

    number = models.PositiveSmallIntegerField("version", unique=True)
    name = models.CharField(max_length=120)
    source = models.CharField("where it comes from", max_length=300, blank=True, default="")
    size = models.PositiveSmallIntegerField()
    appetite = models.PositiveSmallIntegerField("highest level within appetite")
    tolerance = models.PositiveSmallIntegerField("highest level that is tolerated")
    from_on = models.DateField("in force from", null=True, blank=True, unique=True)

    said = ("name", "source", "size", "appetite", "tolerance")

    objects = RiskMatrixQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["-number"]
        verbose_name = "risk matrix"
        verbose_name_plural = "risk matrices"
        constraints = [
            models.CheckConstraint(
                name="risk_matrix_is_3_to_6_wide", condition=Q(size__range=(SMALLEST, LARGEST))
            ),
            models.CheckConstraint(name="risk_matrix_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="risk_matrix_tolerates_what_it_has_appetite_for",
                condition=Q(appetite__gte=1, tolerance__gte=F("appetite"), tolerance__lte=MOST_LEVELS),
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}: {self.name}"

    def get_absolute_url(self) -> str:
        """The page of this version."""
        return reverse("risks:matrix", args=[self.number])

    def parts(self) -> Iterable[Any]:
        """The versions of its levels, steps and cells."""
        kinds: tuple[Any, ...] = (MatrixLevel, MatrixScale, MatrixCell)
        return [kind.history.filter(matrix_id=self.pk) for kind in kinds]


class MatrixLevel(Recorded):
    """A level of risk, such as "High": how it looks, how often it is reviewed, and who is to know."""

    matrix = models.ForeignKey(RiskMatrix, models.PROTECT, related_name="levels")
    rank = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    tone = models.CharField("colour", max_length=6, choices=Tone)
    review_months = models.PositiveSmallIntegerField("months between reviews")
    belongs_on = models.CharField("belongs on the register of", max_length=11, choices=RegisterLevel)

    history = History()

    class Meta:
        ordering = ["matrix", "rank"]
        constraints = [
            models.UniqueConstraint(name="matrix_level_has_its_rank", fields=["matrix", "rank"]),
            models.UniqueConstraint(
                name="matrix_level_has_its_name",
                fields=["matrix", "name"],
                deferrable=models.Deferrable.DEFERRED,  # two levels may change names with each other
            ),
            models.CheckConstraint(
                name="matrix_level_is_ranked_1_to_6", condition=Q(rank__range=(1, MOST_LEVELS))
            ),
            models.CheckConstraint(name="matrix_level_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="matrix_level_has_a_known_tone", condition=Q(tone__in=Tone.values)),
            models.CheckConstraint(
                name="matrix_level_is_reviewed_within_5_years", condition=Q(review_months__range=(1, 60))
            ),
            models.CheckConstraint(
                name="matrix_level_belongs_on_a_register", condition=Q(belongs_on__in=RegisterLevel.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MatrixScale(Recorded):
    """A step of likelihood or of impact: its number, its word, and what the word means."""

    matrix = models.ForeignKey(RiskMatrix, models.PROTECT, related_name="scale")
    axis = models.CharField(max_length=10, choices=Axis)
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    meaning = models.CharField(max_length=300, blank=True, default="")

    history = History()

    class Meta:
        ordering = ["matrix", "axis", "number"]
        constraints = [
            models.UniqueConstraint(name="matrix_step_has_its_number", fields=["matrix", "axis", "number"]),
            models.UniqueConstraint(
                name="matrix_step_has_its_name",
                fields=["matrix", "axis", "name"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(name="matrix_step_is_on_an_axis", condition=Q(axis__in=Axis.values)),
            models.CheckConstraint(name="matrix_step_is_1_to_6", condition=Q(number__range=(1, LARGEST))),
            models.CheckConstraint(name="matrix_step_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class MatrixCell(Recorded):
    """What a likelihood and an impact come to together. An assessment points here, and so at a version."""

    matrix = models.ForeignKey(RiskMatrix, models.PROTECT, related_name="cells")
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    level = models.ForeignKey(MatrixLevel, models.PROTECT, related_name="cells")

    history = History()

    class Meta:
        ordering = ["matrix", "likelihood", "impact"]
        constraints = [
            models.UniqueConstraint(name="matrix_cell_is_once", fields=["matrix", "likelihood", "impact"]),
            models.CheckConstraint(
                name="matrix_cell_is_1_to_6",
                condition=Q(likelihood__range=(1, LARGEST), impact__range=(1, LARGEST)),
            ),
        ]

    def __str__(self) -> str:
        return f"Likelihood {self.likelihood}, impact {self.impact}: {self.level}"
