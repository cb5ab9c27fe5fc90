"""The sections in which an asset is shown and changed (domain.md 1.3)."""

from __future__ import annotations

from typing import NamedTuple


class Section(NamedTuple):
    """A part of an entry that is read and changed at once. `fields` stand in the order of its page."""

    key: str
    title: str
    about: str
    fields: tuple[str, ...]


SECTIONS = (
    Section(
        "identity",
        "Identity",
        "What the information is, and what it is kept for",
        ("title", "description", "purpose", "form", "function", "system", "is_key", "potential"),
    ),
    Section(
        "ownership",
        "Ownership",
        "Which post answers for it, and who works with it",
        ("owner", "unit", "custodian", "users", "external_holders"),
    ),
    Section(
        "content",
        "Content",
        "About whom and about what it is",
        (
            "contains_personal_data",
            "special_category",
            "criminal_offence",
            "vulnerable_people",
            "data_subjects",
            "volume",
            "commercially_sensitive",
            "environmental",
        ),
    ),
    Section(
        "protection",
        "Protection",
        "How it is marked, what its loss would mean, where it is kept",
        (
            "marking",
            "confidentiality",
            "confidentiality_reason",
            "integrity",
            "integrity_reason",
            "availability",
            "availability_reason",
            "access_rule",
            "longest_outage_hours",
        ),
    ),
    Section(
        "retention",
        "Retention",
        "How long it is kept, and from when",
        ("retention_rule", "retention_from", "retention_note"),
    ),
    Section("sharing", "Sharing", "Who else is given it", ("recipients",)),
    Section(
        "openness",
        "Openness",
        "Whether the public may have it, and why not where it may not",
        ("publish", "publish_reason", "exemption", "licence", "dataset_address", "stars"),
    ),
)
BY_KEY = {section.key: section for section in SECTIONS}


def section_after(key: str) -> Section | None:
    """The next section; None after the last."""
    place = SECTIONS.index(BY_KEY[key]) + 1
    return SECTIONS[place] if place < len(SECTIONS) else None
