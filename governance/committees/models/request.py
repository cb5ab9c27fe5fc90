"""What a body asked to be told, by when, and how it ended. Whether it is late is computed, never typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5, Lower
from django.urls import reverse

from governance.committees.models.body import Body
from governance.committees.models.meeting import Meeting
from governance.committees.models.paper import Paper
from governance.committees.models.readers import reads_issued
from governance.committees.models.resolution import Resolution
from governance.core.dates import long_date
from governance.history.models import History, Recorded

if TYPE_CHECKING:
    from governance.people.models import User


class Matter(Recorded):
    """What one or more requests of a body are about: a report asked for twice is still owed once."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="matters")
    title = models.CharField("what it is about", max_length=200)

    history = History()

    class Meta:
        ordering = ["body", "title"]
        constraints = [
            models.CheckConstraint(name="matter_has_a_title", condition=~Q(title="")),
            models.UniqueConstraint("body", Lower("title"), name="matter_is_named_once"),
        ]

    def __str__(self) -> str:
        return self.title


class AskedQuerySet(models.QuerySet["Request"]):
    """Requests, as a reader may see them and by the day."""

    def visible_to(self, person: User) -> Self:
        """All for those who read what is issued: what was asked is in the minutes."""
        return self.all() if reads_issued(person) else self.none()

    def asked_by(self, day: date) -> Self:
        """Those of meetings up to that day, the earliest first."""
        return self.filter(meeting__held_on__lte=day).order_by("meeting__held_on", "pk")


class Request(Recorded):
    """Something that a body, or its members, asked to be told.

    One that a resolution made belongs to the meeting of that resolution, and its matter to the body
    (sql/requests.sql). One without a resolution is what members asked for.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="requests")
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, null=True, blank=True, related_name="requests", editable=False
    )
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="requests")
    text = models.TextField("what was asked for")

    objects = AskedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["meeting__held_on", "pk"]
        constraints = [
            models.CheckConstraint(name="request_has_words", condition=~Q(text="")),
            models.UniqueConstraint("meeting", MD5("text"), name="request_is_recorded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.matter.title}, asked on {long_date(self.meeting.held_on)}"

    @property
    def reference(self) -> str:
        """What it is called on pages."""
        return f"Request of {long_date(self.meeting.held_on)}"

    def get_absolute_url(self) -> str:
        """The page of the request."""
        return reverse("committees:request", args=[self.pk])


class RequestDue(Recorded):
    """By when a request is to be met: a meeting, a day, or something that has to be known first.

    The first is what was asked. Each later one takes the place of the one before, and says who decided so
    and why: a request can be put off, and that it was stays to be read.
    """

    request = models.ForeignKey(Request, models.PROTECT, related_name="dues")
    due_meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="due at the meeting"
    )
    due_on = models.DateField("due on", null=True, blank=True)
    awaits = models.CharField("due when this is known", max_length=300, blank=True, default="")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", editable=False
    )
    decided_on = models.DateField("decided on")
    decided_by = models.CharField("decided by", max_length=200, blank=True, default="")
    reason = models.TextField(blank=True, default="")

    history = History()

    class Meta:
        ordering = ["request", "pk"]
        constraints = [
            models.CheckConstraint(
                name="request_is_due_in_one_way",
                condition=Q(due_meeting__isnull=False, due_on=None, awaits="")
                | Q(due_meeting=None, due_on__isnull=False, awaits="")
                | Q(due_meeting=None, due_on=None) & ~Q(awaits=""),
            ),
            models.CheckConstraint(
                name="putting_off_says_who_and_why",
                condition=Q(supersedes=None, decided_by="", reason="")
                | Q(supersedes__isnull=False) & ~Q(decided_by="") & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="request_is_due_after_it_is_decided",
                condition=Q(due_on=None) | Q(due_on__gte=F("decided_on")),
            ),
            models.UniqueConstraint(
                name="request_is_first_due_once", fields=["request"], condition=Q(supersedes=None)
            ),
        ]

    def __str__(self) -> str:
        return f"due {self.in_words}"

    @property
    def day(self) -> date | None:
        """The day by which it is due; None while that hangs on something else."""
        return self.due_meeting.held_on if self.due_meeting else self.due_on

    @property
    def in_words(self) -> str:
        """At the meeting of 26 September 2016; by 1 March 2017; when the outcome is known."""
        if self.due_meeting:
            return f"at the meeting of {long_date(self.due_meeting.held_on)}"
        return f"by {long_date(self.due_on)}" if self.due_on else f"when this is known: {self.awaits}"


class RequestEnd(Recorded):
    """How a request ended that no paper answers: it lapsed, or was carried into a later one."""

    class Kind(models.TextChoices):
        """Which of the two."""

        LAPSED = "lapsed", "Lapsed: nobody needs it any more"
        CARRIED = "carried", "Carried into a later request"

    request = models.OneToOneField(Request, models.PROTECT, related_name="end")
    kind = models.CharField("how it ended", max_length=7, choices=Kind)
    into = models.ForeignKey(
        Request,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_here",
        verbose_name="carried into",
    )
    ended_on = models.DateField("on")
    decided_by = models.CharField("decided by", max_length=200)
    reason = models.TextField()

    history = History()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="request_is_carried_into_another",
                condition=Q(kind="lapsed", into=None)
                | Q(kind="carried", into__isnull=False) & ~Q(into=F("request")),
            ),
            models.CheckConstraint(
                name="end_of_a_request_says_who_and_why", condition=~Q(decided_by="") & ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.get_kind_display().lower()}"


class RequestAnswer(Recorded):
    """That a paper answers a request: from the day of its meeting on, if it is issued."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="answers")
    request = models.ForeignKey(Request, models.PROTECT, related_name="answers")

    history = History()

    class Meta:
        ordering = ["paper__meeting__held_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="paper_answers_a_request_once", fields=["paper", "request"])
        ]

    def __str__(self) -> str:
        return f"{self.paper} answers {self.request}"


class PaperReason(Recorded):
    """Why a request that was due is not answered in time, as a paper prints it.

    It is a part of the paper: once that is issued the database refuses change (sql/requests.sql).
    """

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="reasons")
    request = models.ForeignKey(Request, models.PROTECT, related_name="reasons")
    reason = models.TextField()

    history = History()

    class Meta:
        ordering = ["paper", "request"]
        constraints = [
            models.CheckConstraint(name="paper_gives_its_reason", condition=~Q(reason="")),
            models.UniqueConstraint(name="paper_gives_one_reason_for_each", fields=["paper", "request"]),
        ]

    def __str__(self) -> str:
        return f"{self.paper}: why {self.request} is late"
