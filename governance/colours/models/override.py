"""A colour that a person sets in place of the computed one, for a time and with a reason: never edited.

The last row of an entry counts until its day; a row without a colour takes back the one before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from governance.colours.models.rule import Colour
from governance.core.dates import long_date
from governance.people.registers.versions import instant_of

if TYPE_CHECKING:
    from governance.figures.moment import Moment


class OverrideQuerySet(models.QuerySet[Any]):
    """Colours that people set."""

    def standing(self, moment: Moment) -> Self:
        """Those that count at a moment: recorded by then, the last of their entry, and not run out."""
        model: Any = self.model
        instant = instant_of(moment)
        later = model.objects.filter(
            **{model.subject: OuterRef(model.subject)}, pk__gt=OuterRef("pk"), recorded_at__lt=instant
        )
        return self.filter(~Exists(later), recorded_at__lt=instant, until__gte=moment.as_at)

    def recorded(self, moment: Moment) -> Self:
        """Every one that was recorded by a moment, the latest first."""
        return self.filter(recorded_at__lt=instant_of(moment)).order_by("-pk")


class Override(models.Model):
    """What a person set, in which post, why, and until when. A room adds the entry that it is about."""

    append_only: ClassVar[bool] = True
    subject: ClassVar[str]  # the column of the entry

    colour = models.CharField(max_length=5, choices=Colour, blank=True, default="")
    until = models.DateField("until", null=True, blank=True)
    reason = models.TextField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    recorded_as = models.CharField(max_length=200, help_text="the post as it was then called")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects: ClassVar[Any] = OverrideQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_set_colour_has_an_end_and_taking_it_back_none",
                condition=Q(colour="", until=None) | Q(colour__in=Colour.values, until__isnull=False),
            ),
            models.CheckConstraint(name="%(app_label)s_set_colour_gives_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        if self.until is None:
            return f"The computed colour again, by {self.recorded_as}"
        return f"{self.get_colour_display()} until {long_date(self.until)}, by {self.recorded_as}"
