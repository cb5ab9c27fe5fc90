"""Incidents broken down, each number with the way to its rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from governance.core.components import standing
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile, tiles
from governance.people.models import OrganisationalUnit
from risks.figures import incident as figures
from risks.models import IncidentCategory, IncidentSeverity

NOT_SAID = "Not said"
TYPES = (
    figures.of_confidentiality,
    figures.of_integrity,
    figures.of_availability,
    figures.type_not_recorded,
)
# What else is asked of each, with what nobody has answered counted apart.
SAID = (
    figures.special,
    figures.special_not_recorded,
    figures.near_misses,
    figures.near_miss_not_recorded,
)


class Row(NamedTuple):
    """A value of a dimension in words, how many incidents have it, and where they can be opened."""

    words: str
    number: int
    href: str


class Table(NamedTuple):
    """Incidents by one dimension."""

    title: str
    rows: list[Row]


def shown(moment: Moment, scope: Scope) -> list[Tile]:
    """The figures of types and outcomes as tiles, each counted by itself."""
    parts = (*TYPES, *SAID, figures.reportable, figures.in_time, figures.late, figures.not_reported)
    return tiles({part.key: part.value(moment, scope) for part in parts}, moment, scope)


def broken_down(moment: Moment, scope: Scope) -> list[Table]:
    """Incidents by month, category, severity, service and clock, a query and the names for each."""
    return [
        _table("By month", "month", moment, scope, str),
        _table("By category", "category", moment, scope, _names(IncidentCategory)),
        _table("By severity", "severity", moment, scope, _names(IncidentSeverity)),
        _table("By service", "unit", moment, scope, _names(OrganisationalUnit)),
        _table("By clock", "clock", moment, scope, lambda code: standing(code).word),
    ]


def _table(title: str, dimension: str, moment: Moment, scope: Scope, words: Callable[[Any], str]) -> Table:
    counted = figures.total.by(moment, scope, dimension)
    return Table(
        title,
        [
            Row(words(value), number, figures.total.address(moment, scope, **{dimension: str(value)}))
            if value is not None
            else Row(NOT_SAID, number, "")
            for value, number in sorted(counted.items(), key=lambda pair: str(pair[0] or "~"))
        ],
    )


def _names(model: Any) -> Callable[[Any], str]:
    """What says the name of a code."""
    known = dict(model._default_manager.values_list("code", "name"))
    return lambda code: str(known.get(code, code))
