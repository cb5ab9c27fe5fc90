"""The rule by which a register's colours are computed: versioned data, as the risk matrix is.

A version is written as a draft, put in force from a day, and never changes after that: a past day keeps the
rule of that day. Its lines are tried in their order; the first whose conditions all hold gives the colour.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from governance.core.dates import months_before
from governance.history.adopting import Adoptable, AdoptableQuerySet
from governance.history.models import History, Recorded

if TYPE_CHECKING:
    from datetime import date

    from governance.figures.moment import Moment

OTHERWISE = "otherwise"
MOST_LINES = 12
MOST_MONTHS = 12
MOST_DAYS = 3650


class Colour(models.TextChoices):
    """How an entry is shown: always with this word, and a shape of its own."""

    RED = "red", "Red"
    AMBER = "amber", "Amber"
    GREEN = "green", "Green"
    BLUE = "blue", "Blue"
    GREY = "grey", "Grey"


class ColourRuleQuerySet(AdoptableQuerySet["ColourRule"]):
    """Versions of the rules of every register."""

    def of(self, register: str) -> Self:
        """Those of one register."""
        return self.filter(register=register)


class ColourRule(Adoptable):
    """One version of one register's rule. `from_on` is the day it comes into force: none while a draft."""

    number = models.PositiveSmallIntegerField("version", unique=True)
    register = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    source = models.CharField("where it comes from", max_length=300, blank=True, default="")
    override_months = models.PositiveSmallIntegerField("months for which a person may set another colour")
    from_on = models.DateField("in force from", null=True, blank=True)

    said = ("register", "name", "source", "override_months")

    objects = ColourRuleQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="colour_rule_has_its_day", fields=["register", "from_on"]),
            models.CheckConstraint(name="colour_rule_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="colour_rule_is_of_a_register", condition=Q(register__regex=r"^[a-z_]+$")
            ),
            models.CheckConstraint(
                name="colour_rule_lets_a_colour_be_set_for_a_year_at_most",
                condition=Q(override_months__range=(1, MOST_MONTHS)),
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}: {self.name}"

    def get_absolute_url(self) -> str:
        """The page of this version."""
        return reverse("colours:rule", args=[self.number])

    def last_day(self, on: date) -> date:
        """Until when at most a colour may be set on a day; the 31st becomes the end of a shorter month."""
        return months_before(on, -self.override_months)

    def parts(self) -> Iterable[Any]:
        """The versions of its lines."""
        lines: Any = ColourLine.history
        return (lines.filter(rule_id=self.pk),)


class ColourLineQuerySet(models.QuerySet["ColourLine"]):
    """Lines of rules."""

    def in_force(self, register: str, moment: Moment) -> Self:
        """Those of the rule of a register in force at a moment, in their order; none before the first."""
        rules = ColourRule.objects.of(register).known(moment)
        return self.filter(rule=models.Subquery(rules.values("pk")[:1])).order_by("position")


class ColourLine(Recorded):
    """A colour, what it means, and when it is given: if the condition holds, and the second where there is
    one. The last line of a rule always holds."""

    rule = models.ForeignKey(ColourRule, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    colour = models.CharField(max_length=5, choices=Colour)
    words = models.CharField("what it means", max_length=120)
    condition = models.CharField(max_length=40)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    and_condition = models.CharField(max_length=40, blank=True, default="")
    and_days = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = ColourLineQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["rule", "position"]
        constraints = [
            models.UniqueConstraint(name="colour_line_has_its_place", fields=["rule", "position"]),
            models.CheckConstraint(
                name="colour_line_is_one_of_twelve", condition=Q(position__range=(1, MOST_LINES))
            ),
            models.CheckConstraint(
                name="colour_line_has_a_known_colour", condition=Q(colour__in=Colour.values)
            ),
            models.CheckConstraint(name="colour_line_says_what_it_means", condition=~Q(words="")),
            models.CheckConstraint(
                name="colour_line_names_a_condition", condition=Q(condition__regex=r"^[a-z_]+$")
            ),
            models.CheckConstraint(
                name="colour_line_that_always_holds_asks_nothing_more",
                condition=~Q(condition=OTHERWISE) | Q(days=None, and_condition="", and_days=None),
            ),
            models.CheckConstraint(
                name="colour_line_has_no_days_without_a_condition",
                condition=Q(and_days=None) | ~Q(and_condition=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_colour_display()}: {self.words}"
