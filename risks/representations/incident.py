"""How incidents are shown: in the log, and section by section."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from governance.core.components import Column
from governance.core.dates import long_moment
from governance.people.registers.pages import COMMON
from risks.models import Incident

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
