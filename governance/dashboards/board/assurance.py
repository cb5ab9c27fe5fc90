"""What owners have confirmed, part by part of the council, and what the register says nothing about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assets.figures import attestation, coverage, ownerless
from assets.figures.register import not_assessed, not_rated
from governance.core.components import Column
from governance.dashboards.board.units import Tree, parts_of
from governance.figures.figure import Figure
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile, tiles

CONFIRMATION_COLUMNS = [
    Column("Part of the council"),
    *(Column(heading, numeric=True) for heading in ("Assets", "Confirmed", "To be confirmed", "Overdue")),
]
SHOWN: dict[str, Figure[Any]] = {
    name: attestation.FIGURES[name] for name in ("total", "attested", "due", "overdue")
}
COVERAGE: tuple[Figure[Any], ...] = (coverage.units_without, ownerless, not_assessed, not_rated)


@dataclass(frozen=True)
class Confirmed:
    """One part of the council: its name, its figures, and how many assets in a hundred are confirmed."""

    name: str
    figures: Sequence[Tile]
    share: int | None


@dataclass(frozen=True)
class Confirmation:
    """The whole of what is shown, and each part of it that holds any asset."""

    whole: Confirmed
    parts: Sequence[Confirmed]


def confirmation(moment: Moment, scope: Scope, tree: Tree, chosen: str) -> Confirmation:
    """The figures of confirmation, and the same for each part directly below; one query."""
    by_unit = attestation.tally(moment, scope)

    def of(name: str, codes: Iterable[str], within: Scope) -> Confirmed:
        found = attestation.Confirmations()
        for code in codes:
            found = found.plus(by_unit.get(code, attestation.Confirmations()))
        values = {figure.key: getattr(found, name) for name, figure in SHOWN.items()}
        return Confirmed(name, tiles(values, moment, within), found.share)

    parts = [of(name, codes, tree.scope(codes, moment)) for name, codes in parts_of(tree, chosen)]
    whole = of("Together", list(by_unit), scope)
    return Confirmation(whole, [part for part in parts if part.figures[0].value])
