"""The statutory descriptions of exempt information: plain data, from shipped/ or the council's own file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

CONFIDENTIAL = (
    "Not for publication: it contains confidential information within the meaning of section 100A(3) of the "
    "Local Government Act 1972"
)


@dataclass(frozen=True)
class Schedule:
    """Where the descriptions stand, and each by the number of its paragraph."""

    source: str
    paragraphs: Mapping[str, str]

    def choices(self) -> list[tuple[str, str]]:
        """Paragraphs with their descriptions, as a form offers them."""
        return [(number, f"{number}: {words}") for number, words in self.paragraphs.items()]


def schedule() -> Schedule:
    """The schedule in force here."""
    return _read(str(settings.SCHEDULE_12A))


@cache
def _read(path: str) -> Schedule:
    found = tomllib.loads(Path(path).read_text())
    return Schedule(found["source"], dict(found["paragraphs"]))


def not_for_publication(paragraph: str, description: str) -> str:
    """What stands in place of exempt information, which the Act asks to be described (section 100B(5))."""
    law = f"paragraph {paragraph} of {schedule().source}"
    return f"Not for publication: it contains exempt information, {law} — {description}"
