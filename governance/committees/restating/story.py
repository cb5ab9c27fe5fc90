"""A restatement opened: which records came and went, and the facts that moved them, to who may open them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps

from governance.committees.causes import why
from governance.committees.verdicts import opened_by
from governance.figures.figure import FIGURES

if TYPE_CHECKING:
    from governance.committees.models import Restatement
    from governance.people.models import User

CAME, WENT = "is now counted", "is no longer counted"


@dataclass(frozen=True)
class Moved:
    """One record: what became of it in the figure, and by which facts: each who and when, and why."""

    subject: int
    reference: str
    became: str
    causes: Sequence[tuple[str, str]]
    address: str = ""


def moved(found: Restatement) -> list[Moved]:
    """Every record that came or went, by reference."""
    return _moved(found, facts_of(found.causes))


def open_to(found: Restatement, person: User) -> tuple[list[Moved], int]:
    """Those that this person may open, and how many others there are."""
    every = moved(found)
    may_open = opened_by(person, found.figure, [each.subject for each in every])
    shown = [each for each in every if each.subject in may_open]
    return shown, len(every) - len(shown)


Facts = Mapping[tuple[str, int], Any]


def facts_of(causes: Iterable[dict[str, Any]]) -> Facts:
    """The facts themselves, by kind and key, with who recorded them: one query for each kind."""
    asked: dict[str, set[int]] = defaultdict(set)
    for cause in causes:
        asked[cause["kind"]].add(cause["id"])
    return {
        (kind, fact.pk): fact
        for kind, keys in asked.items()
        for fact in apps.get_model(kind)._default_manager.filter(pk__in=keys).select_related("recorded_by")
    }


def _moved(found: Restatement, facts: Facts) -> list[Moved]:
    figure = FIGURES.get(found.figure.key)
    causes: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for cause in found.causes:
        causes[cause["subject"]].append(why(facts[cause["kind"], cause["id"]]))
    rows = [(CAME, each) for each in found.came] + [(WENT, each) for each in found.went]
    return [
        Moved(
            each["subject"],
            each["reference"],
            became,
            causes[each["subject"]],
            figure.shape.address(each["reference"]) if figure else "",
        )
        for became, each in sorted(rows, key=lambda row: str(row[1]["reference"]))
    ]
