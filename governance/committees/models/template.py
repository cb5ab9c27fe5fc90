"""The form of a report as data: which headings it has, in which order, and who clears what.

A form is written as a draft, adopted from a day and never changed after that; the next version of it has the
same code. A paper keeps the version it was made from.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from governance.committees.models.placing import Placed
from governance.core.dates import long_date, today
from governance.history.adopting import Adoptable, AdoptableQuerySet
from governance.history.models import History, Recorded

DEEPEST = 3


class Clearance(models.TextChoices):
    """Who has to clear what is written under a heading."""

    NOBODY = "", "Nobody"
    FINANCE = "finance", "The finance director"
    LEGAL = "legal", "The legal officer"
    DIRECTOR = "director", "The director"
    MEMBER = "member", "The Cabinet Member"


class Lists(models.TextChoices):
    """What the paper itself lists under a heading, above what is written."""

    NOTHING = "", "Nothing"
    RECOMMENDATIONS = "recommendations", "The recommendations"
    APPENDICES = "appendices", "The appendices"
    BACKGROUND = "background", "The background papers"


class Asking(models.Model):
    """What a heading asks of who writes under it: the same in a form, and in the papers made from it."""

    help = models.CharField("what to write under it", max_length=500, blank=True, default="")
    mandatory = models.BooleanField("must have text", default=False)
    clearance = models.CharField(
        "who clears it", max_length=8, choices=Clearance, blank=True, default=Clearance.NOBODY
    )
    lists = models.CharField(
        "what is listed under it by itself", max_length=15, choices=Lists, blank=True, default=Lists.NOTHING
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_is_cleared_by_somebody_known", condition=Q(clearance__in=Clearance.values)
            ),
            models.CheckConstraint(
                name="%(class)s_lists_something_known", condition=Q(lists__in=Lists.values)
            ),
        ]


class PaperTemplateQuerySet(AdoptableQuerySet["PaperTemplate"]):
    """Versions of the forms of reports."""

    def of(self, code: str) -> Self:
        """The versions of one form."""
        return self.filter(code=code)

    def offered(self) -> Self:
        """Those that a paper can be made from today: of each form the latest in force, unless withdrawn."""
        begun = self.adopted().filter(from_on__lte=today())
        latest = begun.order_by("code", "-from_on").distinct("code").values("pk")
        return self.filter(pk__in=latest, withdrawn_on=None).order_by("name", "number")


class PaperTemplate(Adoptable):
    """One version of the form of a report. `from_on` is the day from which papers are made from it."""

    number = models.PositiveSmallIntegerField("version", unique=True)
    code = models.SlugField("short name")
    name = models.CharField(max_length=120)
    source = models.CharField("where it comes from", max_length=300, blank=True, default="")
    names_clearers = models.BooleanField(
        "print the names of those who cleared, beside their posts", default=False, db_default=False
    )
    from_on = models.DateField("in force from", null=True, blank=True)
    withdrawn_on = models.DateField("withdrawn on", null=True, blank=True, editable=False)

    said = ("code", "name", "source", "names_clearers")

    objects = PaperTemplateQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="form_of_report_has_its_day", fields=["code", "from_on"]),
            models.CheckConstraint(name="form_of_report_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="form_of_report_is_withdrawn_once_in_force",
                condition=Q(withdrawn_on=None) | Q(from_on__isnull=False, withdrawn_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}: {self.name}"

    def get_absolute_url(self) -> str:
        """The page of this version."""
        return reverse("committees:template", args=[self.number])

    @property
    def standing(self) -> str:
        """In words: a draft, in force from a day, or withdrawn on one."""
        return f"Withdrawn on {long_date(self.withdrawn_on)}" if self.withdrawn_on else super().standing

    @property
    def extent(self) -> str:
        """How many sections it has. Lists fetch them beforehand."""
        found = list(self.sections.all())
        bare = sum(each.level == TemplateSection.Level.FRONT for each in found)
        said = f"{len(found)} section{'' if len(found) == 1 else 's'}"
        return f"{said}, {bare} of them without a number" if bare else said

    def parts(self) -> Iterable[Any]:
        """The versions of its sections."""
        sections: Any = TemplateSection.history
        return (sections.filter(template_id=self.pk),)

    def laid_out(self) -> list[tuple[str, TemplateSection]]:
        """Its sections in their order, each with the number it is printed with."""
        found = list(self.sections.all())
        return list(zip(numbers(each.level for each in found), found, strict=True))


class TemplateSection(Placed, Asking, Recorded):
    """A heading of the form. `level` 0 belongs to the front sheet and has no number; those below are numbered
    by their order: 1, 1.1, 1.1.1.
    """

    class Level(models.IntegerChoices):
        """Where in the paper it stands."""

        FRONT = 0, "On the front sheet, without a number"
        FIRST = 1, "Numbered, for example 1"
        SECOND = 2, "Numbered below another, for example 1.1"
        THIRD = DEEPEST, "Numbered two below, for example 1.1.1"

    template = models.ForeignKey(PaperTemplate, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.FIRST)
    heading = models.CharField(max_length=200)
    text = models.TextField("text it begins with", blank=True, default="", max_length=5000)

    history = History()
    WORDS: ClassVar = ("level", "heading", "text", "help", "mandatory", "clearance", "lists")

    class Meta:
        ordering = ["position"]
        constraints = [
            *Asking.Meta.constraints,
            models.UniqueConstraint(
                name="heading_of_form_has_its_own_position",
                fields=["template", "position"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(name="heading_of_form_has_words", condition=~Q(heading="")),
            models.CheckConstraint(
                name="heading_of_form_is_of_a_known_level", condition=Q(level__range=(0, DEEPEST))
            ),
        ]

    def __str__(self) -> str:
        return self.heading


def numbers(levels: Iterable[int]) -> list[str]:
    """What each heading is numbered with, by its level and its place; "" on the front sheet.

    One that stands two below the heading before it is numbered as one below: no level is left out. A heading
    without a number does not begin the numbers anew.
    """
    open_levels: list[int] = []
    at: list[int] = []
    found = []
    for level in levels:
        while level and open_levels and level < open_levels[-1]:
            open_levels.pop()
            at.pop()
        if level and open_levels and open_levels[-1] == level:
            at[-1] += 1
        elif level:
            open_levels.append(level)
            at.append(1)
        found.append(".".join(map(str, at)) if level else "")
    return found
