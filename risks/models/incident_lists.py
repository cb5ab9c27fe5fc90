"""The lists by which incidents are told apart. Like every list they are the council's own, kept on pages."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from assets.models import ListEntry
from governance.history.models import History


class IncidentCategory(ListEntry):
    """What kind of mishap an incident was, such as an e-mail to the wrong person."""

    history = History()

    class Meta(ListEntry.Meta):
        verbose_name_plural = "incident categories"


class IncidentSeverity(ListEntry):
    """How bad an incident is under the council's scheme, and what the scheme then prompts people to think of.

    No scheme is the law's: the one shipped has the levels of a Welsh council (domain.md 7.1).
    """

    number = models.PositiveSmallIntegerField(unique=True)
    prompts_regulator = models.BooleanField(
        "the scheme has it reported", default=False, help_text="people are reminded; they decide"
    )
    prompts_people = models.BooleanField(
        "the scheme has people told", default=False, help_text="people are reminded; they decide"
    )
    history = History()

    class Meta(ListEntry.Meta):
        ordering = ["number"]
        verbose_name_plural = "incident severities"


class IncidentLikelihood(ListEntry):
    """How likely it is that people come to harm from an incident."""

    number = models.PositiveSmallIntegerField(unique=True)
    history = History()

    class Meta(ListEntry.Meta):
        ordering = ["number"]
        verbose_name_plural = "incident likelihoods"


class IncidentRecipient(ListEntry):
    """Who may have to be told of an incident: the regulator, the people concerned, police, insurers."""

    is_regulator = models.BooleanField(
        "the 72 hours apply", default=False, help_text="the regulator that the law has told within 72 hours"
    )
    history = History()

    class Meta(ListEntry.Meta):
        constraints = [
            *ListEntry.Meta.constraints,
            models.UniqueConstraint(
                name="incident_has_one_regulator", fields=["is_regulator"], condition=Q(is_regulator=True)
            ),
        ]
