"""Models of maturity: what an assessment is held against, as data, since no two assessors use the same.

A model is written as a draft and then put in use. In use it keeps its levels and the areas it has: what was
scored under it keeps its meaning. Names of levels that become known later, and further areas, may be added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.urls import reverse

from assets.models import READERS, UNIT_READERS
from governance.history.models import History, Recorded

if TYPE_CHECKING:
    from governance.people.models import User

FEWEST_LEVELS, MOST_LEVELS = 2, 10


def reads_maturity(person: User) -> bool:
    """Whoever reads a register, in whole or for a unit: maturity is the whole council's."""
    return person.holds_any(*READERS, *UNIT_READERS)


class MaturityModelQuerySet(models.QuerySet["MaturityModel"]):
    """Models, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """All of them, for whoever reads a register."""
        return self.all() if reads_maturity(person) else self.none()

    def for_list(self) -> Self:
        """With how many areas, levels and assessments each has, in one query."""
        return self.annotate(
            number_of_areas=Count("areas", distinct=True),
            number_of_levels=Count("levels", distinct=True),
            number_of_assessments=Count(
                "assessments", filter=Q(assessments__mistaken_at=None), distinct=True
            ),
        )


class MaturityModel(Recorded):
    """A model of maturity, such as the ICO's accountability framework; in use once `in_use`."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    source = models.CharField("where it comes from", max_length=300, blank=True, default="")
    note = models.TextField(blank=True, default="")
    in_use = models.BooleanField(default=False)

    objects = MaturityModelQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["name", "code"]
        constraints = [
            models.CheckConstraint(name="maturity_model_has_a_name", condition=~Q(name="")),
            models.UniqueConstraint(
                Lower("name"), name="maturity_draft_has_a_name_of_its_own", condition=Q(in_use=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the model."""
        return reverse("actions:maturity_model", args=[self.code])

    @property
    def standing(self) -> str:
        """In words: a draft, or in use."""
        return "In use" if self.in_use else "Draft"


class MaturityLevel(Recorded):
    """A level, numbered from 1, the lowest; its name is empty where nobody has told it."""

    model = models.ForeignKey(MaturityModel, models.PROTECT, related_name="levels")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80, blank=True, default="")

    history = History()

    class Meta:
        ordering = ["model", "number"]
        constraints = [
            models.UniqueConstraint(name="maturity_level_has_its_number", fields=["model", "number"]),
            models.CheckConstraint(
                name="maturity_level_is_1_to_10", condition=Q(number__range=(1, MOST_LEVELS))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.name}" if self.name else str(self.number)


class MaturityAreaQuerySet(models.QuerySet["MaturityArea"]):
    """Areas, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """All of them, for whoever reads a register."""
        return self.all() if reads_maturity(person) else self.none()

    def in_use(self) -> Self:
        """Those of models in use, for a choice among them."""
        return self.filter(model__in_use=True).select_related("model").order_by("model__name", "position")


class MaturityArea(Recorded):
    """What is scored: one area of a model, in the order in which the model names them."""

    model = models.ForeignKey(MaturityModel, models.PROTECT, related_name="areas")
    reference = models.SlugField(max_length=50, unique=True)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)

    objects = MaturityAreaQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["model", "position"]
        constraints = [
            models.UniqueConstraint(name="maturity_area_has_its_place", fields=["model", "position"]),
            models.CheckConstraint(name="maturity_area_has_a_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the area: its criteria, what it was scored, the actions that improve it."""
        return reverse("actions:maturity_area", args=[self.reference])


class MaturityCriterion(Recorded):
    """What an area is judged by, at one level where the model says which."""

    area = models.ForeignKey(MaturityArea, models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    level = models.ForeignKey(MaturityLevel, models.PROTECT, null=True, blank=True, related_name="criteria")
    text = models.CharField(max_length=500)

    history = History()

    class Meta:
        ordering = ["area", "position"]
        verbose_name_plural = "maturity criteria"
        constraints = [
            models.UniqueConstraint(name="maturity_criterion_has_its_place", fields=["area", "position"]),
            models.CheckConstraint(name="maturity_criterion_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text
