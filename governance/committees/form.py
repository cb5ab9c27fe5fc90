"""Forms of reports and kinds of paper as they are shipped: plain data, read from shipped/."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from governance.committees.models.template import numbers

if TYPE_CHECKING:
    from governance.committees.models import Paper, PaperTemplate

SHIPPED = Path(__file__).parent / "shipped"
# Under this heading a paper that is made from no form lists its own appendices.
LIST_OF_APPENDICES = "List of appendices included"
# Where a form says this on a line, the text of the kind of paper stands.
OF_THE_KIND = "{{of the kind}}"
COUNCILS_FORM = "coventry"
# What a heading asks of who writes under it, as the models name it.
ASKED = ("help", "mandatory", "clearance", "lists")


@dataclass(frozen=True)
class Heading:
    """A section of a form, or one that comes with a kind of paper."""

    heading: str
    level: int = 1
    help: str = ""
    text: str = ""
    mandatory: bool = False
    clearance: str = ""
    lists: str = ""


@dataclass(frozen=True)
class Form:
    """Everything a form of report says."""

    code: str
    name: str
    source: str
    sections: Sequence[Heading]


@dataclass(frozen=True)
class Beginning:
    """What a paper of a kind begins with; `tells` are the names of its parts, as in `Paper.tells_risks`.

    One that stands `alone` needs no plan: its figures, if it has any, are put into its sentences.
    """

    text: str = ""
    alone: bool = False
    tells: Sequence[str] = ()
    sections: Sequence[Heading] = field(default=())


@cache
def shipped_forms() -> dict[str, Form]:
    """The forms that come with the product, by their codes."""
    return {path.stem: _form(path) for path in sorted((SHIPPED / "forms").glob("*.toml"))}


@cache
def beginnings() -> dict[str, Beginning]:
    """By kind of paper, what it begins with."""
    read = tomllib.loads((SHIPPED / "kinds.toml").read_text())
    return {kind: Beginning(**(each | {"sections": _headings(each)})) for kind, each in read.items()}


def stands_alone(paper: Paper) -> bool:
    """Needs it no plan: by its kind, or because it corrects an issued paper?"""
    return beginnings()[paper.kind].alone or paper.corrects_id is not None


def _form(path: Path) -> Form:
    read = tomllib.loads(path.read_text())
    return Form(path.stem, read["name"], read["source"], _headings(read))


def _headings(read: dict[str, Any]) -> tuple[Heading, ...]:
    return tuple(Heading(**each) for each in read.get("sections", ()))


def sections_of(template: PaperTemplate | None, kind: str) -> list[dict[str, Any]]:
    """The words of every section that a paper begins with, by the names of their fields."""
    form: Sequence[Any] = shipped_forms()[COUNCILS_FORM].sections
    if template:
        form = list(template.sections.all())
    beginning = beginnings()[kind]
    every = [*form, *beginning.sections]
    return [
        {"number": number, "text": each.text.replace(OF_THE_KIND, beginning.text)}
        | {name: getattr(each, name) for name in ("heading", *ASKED)}
        for number, each in zip(numbers(each.level for each in every), every, strict=True)
    ]
