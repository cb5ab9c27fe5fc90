"""Figures asked for in texts, evaluated: lines of the ledger like any other, each of its own day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from actions.models import ActionPlan
from governance.committees.inserted.asked import Asked, found_in
from governance.committees.inserted.days import InsertionError
from governance.committees.inserted.over_time import entries_over
from governance.committees.inserted.parts import Parts, in_words, key_of, order_of
from governance.committees.lines import Line, LineKey
from governance.figures.figure import Entry, Figure
from governance.figures.moment import Moment, Scope
from governance.people.models import OrganisationalUnit

if TYPE_CHECKING:
    from governance.committees.models import Paper

WHOLE = ""
MOST_VALUES = 40  # rows of a table, or of the one beneath a chart
MOST_RECORDS = 10_000  # rows of a list; those of a long one stand in the annex
LONGEST_TITLE = 300  # characters that the ledger keeps


@dataclass(frozen=True)
class Told:
    """What was asked for with its lines: that of the whole, and one for each value that is printed of it.

    There may be `more` values than it prints. Over time it has the figures told together at one of its days.
    """

    asked: Asked
    whole: LineKey
    values: Sequence[tuple[Any, LineKey]] = ()
    more: bool = False


@dataclass
class Inserted:
    """The figures asked for with the same scope and the same day, and what is told by the words typed."""

    moment: Moment
    scope: Scope
    lines: dict[LineKey, Line] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its place in the content of the paper."""
        return "inserted"

    def printed(self, positions: Mapping[LineKey, int], paper: int) -> dict[str, Any]:
        """Nothing of its own: the texts print it."""
        over = {"over": self._whose} if any(told.asked.over for told in self.told.values()) else {}
        return {"code": ", ".join(self.counted), "as_at": self.moment.as_at.isoformat(), **over}

    @property
    def _whose(self) -> str:
        """Its scope by codes, of which each is one plan's or unit's alone; titles may be those of several."""
        plans, units = (
            (f"plan={code}" for code in self.scope.plans),
            (f"unit={code}" for code in self.scope.units),
        )
        return " ".join([*plans, *units]) or "the whole council"

    @cached_property
    def counted(self) -> list[str]:
        """What is counted, by the titles of plans and the names of units."""
        plans = ActionPlan.objects.filter(code__in=self.scope.plans).values_list("title", flat=True)
        return [*plans, *(self.said("unit", code) for code in self.scope.units)]

    @cached_property
    def _units(self) -> dict[str, str]:
        return dict(OrganisationalUnit.objects.values_list("code", "name"))

    def said(self, name: str, value: Any) -> str:
        """A value of a dimension for people, units by their names."""
        return self._units.get(value, in_words(name, value)) if name == "unit" else in_words(name, value)

    def reckon(self, typed: str, asked: Asked) -> None:
        """Reckon what is asked for by those words: the whole, and each value of its dimension."""
        figure = asked.figure
        whole = self._line(figure, asked.parts, figure.entries_of(self.rows(asked)))
        by_value = self._by_value(asked) if asked.by else {}
        printed = sorted(by_value, key=order_of)[:MOST_VALUES]
        lines = [
            (value, self._line(figure, (*asked.parts, (asked.by, value)), by_value[value]))
            for value in printed
        ]
        self.told[typed] = Told(asked, whole, lines, len(by_value) > len(printed))

    def tell(self, typed: str, asked: Asked, found: Sequence[list[Entry]]) -> None:
        """Tell of this one of its days what is asked for over time: the entries of each of its figures."""
        keys = [
            (figure.title, self._line(figure, asked.parts, entries))
            for figure, entries in zip(asked.figures, found, strict=True)
        ]
        self.told[typed] = Told(asked, keys[0][1], keys)

    def rows(self, asked: Asked) -> Any:
        """The rows of the part that is asked for."""
        return asked.rows(asked.figure, self.moment)

    def _by_value(self, asked: Asked) -> dict[Any, list[Entry]]:
        """The entries under each value of the dimension that is asked for, in one query."""
        shape = asked.figure.shape
        paths = (shape.subject, shape.reference, shape.evidence, shape.dimensions[asked.by])
        found: dict[Any, list[Entry]] = defaultdict(list)
        rows = self.rows(asked).order_by(shape.reference).values_list(*paths)
        for subject, reference, evidence, value in rows:
            found[value].append(Entry(subject, reference, shape.evidence_kind, evidence))
        return found

    def _line(self, figure: Figure[Any], parts: Parts, entries: list[Entry]) -> LineKey:
        """The key of the line of one part of a figure; the line is made if it is not there yet."""
        key = (figure.key, "&".join(f"{name}={value}" for name, value in parts) or WHOLE, "")
        if key not in self.lines:
            said = ", ".join(self.said(name, value) for name, value in parts)
            self.lines[key] = Line(
                figure,
                shorten(f"{figure.title}: {said}", LONGEST_TITLE, placeholder=" …") if said else figure.title,
                f"{figure.definition} Of these: {said}." if said else figure.definition,
                len(entries),
                entries,
                dict(parts),
                row=f"{figure.key} {key_of(parts)}".strip(),
                inserted=True,
            )
        return key


def reckon_inserted(paper: Paper, moment: Moment) -> list[Inserted]:
    """Everything asked for in the texts of a paper, grouped by scope and day; what cannot be is left out."""
    groups: dict[tuple[date, Scope], Inserted] = {}
    for typed, each in found_in(paper.sections.values_list("text", flat=True), moment):
        if isinstance(each, InsertionError):
            continue
        days = each.over or [each.as_at]
        at = [Moment(day, moment.known_before) for day in days]
        placed = [groups.setdefault((one.as_at, each.scope), Inserted(one, each.scope)) for one in at]
        if typed in placed[0].told:
            continue
        if each.over:
            for group, found in zip(placed, entries_over(each, at), strict=True):
                group.tell(typed, each, found)
        else:
            placed[0].reckon(typed, each)
    return list(groups.values())
