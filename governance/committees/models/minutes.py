"""Minutes of meetings. What they say is never edited (sql/minutes.sql): a correction is a new version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from governance.committees.models.meeting import Meeting
from governance.committees.models.readers import DRAFT_READERS, reads_issued
from governance.history.models import History, Recorded

if TYPE_CHECKING:
    from governance.people.models import User


class MinutesQuerySet(models.QuerySet["Minutes"]):
    """Minutes, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """All for those who make papers or answer for them, confirmed ones for those who read papers."""
        if person.holds(*DRAFT_READERS):
            return self.all()
        return self.exclude(confirmed_at=None) if reads_issued(person) else self.none()


class Minutes(Recorded):
    """One version of the minutes of a meeting: a draft until a later meeting confirms it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    number = models.PositiveSmallIntegerField(editable=False)
    text = models.TextField("minutes")
    correction = models.TextField("what is put right, and why", blank=True, default="")
    confirmed_at = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="confirmed_minutes",
        verbose_name="confirmed at the meeting of",
    )
    confirmed_on = models.DateField(null=True, blank=True, editable=False)

    objects = MinutesQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "minutes"
        constraints = [
            models.UniqueConstraint(
                name="minutes_have_one_version_of_a_number", fields=["meeting", "number"]
            ),
            models.CheckConstraint(name="minutes_have_words", condition=~Q(text="")),
            models.CheckConstraint(
                name="corrected_minutes_say_why",
                condition=Q(number=1, correction="") | Q(number__gt=1) & ~Q(correction=""),
            ),
            models.CheckConstraint(
                name="minutes_are_confirmed_at_a_meeting_on_a_day",
                condition=Q(confirmed_at=None, confirmed_on=None)
                | Q(confirmed_at__isnull=False, confirmed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of the minutes"

    def get_absolute_url(self) -> str:
        """The page of this version."""
        return reverse("committees:minutes", args=[self.meeting_id, self.number])

    # Changes

    def confirm(self, at: Meeting) -> None:
        """Say that a later meeting confirmed this version. The day is kept as it was then."""
        self.confirmed_at, self.confirmed_on = at, at.held_on
        self.save(update_fields=["confirmed_at", "confirmed_on"])
