"""The lists by which incidents are told apart. Like every list they are the council's own, kept on pages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from assets.models import ListEntry
from governance.history.models import History

# Whoever keeps lists, administrators with them, neither starts nor stops a clock of the law by one.
STEERING = "risks.steer_clocks"
PROMPTING = "Open incidents are rated so: close them, or enter another level for those to come"
REGULATING = (
    "Incidents name this recipient already: whether the 72 hours apply stays as it is. Where it has only "
    "another name now, change the name"
)


def changed_of(entry: ListEntry, *names: str) -> list[str]:
    """The fields of these that are no longer as they are kept; none of a new entry."""
    kept = type(entry)._default_manager.filter(pk=entry.pk).values(*names).first() if entry.pk else None
    return [name for name in names if kept and kept[name] != getattr(entry, name)]


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
    guarded = dict.fromkeys(("prompts_regulator", "prompts_people"), STEERING)

    history = History()

    class Meta(ListEntry.Meta):
        ordering = ["number"]
        verbose_name_plural = "incident severities"

    def clean(self) -> None:
        """Raises ValidationError where open incidents are rated so, and it would prompt otherwise."""
        changed = changed_of(self, *self.guarded)
        if changed and self.incidents.filter(state__in=["reported", "open"]).exists():
            raise ValidationError(dict.fromkeys(changed, PROMPTING))


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
    guarded = {"is_regulator": STEERING}

    history = History()

    class Meta(ListEntry.Meta):
        constraints = [
            *ListEntry.Meta.constraints,
            models.UniqueConstraint(
                name="incident_has_one_regulator", fields=["is_regulator"], condition=Q(is_regulator=True)
            ),
        ]

    def clean(self) -> None:
        """Raises ValidationError where incidents name it, and the 72 hours would apply otherwise."""
        if changed_of(self, "is_regulator") and self.is_named():
            raise ValidationError({"is_regulator": REGULATING})

    def is_named(self) -> bool:
        """Was anything decided or written about it?"""
        facts: Any = (self.incidentdecisions, self.incidentnotices)
        return any(each.exists() for each in facts)
