"""What many risks say now of the field that is to be changed."""

from __future__ import annotations

from collections.abc import Iterable

from assets.representations.bulk import Now
from governance.core.components import Column
from risks.models import Risk
from risks.representations.merging import name_of, said


def columns(name: str) -> list[Column]:
    """The headings: which risk, and the field as it is now."""
    return [Column("Reference"), Column("Title"), Column(f"{name_of(name)} now")]


def as_they_are(risks: Iterable[Risk], name: str) -> list[Now]:
    """What each risk says of it, in words."""
    return [Now(risk, [said(risk, name)]) for risk in risks]
