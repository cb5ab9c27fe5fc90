"""The plans of a paper counted together: each piece of work once, and what overlaps with what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actions.models import Action, Overlap, Status
from governance.committees.lines import Line, LineKey
from governance.committees.reckoning import Reckoning
from governance.figures.figure import Entry, Figure, get_figure
from governance.figures.moment import Moment, Scope

if TYPE_CHECKING:
    from governance.committees.models import Paper

FEWEST = 2
ADDED_UP, ONCE, REPEATED, OVERLAPPING = "total", "counted_once", "repeated", "overlapping"


@dataclass
class Union:
    """Several plans at a moment, with their overlaps in words."""

    moment: Moment
    plans: Sequence[str]
    lines: dict[LineKey, Line]
    overlaps: Sequence[dict[str, str]]

    @property
    def name(self) -> str:
        """Its place in the content of the paper."""
        return "union"

    @property
    def scope(self) -> Scope:
        """All the plans of the paper."""
        return Scope(plans=tuple(self.plans))

    def printed(self, positions: Mapping[LineKey, int], paper: int) -> dict[str, Any]:
        """Added up, counted more than once, and each piece of work once, by status."""

        def row(label: str, name: str) -> dict[str, Any]:
            keys = [(name, status, "") for status in (*Status.values, "")]
            cells = [
                {"value": self.lines[key].value, "paper": paper, "position": positions[key]} for key in keys
            ]
            return {"label": label, "cells": cells}

        named = ("The plans added up", ADDED_UP), ("Counted more than once", REPEATED)
        return {
            "columns": [*Status.labels, "All"],
            "rows": [row(*each) for each in named],
            "once": row("Together, each piece of work once", ONCE),
            "overlapping": row("Actions that overlap with another plan", OVERLAPPING)["cells"][-1],
            "overlaps": list(self.overlaps),
        }


def reckon_union(paper: Paper, moment: Moment, reckonings: Sequence[Reckoning]) -> list[Union]:
    """One, where the paper is to print it and reports on several plans."""
    if not paper.tells_union or len(reckonings) < FEWEST:
        return []
    plans = [each.plan.code for each in reckonings]
    scope = Scope(plans=tuple(plans))
    lines: dict[LineKey, Line] = {}
    for name in (ADDED_UP, REPEATED, ONCE, OVERLAPPING):
        lines |= _lines(name, get_figure(f"actions.{name}"), moment, scope)
    return [Union(moment, plans, lines, list(_overlaps(moment, plans)))]


def _lines(name: str, figure: Figure[Any], moment: Moment, scope: Scope) -> dict[LineKey, Line]:
    """The figure, and its part of each status."""
    rows = figure.rows(moment, scope)
    entries = figure.entries_of(rows)
    status = dict(rows.order_by().values_list(figure.shape.subject, "status"))
    whole = Line(figure, figure.title, figure.definition, len(entries), entries)
    by_status: dict[LineKey, Line] = {
        (name, each.value, ""): _part(
            figure, each, [one for one in entries if status[one.subject] == each.value]
        )
        for each in Status
    }
    return {(name, "", ""): whole, **by_status}


def _part(figure: Figure[Any], status: Status, entries: list[Entry]) -> Line:
    title, definition = f"{figure.title}: {status.label.lower()}", f"{figure.definition} With this status."
    kept = {"status": status.value}
    return Line(figure, title, definition, len(entries), entries, kept, part=status.label)


def _overlaps(moment: Moment, plans: Sequence[str]) -> Iterator[dict[str, str]]:
    """What was said of actions of two of the plans, by the moment, as the first is to the other."""
    ours = Action.objects.filter(plan__code__in=plans).values("pk")
    found = Overlap.objects.standing(moment).filter(action__in=ours, other__in=ours)
    for each in found.select_related("action", "other").order_by("action__reference", "other__reference"):
        yield {
            "reference": each.action.reference,
            "action": each.action.title,
            "kind": each.get_kind_display().lower(),
            "other_reference": each.other.reference,
            "other": each.other.title,
            "reason": each.reason,
        }
