"""Information risks in a paper: the figures of the whole council, with what moved since the paper before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.committees.lines import Line, LineKey
from governance.committees.models import Paper, PublishedFigure
from governance.committees.reckoning import Previous, moved
from governance.core.dates import long_date
from governance.figures.moment import Moment, Scope
from risks.figures.cells import FIGURES

ROOM = "risks."


@dataclass
class RiskReckoning:
    """The figures of the dashboard at a moment, by their names there."""

    moment: Moment
    previous: Previous | None
    lines: dict[LineKey, Line]

    @property
    def name(self) -> str:
        """Its place in the content of the paper."""
        return "risks"

    @property
    def scope(self) -> Scope:
        """The whole council."""
        return Scope()

    def printed(self, positions: Mapping[LineKey, int], paper: int) -> dict[str, Any]:
        """What is printed of them."""
        return printed(self, positions, paper)


def reckon_risks(paper: Paper, moment: Moment) -> list[RiskReckoning]:
    """The figures that a paper tells of risks: one reckoning, or none where it tells nothing of them."""
    if not paper.tells_risks:
        return []
    previous = find_previous(paper, moment.as_at)
    lines: dict[LineKey, Line] = {}
    for name, figure in FIGURES.items():
        entries = figure.entries(moment, Scope())
        lines[name, "", ""] = Line(figure, figure.title, figure.definition, len(entries), entries)
        for side, line in moved(figure, previous, entries) if previous else ():
            lines[name, "", side] = line
    return [RiskReckoning(moment, previous, lines)]


def find_previous(paper: Paper, as_at: date) -> Previous | None:
    """The last paper issued to the same body that told of risks, with figures of an earlier day."""
    told = PublishedFigure.objects.of_risks().filter(paper__meeting__body=paper.meeting.body_id)
    last = told.filter(as_at__lt=as_at).order_by("-as_at", "-paper__meeting__held_on").first()
    if last is None:
        return None
    before = Paper.objects.select_related("meeting").get(pk=last.paper_id)
    figures = {each.key: each for each in told.filter(paper=before).select_related("paper__meeting")}
    held = before.meeting.held_on
    return Previous(before, figures, long_date(held if held <= as_at else last.as_at))


def printed(reckoning: RiskReckoning, positions: Mapping[LineKey, int], paper: int) -> dict[str, Any]:
    """What is printed of them: each figure then, what came in, what went out, and now."""

    def cell(*key: str) -> dict[str, int]:
        name, side = key
        place = name, "", side
        return {"value": reckoning.lines[place].value, "paper": paper, "position": positions[place]}

    rows: list[dict[str, Any]] = []
    for name, figure in FIGURES.items():
        cells: list[dict[str, int] | None] = [cell(name, "")]
        if before := _told_before(reckoning, figure.key):
            cells = [before, cell(name, "entered"), cell(name, "left"), *cells]
        elif reckoning.previous:
            cells = [None, None, None, *cells]
        rows.append({"label": figure.title, "cells": cells})
    previous = reckoning.previous
    return {"movement": {"since": previous.since, "net": False} if previous else None, "rows": rows}


def _told_before(reckoning: RiskReckoning, key: str) -> dict[str, int] | None:
    """The figure of the paper before; None where it told nothing of this one."""
    earlier = reckoning.previous.figures.get(key) if reckoning.previous else None
    if earlier is None:
        return None
    return {"value": earlier.value, "paper": earlier.paper_id, "position": earlier.position}
