"""The registers that leave as files: what their pages show, and who may open them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from assets.filters.register import AssetFilter
from assets.models import Asset
from assets.representations import register as assets_shown
from assets.representations.sheet import SHEET as ASSETS
from governance.core.components import Column
from governance.figures.moment import Moment
from governance.people.registers.filters import RegisterFilter
from governance.people.registers.sheet import Sheet, SheetColumn
from risks import representations as risks_shown
from risks.filters import RiskFilter
from risks.models import Risk
from risks.representations.sheet import SHEET as RISKS


@dataclass(frozen=True)
class Register:
    """A register as its page lists it: the versions of a moment, filters, columns, permission to enter."""

    sheet: Sheet
    title: str
    page: str
    permission: str
    versions: Callable[[Moment], Any]
    filters: type[RegisterFilter]
    columns: Sequence[Column]

    def shown(self, columns: Sequence[Column]) -> list[SheetColumn]:
        """The columns of the file that say what columns of the page say."""
        by_name = {name: column for column in self.sheet.columns for name in names_on_a_page(column)}
        return [by_name[column.sort] for column in columns if column.sort in by_name]


def names_on_a_page(column: SheetColumn) -> tuple[str, ...]:
    """What pages sort by for it: a related entry is known there by its name, title or reference."""
    return column.name, column.attname, *(f"{column.name}_{word}" for word in ("name", "title", "reference"))


REGISTERS = {
    "assets": Register(
        sheet=ASSETS,
        title="Information assets",
        page="assets:list",
        permission="assets.list_assets",
        versions=Asset.history.at,
        filters=AssetFilter,
        columns=assets_shown.COLUMNS,
    ),
    "risks": Register(
        sheet=RISKS,
        title="Information risks",
        page="risks:list",
        permission="risks.list_risks",
        versions=Risk.history.at,
        filters=RiskFilter,
        columns=risks_shown.COLUMNS,
    ),
}
