"""Meetings of bodies: when and where, whether they were held, who came, and what members asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from governance.committees.models.body import Body, PostOrPortfolio
from governance.committees.models.readers import reads_issued
from governance.core.dates import long_date, months_before, today
from governance.history.models import History, Recorded

if TYPE_CHECKING:
    from governance.people.models import User


MONTHS_AHEAD = 12


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """All, for those who read what bodies are given."""
        return self.all() if reads_issued(person) else self.none()

    def named(self) -> Self:
        """With their bodies as they were called: two queries, however many meetings."""
        return self.select_related("body").prefetch_related("body__former_names")

    def ahead(self, day: date) -> Self:
        """Those of the twelve months from a day, the next first, with all that a row of a list shows."""
        last = months_before(day, -MONTHS_AHEAD)
        return (
            self.filter(held_on__gte=day, held_on__lt=last)
            .named()
            .prefetch_related("fixed_steps")
            .order_by("held_on", "body__name", "pk")
        )

    def taking_papers(self) -> Self:
        """Those that a paper can be made for."""
        return self.exclude(state=Meeting.State.CANCELLED)


class Meeting(Recorded):
    """One sitting of a body.

    One that resolved or asked for something has come, and was neither cancelled nor inquorate
    (sql/decided.sql keeps this from both sides).
    """

    class State(models.TextChoices):
        """Whether it took place. One without a quorum was called, and decided nothing."""

        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"
        INQUORATE = "inquorate", "Inquorate"

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    held_on = models.DateField("date")
    starts_at = models.TimeField("begins at", null=True, blank=True)
    place = models.CharField(max_length=200, blank=True, default="")
    title = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    reason = models.TextField("why it was not held", blank=True, default="")
    notice_given_on = models.DateField("notice given in the forward plan on", null=True, blank=True)
    decisions_published_on = models.DateField("decisions published on", null=True, blank=True)

    TOOK_PLACE = (State.PLANNED, State.HELD)  # or will; of one that is over, nobody has said otherwise

    objects = MeetingQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["-held_on", "body"]
        constraints = [
            models.UniqueConstraint(name="body_meets_once_a_day", fields=["body", "held_on"]),
            models.CheckConstraint(
                name="meeting_state_is_known",
                condition=Q(state__in=["planned", "held", "cancelled", "inquorate"]),
            ),
            models.CheckConstraint(
                name="meeting_not_held_says_why",
                condition=Q(state__in=["planned", "held"], reason="")
                | Q(state__in=["cancelled", "inquorate"]) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="notice_is_given_before_the_meeting",
                condition=Q(notice_given_on=None) | Q(notice_given_on__lt=F("held_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body.name_on(self.held_on)}, {long_date(self.held_on)}"

    def get_absolute_url(self) -> str:
        """The meeting's page."""
        return reverse("committees:meeting", args=[self.pk])

    @property
    def body_then(self) -> str:
        """What the body was called on the day of the meeting."""
        return self.body.name_on(self.held_on)

    @property
    def takes_papers(self) -> bool:
        """Can a paper be made for it?"""
        return self.state != self.State.CANCELLED

    @property
    def cancellation(self) -> str:
        """That it is cancelled and why, as whole sentences; "" where it is not."""
        if self.takes_papers:
            return ""
        said = self.reason.strip()
        return f"The meeting is cancelled: {said if said.endswith(('.', '!', '?')) else f'{said}.'}"

    @property
    def why_undecided(self) -> str:
        """Why it cannot have resolved or asked for anything, as a sentence; "" where it can."""
        day = f"The meeting of {long_date(self.held_on)}"
        if self.state == self.State.CANCELLED:
            return f"{day} was cancelled, so it decided nothing and asked for nothing"
        if self.state == self.State.INQUORATE:
            return f"{day} had no quorum, so it decided nothing and asked for nothing"
        return f"{day} is still to come: record what it decides afterwards" if self.held_on > today() else ""

    @property
    def has_decided(self) -> bool:
        """Is it recorded that it resolved or asked for something?"""
        return self.resolutions.exists() or self.requests.exists()

    def roll(self) -> list[Attendance]:
        """The members, then those invited: everybody on its list and, not saved yet, who else has a seat on
        its day."""
        listed = list(self.attendances.select_related("post"))
        known = {(each.post_id, each.portfolio) for each in listed}
        held = self.body.seats.in_force(self.held_on).select_related("post").order_by("pk")
        seats = {(each.post_id, each.portfolio): each for each in held if not each.is_vacant}
        missing = [
            Attendance(meeting=self, post=seat.post, portfolio=seat.portfolio)
            for place, seat in seats.items()
            if place not in known
        ]
        return sorted([*listed, *missing], key=lambda each: each.is_invited)


class Attendance(Recorded, PostOrPortfolio):
    """Somebody expected at a meeting, as a member or invited, and whether they came."""

    class Came(models.TextChoices):
        """Whether they came; nothing until it is said."""

        EXPECTED = "expected", "Not said yet"
        ATTENDED = "attended", "Attended"
        APOLOGIES = "apologies", "Sent apologies"
        ABSENT = "absent", "Did not come"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    is_invited = models.BooleanField("invited, not a member", default=False)
    came = models.CharField("did they come?", max_length=9, choices=Came, default=Came.EXPECTED)

    history = History()

    class Meta:
        ordering = ["is_invited", "pk"]
        constraints = [
            *PostOrPortfolio.Meta.constraints,
            models.UniqueConstraint(
                name="attendance_is_said_once", fields=["meeting", "post", "portfolio"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="attendance_is_known",
                condition=Q(came__in=["expected", "attended", "apologies", "absent"]),
            ),
        ]

    def __str__(self) -> str:
        return self.whose

    @property
    def place(self) -> str:
        """Tells it apart from the others of its meeting, also before it is saved."""
        return f"post {self.post_id}" if self.post_id else self.portfolio


class MembersQuestion(Recorded):
    """What a member asked at a meeting, and the answer with its day."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="questions")
    asked_by = models.CharField("asked by", max_length=200)
    question = models.TextField()
    answer = models.TextField(blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="question_is_asked_by_somebody", condition=~Q(asked_by="")),
            models.CheckConstraint(name="question_has_words", condition=~Q(question="")),
            models.CheckConstraint(
                name="answer_has_its_day",
                condition=Q(answer="", answered_on=None) | ~Q(answer="") & Q(answered_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.question
