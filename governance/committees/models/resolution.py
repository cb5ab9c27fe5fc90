"""What a meeting resolved, in its own words, and the actions that came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5
from django.urls import reverse

from actions.models import Action, DateRevision
from governance.committees.models.meeting import Meeting
from governance.committees.models.paper import Paper
from governance.committees.models.readers import reads_issued
from governance.core.dates import long_date
from governance.history.models import History, Recorded

if TYPE_CHECKING:
    from governance.people.models import User


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    """Resolutions, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """All for those who read what is issued: what was resolved is in the minutes."""
        return self.all() if reads_issued(person) else self.none()

    def for_page(self) -> Self:
        """With its meeting and its paper, in the order of the minutes."""
        told = self.select_related("meeting__body", "paper__takedown")
        return told.order_by("meeting__held_on", "position")

    def called_in(self) -> Self:
        """Those that were called in, in the order of the minutes."""
        return self.exclude(called_in_on=None).order_by("position")


class Resolution(Recorded):
    """One thing that a meeting resolved, as the minutes have it.

    It may be about an issued paper of that meeting, and lead to actions and to requests for reports. One of
    the executive may be called in from the day of the meeting on (sql/decided.sql keeps both).
    """

    class Decision(models.TextChoices):
        """What kind of decision it is."""

        NOTE = "note", "Note"
        APPROVE = "approve", "Approve"
        ENDORSE = "endorse", "Endorse"
        REQUEST = "request", "Request"
        RECOMMEND = "recommend", "Recommend"

    class CallIn(models.TextChoices):
        """How the call-in of an executive decision ended (Local Government Act 2000, section 9F)."""

        STANDS = "stands", "The decision stands"
        CONFIRMED = "confirmed", "Decided again, and confirmed"
        CHANGED = "changed", "Decided again, and changed"
        WITHDRAWN = "withdrawn", "The call-in was withdrawn"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="resolutions")
    position = models.PositiveSmallIntegerField(editable=False)
    decision = models.CharField(max_length=9, choices=Decision)
    text = models.TextField("the resolution, word for word")
    minute_reference = models.CharField("reference in the minutes", max_length=50, blank=True, default="")
    paper = models.ForeignKey(
        Paper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resolutions",
        verbose_name="the paper it is about",
    )
    called_in_on = models.DateField("called in on", null=True, blank=True)
    call_in_outcome = models.CharField(
        "how the call-in ended", max_length=9, choices=CallIn, blank=True, default=""
    )
    call_in_ended_on = models.DateField("ended on", null=True, blank=True)

    objects = ResolutionQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["meeting", "position"]
        constraints = [
            models.CheckConstraint(name="resolution_has_words", condition=~Q(text="")),
            models.CheckConstraint(
                name="resolution_decision_is_known",
                condition=Q(decision__in=["note", "approve", "endorse", "request", "recommend"]),
            ),
            models.CheckConstraint(
                name="call_in_ends_on_a_day_with_an_outcome",
                condition=Q(call_in_outcome="", call_in_ended_on=None)
                | Q(
                    call_in_outcome__in=["stands", "confirmed", "changed", "withdrawn"],
                    call_in_ended_on__isnull=False,
                    call_in_ended_on__gte=F("called_in_on"),
                    called_in_on__isnull=False,
                ),
            ),
            models.UniqueConstraint(name="resolution_has_its_own_place", fields=["meeting", "position"]),
            models.UniqueConstraint("meeting", MD5("text"), name="resolution_is_recorded_once"),
        ]

    def __str__(self) -> str:
        number = self.minute_reference or f"number {self.position}"
        return f"Resolution {number} of {self.meeting}"

    @property
    def reference(self) -> str:
        """What it is called on pages."""
        return str(self)

    def get_absolute_url(self) -> str:
        """Its place on the page of what the meeting resolved."""
        return f"{reverse('committees:resolutions', args=[self.meeting_id])}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """What its place on that page is called."""
        return f"resolution-{self.pk}"

    @property
    def call_in(self) -> str:
        """That it was called in, when, and how that ended, as a sentence; "" where it was not."""
        if not self.called_in_on:
            return ""
        began = f"Called in on {long_date(self.called_in_on)}"
        if not self.call_in_ended_on:
            return f"{began}: it does not take effect until that has ended."
        ended = self.CallIn(self.call_in_outcome).label
        return f"{began}, ended on {long_date(self.call_in_ended_on)}: {ended[0].lower()}{ended[1:]}."

    @property
    def heading(self) -> str:
        """2. Request (minute 37/16)."""
        number = f" (minute {self.minute_reference})" if self.minute_reference else ""
        return f"{self.position}. {self.get_decision_display()}{number}"


class CameOfQuerySet(models.QuerySet[Any]):
    """What came of resolutions, as a reader may see it."""

    def shown_to(self, person: User) -> Self:
        """Those of resolutions that the person may see, with resolution and meeting, the latest first."""
        seen = self.filter(resolution__in=Resolution.objects.visible_to(person))
        ordered = seen.order_by("-resolution__meeting__held_on", "resolution__position")
        return ordered.select_related("resolution__meeting")


class ResolutionAction(Recorded):
    """That an action came of a resolution."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="action_links")
    action = models.ForeignKey(Action, models.PROTECT, related_name="resolution_links")

    objects = CameOfQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["resolution", "action"]
        constraints = [
            models.UniqueConstraint(name="action_comes_of_a_resolution_once", fields=["resolution", "action"])
        ]

    def __str__(self) -> str:
        return f"{self.action.reference} from {self.resolution}"


class ResolutionDate(Recorded):
    """That a resolution agreed a due date, which says in words who agreed to it as well.

    The database wants the day of the meeting to be the one on which the date was agreed, and by no post
    (sql/resolution_dates.sql).
    """

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="date_links")
    revision = models.OneToOneField(DateRevision, models.PROTECT, related_name="resolution_link")

    objects = CameOfQuerySet.as_manager()
    history = History()

    def __str__(self) -> str:
        return f"{self.revision} by {self.resolution}"
