"""What moved on a plan, or on all plans of a paper, since the paper before: from open then to open now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.http import urlencode

from actions.models import Action, ActionPlan, ProgressUpdate, Status
from actions.models.movement import Moved, Movement, between
from governance.committees.lines import Line, LineKey
from governance.committees.reckoning import Reckoning
from governance.committees.sentences import Shown, moved_together
from governance.committees.tables import cell
from governance.core.dates import long_date
from governance.figures.figure import Entry, get_figure
from governance.figures.moment import Moment, Scope

if TYPE_CHECKING:
    from governance.committees.models import Paper, PublishedFigure

FIGURE = "actions.remaining"
START, END = "open at the start", "open at the end"
TOGETHER = "The plans together, each piece of work once"
ONCE = "Of actions that are the same, the least far along counts for all."
ABSENT, IN_ERROR = "not on the plan", "entered in error"
# Each part of the sum: what it does to it, and what it counts.
PARTS = {
    START: ("", "Neither completed nor withdrawn at the end of {since}."),
    "added": ("+", "Not on the plan at the end of {since}, and on it now."),
    "reopened": ("+", "Completed or withdrawn at the end of {since}, and neither now."),
    "completed": ("−", "Open at the end of {since} or added since, and completed now."),
    "withdrawn": ("−", "Open at the end of {since} or added since, and withdrawn now."),
    END: ("", "Neither completed nor withdrawn now."),
}
KNOWN = "All of it as known when the paper was frozen, so that what was restated of the start is no movement."


@dataclass
class Balance:
    """The sum of one plan, or of several together (they have no code), between two moments."""

    code: str
    title: str
    scope: Scope
    moment: Moment
    movement: Movement
    lines: dict[LineKey, Line]

    @property
    def name(self) -> str:
        """Its place in the content of the paper."""
        return "balances"

    def printed(self, positions: Mapping[LineKey, int], paper: int) -> dict[str, Any]:
        """Each part with its number and the references of its actions; then what does not add up."""
        moved = self.movement
        shown = {
            part: Shown(self.lines[part, "", ""].value, paper, positions[part, "", ""]) for part in PARTS
        }
        moves = {part: each for part, each in shown.items() if part not in (START, END)}
        rows = []
        for part, (sign, _) in PARTS.items():
            entries = (self.lines[part, "", ""].entries or ()) if part in moves else ()
            named = [entry.reference for entry in entries]
            rows.append(
                {"label": part.capitalize(), "sign": sign, "cells": [cell(shown[part])], "references": named}
            )
        since = long_date(moved.opening.as_at)
        return {
            "code": self.code,
            "title": self.title,
            "since": since,
            **({} if self.code else {"sentence": moved_together(since, shown[START], moves, shown[END])}),
            "rows": rows,
            "missing": 0 if moved.adds_up else moved.open_at_end - moved.added_up,
            "told": moved.open_as_told,
            **({"joined": moved.joined} if moved.joined else {}),
            "restated": [_restated(row) for row in moved.restated],
        }


def _restated(row: Moved) -> dict[str, str]:
    """An action whose standing at the start is known otherwise since, in words."""
    told, known = (status.label.lower() if status else ABSENT for status in (row.before, row.after))
    return {"reference": row.reference, "told": told, "known": IN_ERROR if row.in_error else known}


def reckon_balances(paper: Paper, moment: Moment, reckonings: Sequence[Reckoning]) -> list[Balance]:
    """One for each plan that an earlier paper told of; none where the paper is not to print them.

    Where its plans are told together, one more of all of them with each piece of work counted once, since
    the earliest of those papers.
    """
    if not paper.tells_movement:
        return []
    since = {
        each.plan: each.previous.paper.as_at
        for each in reckonings
        if each.previous and each.previous.paper.as_at
    }
    found = [_reckon(plan.code, plan.title, [plan], day, moment) for plan, day in since.items()]
    if since and paper.tells_union and len(reckonings) > 1:
        found.append(_reckon("", TOGETHER, [each.plan for each in reckonings], min(since.values()), moment))
    return found


def _reckon(code: str, title: str, plans: Sequence[ActionPlan], since: date, moment: Moment) -> Balance:
    scope = Scope(plans=tuple(plan.code for plan in plans))
    once = not code
    moved, entries = _entries(since, moment, scope, once=once)
    # No page counts each piece of work once: that of what moved adds plans up.
    live = "" if once else _live(scope, since, moment)
    lines: dict[LineKey, Line] = {
        (part, "", ""): _line(part, since, found, live, once=once)
        for part, found in zip(PARTS, entries.values(), strict=True)
    }
    return Balance(code, title, scope, moment, _with_errors(moved), lines)


def _with_errors(moved: Movement) -> Movement:
    """The same, with what was restated because it is known by now to have been entered in error as that."""
    restated = [row.action for row in moved.restated]
    wrong = set(Action.objects.in_error(moved.closing).filter(pk__in=restated).values_list("pk", flat=True))
    told = tuple(replace(row, in_error=row.action in wrong) for row in moved.restated)
    return replace(moved, restated=told)


def _line(part: str, since: date, entries: list[Entry], live: str, *, once: bool) -> Line:
    figure = get_figure(FIGURE)
    counts = PARTS[part][1].format(since=long_date(since)) + (f" {ONCE}" if once else "")
    title = f"{figure.title}: {part}, between {long_date(since)} and this paper"
    kept: dict[str, int | str | None] = {
        "since": since.isoformat(),
        "part": part,
        **({"once": True} if once else {}),
    }
    return Line(figure, title, f"{counts} {KNOWN}", len(entries), entries, kept, row=part, live=live)


def _live(scope: Scope, since: date, moment: Moment) -> str:
    """The page that tells the same of today, for a draft."""
    asked: dict[str, Any] = {
        "plans": scope.plans,
        **_parts("since", since),
        **_parts("as_at", moment.as_at),
    }
    return f"{reverse('actions:movement')}?{urlencode(asked, doseq=True)}"


def _parts(name: str, day: date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def asked_again(figure: PublishedFigure, moment: Moment) -> list[Entry]:
    """The entries of one part of the sum as the registers give them at a moment."""
    since = date.fromisoformat(figure.dimension["since"])
    once = bool(figure.dimension.get("once"))
    return parts_between(since, moment, figure.counted, once=once)[figure.dimension["part"]]


def parts_between(since: date, moment: Moment, scope: Scope, *, once: bool) -> dict[str, list[Entry]]:
    """The entries of every part of the sum from the end of a day to a moment."""
    return _entries(since, moment, scope, once=once)[1]


def _entries(
    since: date, moment: Moment, scope: Scope, *, once: bool
) -> tuple[Movement, dict[str, list[Entry]]]:
    """The movement, and behind each part of the sum its actions with the updates that show it."""
    moved = between(since, moment, scope, once=once)
    before, after = (_evidence(each, scope) for each in (moved.opening, moved.closing))
    parts = {
        START: [row for row in moved.rows if row.was_open],
        "added": moved.of("added"),
        "reopened": moved.of("reopened"),
        "completed": moved.of(Status.COMPLETED),
        "withdrawn": moved.of(Status.WITHDRAWN),
        END: [row for row in moved.rows if row.is_open],
    }
    kind = get_figure(FIGURE).shape.evidence_kind

    def entry(part: str, row: Moved) -> Entry:
        action, shown = (row.first, before) if part == START else (row.action, after)
        reference, update = shown[action]
        return Entry(action, reference, kind, update)

    return moved, {
        part: sorted((entry(part, row) for row in rows), key=lambda each: each.reference)
        for part, rows in parts.items()
    }


def _evidence(moment: Moment, scope: Scope) -> dict[int, tuple[str, int]]:
    """By action, its reference and the update that stands."""
    standing = ProgressUpdate.objects.within(scope).standing(moment)
    rows = standing.values_list("action_id", "action__reference", "pk")
    return {action: (reference, update) for action, reference, update in rows}
