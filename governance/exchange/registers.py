"""The registers that leave as files: what their pages show, and who may open them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assets.models import Asset, ProcessingActivity
from assets.representations.activity_sheet import SHEET as ACTIVITIES
from assets.representations.sheet import SHEET as ASSETS
from assets.views.processing import REGISTER as ACTIVITIES_LISTED
from assets.views.register import REGISTER as ASSETS_LISTED
from governance.core.components import Column
from governance.figures.moment import Moment
from governance.people.registers.choosing import likings
from governance.people.registers.pages import Register
from governance.people.registers.sheet import Derived, Sheet, SheetColumn
from risks.representations.sheet import SHEET as RISKS
from risks.views import REGISTER as RISKS_LISTED

if TYPE_CHECKING:
    from governance.people.models import User


@dataclass(frozen=True)
class Kept:
    """A register as a file: what its page lists, the versions of a moment, and the permission to enter.

    `together`: what a column of the page says besides what it is sorted by, as columns of the sheet.
    """

    sheet: Sheet
    title: str
    page: str
    permission: str
    versions: Callable[[Moment], Any]
    listed: Register
    together: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def columns(self, person: User) -> Sequence[Column]:
        """The columns of the page, as this person chose them."""
        own = likings(person, self.listed.name, self.listed.offered)[0] if self.listed.offered else []
        return [*self.listed.fixed, *(each.heading for each in own)]

    def shown(self, person: User) -> list[SheetColumn | Derived]:
        """The same as columns of the sheet, where it has them."""
        known: dict[str, SheetColumn | Derived] = {column.name: column for column in self.sheet.derived}
        known |= {name: column for column in self.sheet.own for name in names_on_a_page(column)}
        # What a page cannot sort by is known by its heading.
        asked = [column.sort.partition("__")[0] or column.text.lower() for column in self.columns(person)]
        named = [each for name in asked for each in (name, *self.together.get(name, ()))]
        return [known[name] for name in named if name in known]


def names_on_a_page(column: SheetColumn) -> tuple[str, ...]:
    """What pages sort by for it: a related entry is known there by its name, title or reference."""
    return column.name, column.attname, *(f"{column.name}_{word}" for word in ("name", "title", "reference"))


REGISTERS = {
    "assets": Kept(
        sheet=ASSETS,
        title="Information assets",
        page="assets:list",
        permission="assets.list_assets",
        versions=Asset.history.at,
        listed=ASSETS_LISTED,
    ),
    "activities": Kept(
        sheet=ACTIVITIES,
        title="Record of processing activities",
        page="assets:activities",
        permission="assets.list_activities",
        versions=ProcessingActivity.history.at,
        listed=ACTIVITIES_LISTED,
    ),
    "risks": Kept(
        sheet=RISKS,
        title="Information risks",
        page="risks:list",
        permission="risks.list_risks",
        versions=RISKS_LISTED.entries,
        listed=RISKS_LISTED,
        together={"level_rank": ("colour",)},
    ),
}
