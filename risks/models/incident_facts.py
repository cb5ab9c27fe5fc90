"""What was decided of an incident, who was told, and what was learnt as it went: appended, never edited.

The people who decide are named by their post as it was then called. A notice that was recorded wrongly is
put right by another that takes its place; both stay.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from risks.models.incident_lists import IncidentRecipient


class FactQuerySet(models.QuerySet[Any]):
    """Facts of incidents."""

    def before(self, instant: datetime) -> Self:
        """What had been recorded by then."""
        return self.filter(recorded_at__lt=instant)


class IncidentFact(models.Model):
    """One thing that was decided, done or learnt, by whom, in which post."""

    append_only: ClassVar[bool] = True

    incident = models.ForeignKey("risks.Incident", models.PROTECT, related_name="%(class)ss")
    recorded_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    recorded_post = models.CharField(max_length=200, help_text="the post as it was then called")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True
        ordering = ["recorded_at", "pk"]


def was_regulator() -> Any:
    """Whether the 72 hours applied to the recipient when it was recorded. The database says it, for good."""
    return models.BooleanField(db_default=False, editable=False)


class DecisionQuerySet(FactQuerySet):
    """Decisions."""

    def about_the_regulator(self) -> Self:
        """Those on whether the regulator is told."""
        return self.filter(to_regulator=True)


class IncidentDecision(IncidentFact):
    """Whether somebody is told of an incident, and why, or why not. The latest stands."""

    recipient = models.ForeignKey(IncidentRecipient, models.PROTECT, related_name="incidentdecisions")
    to_regulator = was_regulator()
    tells = models.BooleanField("is to be told")
    reason = models.TextField()
    unknown = models.CharField("decided without knowing", max_length=120, blank=True, default="")

    objects = DecisionQuerySet.as_manager()

    class Meta(IncidentFact.Meta):
        constraints = [
            models.CheckConstraint(name="incident_decision_gives_reasons", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {'to be told' if self.tells else 'not to be told'}"


class NoticeQuerySet(FactQuerySet):
    """Notices."""

    def standing(self, instant: datetime) -> Self:
        """Those known by then that no other known by then took the place of, and that did happen."""
        known = self.before(instant)
        later = IncidentNotice.objects.filter(recorded_at__lt=instant, corrects=OuterRef("pk"))
        return known.filter(~Exists(later), void=False)

    def standing_now(self) -> Self:
        """Those that can still be put right."""
        return self.filter(corrected_by=None, void=False)

    def first_told(self) -> Any:
        """The earliest notification that still stands, of whomever; None while there is none."""
        return self.standing_now().filter(kind=IncidentNotice.Kind.TOLD).order_by("at", "pk").first()

    def to_the_regulator(self) -> Self:
        """The notifications that stop the clock."""
        return self.filter(kind=IncidentNotice.Kind.TOLD, to_regulator=True)


class IncidentNotice(IncidentFact):
    """That somebody was told of an incident, or what was written to and fro afterwards."""

    class Kind(models.TextChoices):
        """Which way it went. The first notification is what the law asks for."""

        TOLD = "told", "Notified"
        SENT = "sent", "Written to afterwards"
        RECEIVED = "received", "Heard from"

    recipient = models.ForeignKey(IncidentRecipient, models.PROTECT, related_name="incidentnotices")
    to_regulator = was_regulator()
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField("when")
    words = models.TextField("what was said")
    their_reference = models.CharField(max_length=60, blank=True, default="")
    late_reason = models.TextField("why after the 72 hours", blank=True, default="")
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    void = models.BooleanField("this never happened", default=False)

    objects = NoticeQuerySet.as_manager()

    class Meta(IncidentFact.Meta):
        constraints = [
            models.CheckConstraint(name="incident_notice_says_something", condition=~Q(words="")),
            models.CheckConstraint(
                name="incident_notice_kind_is_known", condition=Q(kind__in=["told", "sent", "received"])
            ),
            models.CheckConstraint(
                name="incident_notice_void_corrects_something",
                condition=Q(void=False) | Q(corrects__isnull=False),
            ),
            models.CheckConstraint(
                name="incident_notice_is_of_the_past", condition=Q(at__lte=models.F("recorded_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.recipient}"


class IncidentNote(IncidentFact):
    """What became known, was done or was advised, as the facts arrived."""

    words = models.TextField("what is to be noted")
    as_advice = models.BooleanField("advice of the data protection officer", default=False)

    objects = FactQuerySet.as_manager()

    class Meta(IncidentFact.Meta):
        constraints = [models.CheckConstraint(name="incident_note_says_something", condition=~Q(words=""))]

    def __str__(self) -> str:
        return f"Note on {self.incident_id}"
