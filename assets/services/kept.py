"""What use assets make of the lists."""

from __future__ import annotations

from typing import Any, NamedTuple

from assets.figures.register import total
from assets.representations.kept import Kind, address
from governance.figures.moment import Moment, Scope


class Use(NamedTuple):
    """How many assets of the register chose an entry, and where they can be opened."""

    number: int
    href: str


class Line(NamedTuple):
    """An entry in its list."""

    entry: Any
    href: str
    use: Use | None


def lines(kind: Kind, entries: Any) -> list[Line]:
    """Entries with the use made of each: one query for all."""
    moment = Moment.now()
    counted = total.by(moment, Scope(), kind.key) if kind.key in total.shape.dimensions else None
    return [
        Line(each, address(kind, each), None if counted is None else _use(kind, each, counted, moment))
        for each in entries
    ]


def _use(kind: Kind, entry: Any, counted: dict[Any, int], moment: Moment) -> Use:
    code = entry.code
    return Use(counted.get(code, 0), total.address(moment, Scope(), **{kind.key: code}))
