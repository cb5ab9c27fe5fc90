"""A restatement opened: which records came and went, and the facts that moved them, to who may open them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps

from governance.committees.causes import why
from governance.committees.restating.waiting import counts_waiting, needed_by, needs_of, on_which
from governance.committees.verdicts import opened_by
from governance.figures.figure import FIGURES

if TYPE_CHECKING:
    from governance.committees.models import PublishedFigure, Restatement
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
    return _moved(found, found.causes)


def open_to(found: Restatement, person: User) -> tuple[list[Moved], int]:
    """Those that this person may open, and how many others there are."""
    causes = found.causes
    subjects = {each["subject"] for each in (*found.came, *found.went, *causes)}
    may_open = opened_by(person, found.figure, list(subjects))
    every = _moved(found, [each for each in causes if each["subject"] in may_open])
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


def _moved(found: Restatement, causes: Sequence[dict[str, Any]]) -> list[Moved]:
    figure = FIGURES.get(found.figure.key)
    rows = [(CAME, each) for each in found.came] + [(WENT, each) for each in found.went]
    told = told_of([each["subject"] for _, each in rows], found.figure, causes)
    return [
        Moved(
            each["subject"],
            each["reference"],
            became,
            told[each["subject"]],
            figure.shape.address(each["reference"]) if figure else "",
        )
        for became, each in sorted(rows, key=lambda row: str(row[1]["reference"]))
    ]


def told_of(
    subjects: Iterable[int], figure: PublishedFigure, causes: Sequence[dict[str, Any]]
) -> dict[int, list[tuple[str, str]]]:
    """By record the facts that moved it, each who and when, and why; where none is about it, those about the
    actions on which it waits."""
    about = said_of(causes)
    told = {subject: about.get(subject, []) for subject in subjects}
    waiting = [subject for subject in told if not told[subject] and counts_waiting(figure)]
    needs = needs_of(waiting if causes else [])
    for subject in waiting:
        told[subject] = [
            (on_which(action, who), reason)
            for action in needed_by(subject, figure, needs)
            for who, reason in about.get(action.pk, ())
        ]
    return told


def said_of(causes: Iterable[dict[str, Any]]) -> dict[int, list[tuple[str, str]]]:
    """What is said of each that facts are about: who and when, and why."""
    facts = facts_of(causes)
    about: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for cause in causes:
        about[cause["subject"]].append(why(facts[cause["kind"], cause["id"]]))
    return about
