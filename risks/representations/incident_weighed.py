"""What a decision not to tell anybody rests on, as far as it is recorded: to judge it is left to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import get_text_list

if TYPE_CHECKING:
    from risks.models import Incident

KINDS = ("confidentiality", "integrity", "availability")
NOT_RECORDED = "not recorded"


def weighed(incident: Incident) -> list[tuple[str, str]]:
    """Type, severity and likelihood of harm, each in words."""
    answers = [getattr(incident, name) for name in KINDS]
    named = ", ".join(name for name, answer in zip(KINDS, answers, strict=True) if answer)
    unsaid = NOT_RECORDED if None in answers else "none of the three"
    return [
        ("Type", named or unsaid),
        ("Severity", str(incident.severity or NOT_RECORDED)),
        ("Likelihood of harm", str(incident.likelihood or NOT_RECORDED)),
    ]


def not_weighed(incident: Incident) -> list[str]:
    """Which of them are not recorded; none where no personal data are concerned, or nothing came of it."""
    if incident.contains_personal_data is False or incident.near_miss:
        return []
    return [name for name, said in weighed(incident) if said == NOT_RECORDED]


def missing_of(incident: Incident) -> str:
    """The same as words in a sentence; empty where nothing is missing."""
    return get_text_list([name.lower() for name in not_weighed(incident)], "and")
