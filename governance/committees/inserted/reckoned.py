"""Figures asked for in texts, evaluated: lines of the ledger like any other, each of its own day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from actions.models import ActionPlan, Status
from governance.committees.inserted.asked import Asked, InsertionError, found_in, refuse_moment
from governance.committees.lines import Line, LineKey
from governance.figures.moment import Moment, Scope
from governance.people.models import OrganisationalUnit

if TYPE_CHECKING:
    from governance.committees.models import Paper

WHOLE = ""
MOST_VALUES = 40  # rows of a table
MOST_RECORDS = 300  # rows of a list
Parts = tuple[tuple[str, Any], ...]


@dataclass
class Inserted:
    """The figures asked for with the same scope and the same day."""

    moment: Moment
    scope: Scope
    lines: dict[LineKey, Line] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its place in the content of the paper."""
        return "inserted"

    def printed(self, positions: Mapping[LineKey, int], paper: int) -> dict[str, Any]:
        """Nothing of its own: the texts print it."""
        return {"code": ", ".join(self.counted()), "as_at": self.moment.as_at.isoformat()}

    def counted(self) -> list[str]:
        """What is counted, by the titles of plans and the names of units."""
        plans = ActionPlan.objects.filter(code__in=self.scope.plans).values_list("title", flat=True)
        return [*plans, *(in_words("unit", code) for code in self.scope.units)]

    def line(self, asked: Asked, parts: Parts) -> LineKey:
        """The key of the line of one part of a figure, reckoned if it is not yet."""
        key = (asked.key, "&".join(f"{name}={value}" for name, value in parts) or WHOLE, "")
        if key not in self.lines:
            self.lines[key] = self._reckon(asked, parts)
        return key

    def _reckon(self, asked: Asked, parts: Parts) -> Line:
        figure = asked.figure
        paths = {figure.shape.dimensions[name]: value for name, value in parts}
        entries = figure.entries_of(figure.rows(self.moment, self.scope).filter(**paths))
        said = ", ".join(in_words(name, value) for name, value in parts)
        return Line(
            figure,
            f"{figure.title}: {said}" if said else figure.title,
            f"{figure.definition} Of these: {said}." if said else figure.definition,
            len(entries),
            entries,
            dict(parts),
            row=f"{asked.key} {key_of(parts)}".strip(),
            inserted=True,
        )

    def values(self, asked: Asked) -> list[Any]:
        """The values of the dimension that a table is broken down by, in their order; the first so many."""
        figure = asked.figure
        paths = {figure.shape.dimensions[name]: value for name, value in asked.parts}
        rows: Any = figure.rows(self.moment, self.scope).filter(**paths).order_by()
        path = figure.shape.dimensions[asked.by]
        found = set(rows.values_list(path, flat=True).distinct()[: MOST_VALUES + 1])
        return sorted(found, key=lambda value: (value is None, order_of(value)))[:MOST_VALUES]


def reckon_inserted(paper: Paper, moment: Moment) -> list[Inserted]:
    """Everything asked for in the texts of a paper, grouped by scope and day; what cannot be is left out."""
    groups: dict[tuple[date, Scope], Inserted] = {}
    for _, each in found_in(paper.sections.values_list("text", flat=True)):
        if isinstance(each, InsertionError) or not _is_of(each, moment):
            continue
        at = Moment(each.as_at or moment.as_at, moment.known_before)
        group = groups.setdefault((at.as_at, each.scope), Inserted(at, each.scope))
        for parts in asked_parts(group, each):
            group.line(each, parts)
    return list(groups.values())


def asked_parts(group: Inserted, each: Asked) -> Iterator[Parts]:
    """The parts of a figure that something asked for needs: the whole, or each value of a dimension too."""
    yield each.parts
    if each.verb == "table":
        yield from ((*each.parts, (each.by, value)) for value in group.values(each))


def _is_of(each: Asked, moment: Moment) -> bool:
    try:
        refuse_moment(each, moment.as_at)
    except InsertionError:
        return False
    return True


def key_of(parts: Parts) -> str:
    """Parts as they stand in the printed ledger."""
    return " ".join(f"{name}={value}" for name, value in parts)


def in_words(name: str, value: Any) -> str:
    """A value of a dimension for people: the word of a status, the name of a unit, yes or no."""
    if value is None:
        return "none"
    if name == "status" and value in Status.values:
        return str(Status(value).label)
    if name == "unit":
        unit = OrganisationalUnit.objects.filter(code=value).first()
        return unit.name if unit else str(value)
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def order_of(value: Any) -> tuple[int, str]:
    """Statuses in their own order, all else by its words."""
    known = list(Status.values)
    return (known.index(value), "") if value in known else (len(known), str(value))
