"""The log of information incidents, reported or not (UK GDPR, Article 33(5); domain.md 7.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.urls import reverse

from assets.models import System
from governance.history.models import History, Recorded
from governance.people.models import OrganisationalUnit, Post
from risks.models.incident_lists import IncidentCategory, IncidentLikelihood, IncidentSeverity
from risks.models.incident_querysets import IncidentQuerySet, IncidentVersionQuerySet
from risks.models.incident_rules import INCIDENT_CONSTRAINTS


def _choice(model: type[models.Model], name: str | None = None) -> Any:
    """A field that chooses from a list, or is empty."""
    return models.ForeignKey(
        model, models.PROTECT, related_name="incidents", null=True, blank=True, verbose_name=name
    )


def _text(name: str | None = None) -> Any:
    """A text that may still be missing."""
    return models.TextField(name, blank=True, default="")


def _question(name: str) -> Any:
    """A question that is answered by yes or no, and by neither until somebody has answered it."""
    return models.BooleanField(name, null=True, blank=True)


class Incident(Recorded):
    """Something that happened to information, or nearly did. What is missing is said as it becomes known."""

    class State(models.TextChoices):
        """Where it is in its life. Nothing is deleted."""

        REPORTED = "reported", "Reported"
        OPEN = "open", "Being handled"
        CLOSED = "closed", "Closed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    # The first report
    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=300)
    what_happened = models.TextField("what happened")
    state = models.CharField(max_length=9, choices=State, default=State.REPORTED)
    unit = models.ForeignKey(
        OrganisationalUnit, models.PROTECT, related_name="incidents", verbose_name="service"
    )
    owner = models.ForeignKey(
        Post, models.PROTECT, related_name="incidents", null=True, blank=True, verbose_name="handled by"
    )
    is_restricted = models.BooleanField("restricted to those who have to know", default=True)
    reported_by = models.ForeignKey("people.User", models.PROTECT, related_name="+", editable=False)
    reported_post = models.CharField("reported by the post", max_length=200, editable=False)
    reported_at = models.DateTimeField("reported", editable=False)
    # Times
    occurred_at = models.DateTimeField("when it happened", null=True, blank=True)
    discovered_at = models.DateTimeField("when it was noticed")
    aware_at = models.DateTimeField("when the council was aware")
    # What kind it is
    confidentiality = _question("confidentiality: somebody saw or got it")
    integrity = _question("integrity: it was changed or made wrong")
    availability = _question("availability: it was lost or out of reach")
    category = _choice(IncidentCategory)
    near_miss = _question("a near miss: nothing came of it")
    system = _choice(System)
    # Whose data
    contains_personal_data = _question("personal data are concerned")
    data_kinds = _text("what kinds of data")
    special_category = _question("special category data")
    vulnerable_people = _question("children or vulnerable people")
    records = models.PositiveIntegerField("how many records", null=True, blank=True)
    people = models.PositiveIntegerField("how many people", null=True, blank=True)
    impact = _text("what it means for these people")
    # How bad it is
    severity = _choice(IncidentSeverity)
    severity_reason = _text("why that severity")
    likelihood = _choice(IncidentLikelihood, "likelihood of harm")
    likelihood_reason = _text("why that likelihood")
    # What was done, and what was learnt
    containment = _text("what has been done about it")
    recovery = _text("how it was put right")
    cause = _text("cause")
    lessons = _text("what was learnt")
    regulator_reference = models.CharField("reference of the ICO", max_length=60, blank=True, default="")
    regulator_outcome = _text("what the ICO decided")
    closed_at = models.DateTimeField("closed", null=True, blank=True, editable=False)

    objects = IncidentQuerySet.as_manager()
    history = History(historical_queryset=IncidentVersionQuerySet)

    class Meta:
        ordering = ["reference"]
        constraints = INCIDENT_CONSTRAINTS

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The incident's page."""
        return reverse("risks:incident", args=[self.reference])


State = Incident.State
# The one table of steps. What is closed is opened again when something new is known.
STEPS: Mapping[str, Sequence[State]] = {
    State.REPORTED: (State.OPEN, State.WITHDRAWN),
    State.OPEN: (State.CLOSED, State.WITHDRAWN),
    State.CLOSED: (State.OPEN,),
    State.WITHDRAWN: (State.OPEN,),
}
MEANINGS: Mapping[str, str] = {
    State.REPORTED: "Nobody has taken it up yet",
    State.OPEN: "Somebody deals with it",
    State.CLOSED: "It is dealt with, rated and learnt from",
    State.WITHDRAWN: "Entered in error; it stays readable and does not count",
}
