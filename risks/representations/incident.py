"""How incidents are shown: the clock in words, what the scheme prompts, and everything that was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone

from governance.core.components import Column, TimelineEntry
from governance.core.dates import long_moment
from governance.people.registers.pages import COMMON
from governance.people.registers.versions import instant_of
from risks.models import OPEN_CLOCKS, Clock, Incident, IncidentDecision, IncidentNotice
from risks.models.incident_clock import deadline, left_in_words, span

if TYPE_CHECKING:
    from governance.figures.moment import Moment

COLUMNS = (
    *COMMON[:2],
    Column("Service", "unit_name"),
    Column("Type"),
    Column("Severity", "severity_number"),
    Column("Aware", "aware_at"),
    Column("State", "state"),
    Column("Clock", "clock"),
)
TYPES = {"confidentiality": "Confidentiality", "integrity": "Integrity", "availability": "Availability"}


class Section(NamedTuple):
    """A part of an incident that is read and changed at once."""

    key: str
    title: str
    fields: tuple[str, ...]


SECTIONS = (
    Section("what", "What happened", ("title", "what_happened", "unit", "category", "near_miss", "system")),
    Section("times", "When", ("occurred_at", "discovered_at", "aware_at")),
    Section("type", "Type of breach", ("confidentiality", "integrity", "availability")),
    Section(
        "people",
        "Whose data",
        (
            "contains_personal_data", "data_kinds", "special_category", "vulnerable_people", "records",
            "people", "impact",
        ),
    ),
    Section(
        "severity", "How bad it is", ("severity", "severity_reason", "likelihood", "likelihood_reason")
    ),
    Section("response", "What was done and learnt", ("containment", "recovery", "cause", "lessons")),
    Section("regulator", "The ICO's side", ("regulator_reference", "regulator_outcome")),
    Section("access", "Who has to know", ("is_restricted",)),
)  # fmt: skip
BY_KEY = {section.key: section for section in SECTIONS}
NAMES = {"category": "category_name", "severity": "severity_name", "unit": "unit_name"}


class Fact(NamedTuple):
    """One line of a card; "" where nothing is said."""

    label: str
    value: str


class Card(NamedTuple):
    """A section as it read at a moment."""

    section: Section
    facts: list[Fact]


def cards(version: Any) -> list[Card]:
    """Every section of a version read by `at`."""
    return [Card(section, [_fact(name, version) for name in section.fields]) for section in SECTIONS]


def _fact(name: str, version: Any) -> Fact:
    field: Any = Incident._meta.get_field(name)
    words = str(field.verbose_name)
    return Fact(words[:1].upper() + words[1:], _said(getattr(version, NAMES.get(name, name))))


def _said(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return long_moment(value) if isinstance(value, datetime) else str(value)


def types_of(version: Any) -> str:
    """Of which types it is, in words: "Confidentiality and availability"; "" while nobody has said."""
    named = [words for name, words in TYPES.items() if getattr(version, name)]
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named).capitalize()


def clock_words(version: Any, now: datetime | None = None) -> str:
    """How it stands to the 72 hours, in words for a list: what is left, or how long they have been over."""
    if version.clock in OPEN_CLOCKS:
        return left_in_words(version.aware_at, now or timezone.now())
    return f"after {span(version.taken)}" if version.told_at else ""


@dataclass(frozen=True)
class Standing:
    """A version of an incident with what its page says of the clock."""

    version: Any
    moment: Moment

    @property
    def now(self) -> datetime:
        """When the page is looked at; of a past day, its end."""
        return min(timezone.now(), instant_of(self.moment))

    @property
    def deadline(self) -> str:
        """When the 72 hours end, in words."""
        return long_moment(deadline(self.version.aware_at))

    @property
    def words(self) -> str:
        """What is left of them, or what became of the report."""
        return clock_words(self.version, self.now)

    @property
    def is_open(self) -> bool:
        """Is anybody still to decide, or to tell?"""
        return self.version.clock in OPEN_CLOCKS

    def prompts(self) -> Iterator[str]:
        """What to think of. The product reckons and reminds; people decide."""
        version = self.version
        severity = version.severity if version.severity_id else None
        if self.is_open and version.to_tell:
            yield "It is decided that the ICO is told: tell it, and record when."
        if self.is_open and version.to_tell is None and severity and severity.prompts_regulator:
            yield f"“{severity}”: under the council's scheme such an incident is reported to the ICO."
        if severity and severity.prompts_people:
            yield f"“{severity}”: under the council's scheme the people concerned are told as well."
        if self.is_open and (version.special_category or version.vulnerable_people):
            yield "Special category data, or children or vulnerable people: think of a high risk to them."
        if version.clock == Clock.OVERDUE:
            yield "The 72 hours are over. If it is reported now, the reasons for the delay go with it."
        if version.contains_personal_data is None:
            yield "Nobody has said whether personal data are concerned. Until then the clock runs."


def record_of(incident: Incident, moment: Moment) -> list[TimelineEntry]:
    """Decisions, notices and notes up to a moment, the latest first."""
    instant = instant_of(moment)
    found = [
        *map(_decision, incident.incidentdecisions.before(instant).select_related("recipient")),
        *map(_notice, incident.incidentnotices.before(instant).select_related("recipient", "corrected_by")),
        *map(_note, incident.incidentnotes.before(instant)),
    ]
    return sorted(found, key=lambda entry: entry.when, reverse=True)


def _decision(each: IncidentDecision) -> TimelineEntry:
    title = f"Decided: {each.recipient} {'to be told' if each.tells else 'not to be told'}"
    return TimelineEntry(title, each.recorded_at, post=each.recorded_post, reason=each.reason)


def _notice(each: IncidentNotice) -> TimelineEntry:
    title = f"{each.get_kind_display()}: {each.recipient}, on {long_moment(each.at)}"
    words = [each.words, each.their_reference and f"Their reference: {each.their_reference}"]
    words.append(each.late_reason and f"Why after the 72 hours: {each.late_reason}")
    if each.corrects_id:
        title = f"Put right: {title}"
    if each.void:
        title = f"Never happened: {title}"
    return TimelineEntry(
        title, each.recorded_at, post=each.recorded_post, reason="\n".join(filter(None, words))
    )


def _note(each: Any) -> TimelineEntry:
    title = "Advice of the data protection officer" if each.as_advice else "Note"
    return TimelineEntry(title, each.recorded_at, post=each.recorded_post, reason=each.words)
