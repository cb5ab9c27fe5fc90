"""How far each service is with confirming its assets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.figures.attestation import FIGURES, Confirmations, tally
from governance.core.components import Column
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile, tiles
from governance.people.models import OrganisationalUnit

UNIT_COLUMNS = (
    Column("Service"),
    Column("Assets", numeric=True),
    Column("Confirmed", numeric=True),
    Column("To be confirmed", numeric=True),
    Column("Overdue", numeric=True),
    Column("Never confirmed", numeric=True),
)


@dataclass(frozen=True)
class UnitRow:
    """One unit: its figures, each with the way to its rows."""

    name: str
    code: str
    tally: Confirmations
    cells: Sequence[Tile]


def cells(found: Confirmations, moment: Moment, scope: Scope) -> list[Tile]:
    """The figures of one part of the council, each with the way to its rows."""
    return tiles({FIGURES[name].key: value for name, value in found._asdict().items()}, moment, scope)


def whole(parts: Mapping[Any, Confirmations]) -> Confirmations:
    """The sum of all parts."""
    found = Confirmations()
    for part in parts.values():
        found = found.plus(part)
    return found


def progress(moment: Moment) -> dict[str, Any]:
    """The figures of the council and of each unit that holds anything: three queries."""
    parts = tally(moment, Scope())
    names = dict(OrganisationalUnit.objects.filter(code__in=parts).values_list("code", "name"))
    rows = [
        UnitRow(names.get(code, code), code, part, cells(part, moment, Scope(units=(code,))))
        for code, part in parts.items()
    ]
    return {
        "moment": moment,
        "one_clock": True,
        "tiles": cells(whole(parts), moment, Scope()),
        "rows": sorted(rows, key=lambda row: row.name),
        "columns": UNIT_COLUMNS,
    }
