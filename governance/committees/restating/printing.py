"""A note of restated figures as a paper prints it: sentences whose numbers stand in the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from actions.models import ActionPlan
from governance.committees.causes import ANEW
from governance.committees.kinds import RISKS, kind_of
from governance.committees.restating.story import told_of
from governance.committees.restating.waiting import counts_waiting
from governance.committees.sentences import Part, Sentence, words
from governance.core.dates import long_date

if TYPE_CHECKING:
    from governance.committees.models import PublishedFigure
    from governance.committees.restating.notes import Told

Cell = Mapping[str, int]


def printed(told: Sequence[Told], now: Sequence[Cell]) -> dict[str, Any]:
    """Where it was told, each figure then and now, which records and why, and the class with its reason.

    Figures of the whole stand in the sentence, their parts in a table below it.
    """
    rows = [(each, _then(each.figure), dict(cell)) for each, cell in zip(told, now, strict=True)]
    whole = [row for row in rows if not row[0].figure.dimension]
    parts = [row for row in rows if row[0].figure.dimension]
    first = told[0]
    said = first.classing
    return {
        "code": str(first.figure.paper_id),
        "title": _about(first.figure),
        "day": long_date(first.figure.as_at),
        "sentence": _sentence(first, whole),
        "parts": [{"label": each.figure.title, "cells": [then, later]} for each, then, later in parts],
        "records": _records(told),
        "class": str(said.get_kind_display()) if said else "",
        "reason": said.reason if said else "",
        "open": bool(first.difference) and not said,
    }


def _then(figure: PublishedFigure) -> dict[str, int]:
    return {"value": figure.value, "paper": figure.paper_id, "position": figure.position}


def _about(figure: PublishedFigure) -> str:
    """The plans that were counted; "" where it is the whole council."""
    titles = ActionPlan.objects.filter(code__in=figure.counted.plans).values_list("title", flat=True)
    return ", ".join(titles)


def _sentence(first: Told, rows: Sequence[tuple[Told, dict[str, int], dict[str, int]]]) -> Sentence:
    """The paper for the meeting of 25 July 2016 gave, as at 13 July 2016: actions in progress 50, now known
    to have been 49; actions not started 19, now known to have been 20.
    """
    figure = first.figure
    held, day = long_date(figure.paper.meeting.held_on), long_date(figure.as_at)
    gave = words(f"The paper for the meeting of {held} gave, as at {day}: ")
    if not rows:
        return [
            words(f"The paper for the meeting of {held} gave parts of its figures, as at {day}, as below.")
        ]
    said = [part for row in rows for part in (*_one(*row), words("; "))]
    return [gave, *said[:-1], words(".")]


def _one(told: Told, then: dict[str, int], now: dict[str, int]) -> Sentence:
    title = told.figure.title[:1].lower() + told.figure.title[1:]
    start: Sentence = [words(f"{title} "), _part(then)]
    if not told.difference:
        again = told.before.restatement.now if told.before else 0
        middle = f", restated to this body as {again}, and known now to have been "
        return [*start, words(middle), _part(now), words(" after all")]
    others = " of other records" if then["value"] == now["value"] else ""
    return [*start, words(", now known to have been "), _part(now), words(others)]


def _part(cell: dict[str, int]) -> Part:
    return {"text": str(cell["value"]), "paper": cell["paper"], "position": cell["position"]}


def _records(told: Sequence[Told]) -> list[str]:
    """Each record that came or went, by reference, with who reported it and why; risks are not named."""
    if kind_of(told[0].figure) is RISKS:
        return []
    names = {
        record.subject: record.reference
        for each in told
        for record in (*each.difference.came, *each.difference.went)
    }
    # They rest on the same facts; what waits on others is told by a figure that counts waiting.
    waiting = (each.figure for each in told if counts_waiting(each.figure))
    told_by = told_of(names, next(waiting, told[0].figure), told[0].causes)
    own = {cause["subject"] for cause in told[0].causes}
    return [
        f"{reference}: {'; '.join(_because(*fact, own=subject in own) for fact in told_by[subject]) or ANEW}"
        for subject, reference in sorted(names.items(), key=lambda pair: pair[1])
    ]


def _because(who: str, reason: str, *, own: bool) -> str:
    """The reason is that of the record itself. Of another, which may be withheld, the reference alone: when
    it was corrected, by whom and why stands where that is told."""
    if not own:
        return who.partition(", ")[0]
    return f"{who}, because “{reason}”" if reason else who
