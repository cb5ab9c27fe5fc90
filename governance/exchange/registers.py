"""The registers that leave as files: what their pages show, and who may open them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assets.models import Asset, ImpactLevel
from assets.representations.sheet import SHEET as ASSETS
from assets.views.register import REGISTER as ASSETS_LISTED
from governance.core.components import Column
from governance.figures.moment import Moment
from governance.people.registers.choosing import likings
from governance.people.registers.pages import Register
from governance.people.registers.sheet import Sheet, SheetColumn
from risks.models import Risk
from risks.representations.sheet import SHEET as RISKS
from risks.views import REGISTER as RISKS_LISTED

if TYPE_CHECKING:
    from governance.people.models import User

Words = Callable[[Any], Any]


@dataclass(frozen=True)
class Kept:
    """A register as a file: what its page lists, the versions of a moment, and the permission to enter.

    `derived` are columns of the page that no file can set, each with what makes its words.
    """

    sheet: Sheet
    title: str
    page: str
    permission: str
    versions: Callable[[Moment], Any]
    listed: Register
    derived: Mapping[str, Callable[[], Words]] = field(default_factory=dict)

    def columns(self, person: User) -> Sequence[Column]:
        """The columns of the page, as this person chose them."""
        own = likings(person, self.listed.name, self.listed.offered)[0] if self.listed.offered else []
        return [*self.listed.fixed, *(each.heading for each in own)]

    def shown(self, person: User) -> list[SheetColumn | Column]:
        """The same as columns of the sheet, where it has them, else as the page has them."""
        known = {name: column for column in self.sheet.columns for name in names_on_a_page(column)}
        found: list[SheetColumn | Column] = []
        for column in self.columns(person):
            if each := known.get(column.sort.partition("__")[0]):
                found.append(each)
            elif column.sort in self.derived:
                found.append(column)
        return found


def names_on_a_page(column: SheetColumn) -> tuple[str, ...]:
    """What pages sort by for it: a related entry is known there by its name, title or reference."""
    return column.name, column.attname, *(f"{column.name}_{word}" for word in ("name", "title", "reference"))


def levels() -> Words:
    """What gives the name of a rating."""
    return dict(ImpactLevel.objects.values_list("number", "name")).get


REGISTERS = {
    "assets": Kept(
        sheet=ASSETS,
        title="Information assets",
        page="assets:list",
        permission="assets.list_assets",
        versions=Asset.history.at,
        listed=ASSETS_LISTED,
        derived={"criticality": levels},
    ),
    "risks": Kept(
        sheet=RISKS,
        title="Information risks",
        page="risks:list",
        permission="risks.list_risks",
        versions=Risk.history.at,
        listed=RISKS_LISTED,
    ),
}
