"""Where inserted figures stand: in a sentence, as a table by a dimension, as a list of records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from governance.committees import markdown
from governance.committees.inserted.asked import ALONE, ASKED, Asked, InsertionError, asked
from governance.committees.inserted.reckoned import (
    MOST_RECORDS,
    Inserted,
    Parts,
    asked_parts,
    in_words,
)
from governance.committees.lines import LineKey
from governance.core.dates import long_date
from governance.figures.figure import Column


@dataclass(frozen=True)
class Places:
    """The inserted figures of a paper with their places in its ledger."""

    paper: int = 0
    as_at: date | None = None
    groups: Sequence[tuple[Inserted, Mapping[LineKey, int]]] = field(default=())

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
        group, positions, each = place
        return self._cell(group, positions, group.line(each, each.parts))

    def _alone(self, line: str) -> dict[str, Any] | None:
        """The table or list that a line asks for, where it asks for nothing else."""
        found = ASKED.fullmatch(line.strip())
        if not found or found[1] not in ALONE or not (place := self._place(found)):
            return None
        group, positions, each = place
        say = self._table if each.verb == "table" else self._list
        return say(group, positions, each)

    def _place(self, found: Any) -> tuple[Inserted, Mapping[LineKey, int], Asked] | None:
        try:
            each = asked(found[1], found[2])
        except InsertionError:
            return None
        for group, positions in self.groups:
            if (group.moment.as_at, group.scope) == (each.as_at or self.as_at, each.scope):
                return group, positions, each
        return None

    def _cell(self, group: Inserted, positions: Mapping[LineKey, int], key: LineKey) -> dict[str, Any]:
        value = group.lines[key].value
        return {"text": str(value), "value": value, "paper": self.paper, "position": positions[key]}

    def _table(self, group: Inserted, positions: Mapping[LineKey, int], each: Asked) -> dict[str, Any]:
        def row(parts: Parts, label: str) -> dict[str, Any]:
            return {"label": label, "cell": self._cell(group, positions, group.line(each, parts))}

        whole, *every = asked_parts(group, each)
        rows = [row(parts, in_words(*parts[-1]).capitalize()) for parts in every]
        heading = each.by.replace("_", " ").capitalize()
        caption = self._caption(group, each)
        return {"kind": "table", "caption": caption, "by": heading, "rows": rows, "all": row(whole, "All")}

    def _list(self, group: Inserted, positions: Mapping[LineKey, int], each: Asked) -> dict[str, Any]:
        key = group.line(each, each.parts)
        shape = each.figure.shape
        paths = {shape.dimensions[name]: value for name, value in each.parts}
        rows: Any = each.figure.rows(group.moment, group.scope).filter(**paths).order_by(shape.reference)
        columns = [Column("Reference", shape.reference), *shape.columns]
        found = rows.values_list(*(column.path for column in columns))[:MOST_RECORDS]
        return {
            "kind": "records",
            "caption": self._caption(group, each),
            "columns": [column.heading for column in columns],
            "rows": [
                [_said(column, value) for column, value in zip(columns, row, strict=True)] for row in found
            ],
            "all": {"label": "All", "cell": self._cell(group, positions, key)},
            "more": group.lines[key].value > MOST_RECORDS,
        }

    def _caption(self, group: Inserted, each: Asked) -> str:
        of = ", ".join(in_words(*part) for part in each.parts)
        scope = ", ".join(group.counted())
        named = ", ".join(each_of for each_of in (each.figure.title, of, scope) if each_of)
        return f"{named}, as at {long_date(group.moment.as_at)}"


def _said(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if column.kind == "status":
        return in_words("status", value)
    return long_date(value) if isinstance(value, date) else in_words("", value)
