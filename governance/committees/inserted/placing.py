"""Where inserted figures stand: in a sentence, as a table or chart by a dimension, as a list of records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.text import capfirst

from governance.committees import markdown
from governance.committees.inserted.asked import ALONE, ASKED, Asked
from governance.committees.inserted.parts import in_words
from governance.committees.inserted.reckoned import MOST_RECORDS, Inserted, Told
from governance.committees.lines import LineKey
from governance.core.dates import long_date
from governance.figures.figure import Column

Positions = Mapping[LineKey, int]


@dataclass(frozen=True)
class Places:
    """The inserted figures of a paper with their places in its ledger."""

    paper: int = 0
    groups: Sequence[tuple[Inserted, Positions]] = field(default=())

    def blocks(self, text: str) -> list[dict[str, Any]]:
        """A text as blocks, each figure in its place; what cannot be inserted stays as it was typed."""
        made: list[dict[str, Any]] = []
        lines: list[str] = []
        for line in [*markdown.without_stand_ins(text).split("\n"), None]:
            alone = self._alone(line) if line is not None else None
            if line is None or alone:
                made += self._read("\n".join(lines))
                made += [alone] if alone else []
                lines = []
            else:
                lines.append(line)
        return made

    def _read(self, text: str) -> Iterator[dict[str, Any]]:
        parts: list[dict[str, Any]] = []

        def stand_in(found: Any) -> str:
            parts.append(self._in_sentence(found))
            return markdown.stand_in(len(parts) - 1)

        return iter(markdown.read(ASKED.sub(stand_in, text), parts))

    def _in_sentence(self, found: Any) -> dict[str, Any]:
        place = self._place(found)
        if place is None or found[1] in ALONE:
            return {"text": found[0]}
        group, positions, told = place
        return self._cell(group, positions, told.whole)

    def _alone(self, line: str) -> dict[str, Any] | None:
        """The table, chart or list that a line asks for, where it asks for nothing else."""
        found = ASKED.fullmatch(line.strip())
        if not found or found[1] not in ALONE or not (place := self._place(found)):
            return None
        _, _, told = place
        if told.asked.over:
            return self._over_time(found[0])
        return self._table(*place) if told.asked.by else self._list(*place)

    def _place(self, found: Any) -> tuple[Inserted, Positions, Told] | None:
        for group, positions in self.groups:
            if told := group.told.get(found[0]):
                return group, positions, told
        return None

    def _cell(self, group: Inserted, positions: Positions, key: LineKey) -> dict[str, Any]:
        value = group.lines[key].value
        return {"text": str(value), "value": value, "paper": self.paper, "position": positions[key]}

    def _table(self, group: Inserted, positions: Positions, told: Told) -> dict[str, Any]:
        by = told.asked.by
        rows = [
            {"label": capfirst(group.said(by, value)), "cell": self._cell(group, positions, key)}
            for value, key in told.values
        ]
        return {
            "kind": "table",
            "caption": _caption(group, told.asked),
            "by": by.replace("_", " ").capitalize(),
            "rows": rows,
            "all": {"label": "All", "cell": self._cell(group, positions, told.whole)},
            **({"drawn": True} if told.asked.verb == "chart" else {}),
            **({"more": True} if told.more else {}),
        }

    def _over_time(self, typed: str) -> dict[str, Any]:
        """The figures that are told together, a row for each of their days."""
        told = [
            (group, positions, group.told[typed]) for group, positions in self.groups if typed in group.told
        ]
        told.sort(key=lambda each: each[0].moment.as_at)
        (first, _, one), *_, (last, _, _) = told
        days = f"from {long_date(first.moment.as_at)} to {long_date(last.moment.as_at)}"
        return {
            "kind": "table",
            "caption": f"{_named(first, one.asked)}, month by month {days}",
            "by": "At the end of",
            "columns": [title for title, _ in one.values],
            "rows": [
                {
                    "label": long_date(group.moment.as_at),
                    "on": group.moment.as_at.isoformat(),
                    "cells": [self._cell(group, positions, key) for _, key in each.values],
                }
                for group, positions, each in told
            ],
            **({"drawn": True} if one.asked.verb == "chart" else {}),
        }

    def _list(self, group: Inserted, positions: Positions, told: Told) -> dict[str, Any]:
        shape = told.asked.figure.shape
        columns = [Column("Reference", shape.reference), *shape.columns]
        rows = group.rows(told.asked).order_by(shape.reference)
        found = rows.values_list(*(column.path for column in columns))[:MOST_RECORDS]
        return {
            "kind": "records",
            "caption": _caption(group, told.asked),
            "columns": [column.heading for column in columns],
            "rows": [
                [_said(column, value) for column, value in zip(columns, row, strict=True)] for row in found
            ],
            "all": {"label": "All", "cell": self._cell(group, positions, told.whole)},
            "more": group.lines[told.whole].value > MOST_RECORDS,
        }


def _caption(group: Inserted, asked: Asked) -> str:
    return f"{_named(group, asked)}, as at {long_date(group.moment.as_at)}"


def _named(group: Inserted, asked: Asked) -> str:
    """What is counted, of which part and of what, in words."""
    titles = "; ".join(figure.title for figure in asked.figures)
    of = ", ".join(group.said(*part) for part in asked.parts)
    scope = ", ".join(group.counted)
    return ", ".join(each_of for each_of in (titles, of, scope) if each_of)


def _said(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if column.kind == "status":
        return in_words("status", value)
    return long_date(value) if isinstance(value, date) else in_words("", value)
