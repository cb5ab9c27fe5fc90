"""How retention, holds and disposals are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import QuerySet

from assets.models import HELD, Asset, Disposal, Hold, RetentionRule
from assets.models.due import with_due_dates, with_rules
from governance.core.components import Column
from governance.core.dates import long_date
from governance.figures.moment import Moment, Scope
from governance.people.registers.pages import COMMON

if TYPE_CHECKING:
    from governance.people.models import User

RULE_COLUMNS = (
    Column("Code", "code"),
    Column("Record type", "record_type"),
    Column("Period", "words"),
    Column("Then", "action"),
    Column("Authority", "authority"),
    Column("Review due", "review_on"),
)
DUE_COLUMNS = (*COMMON, Column("Due", "due_on"), Column("Rule"))
OVER_COLUMNS = (*(Column(each.text) for each in COMMON), Column("Due"), Column("Days over", numeric=True))
UNIT_COLUMNS = (Column("Unit"), Column("Assets", numeric=True), Column("Longest since"),
                Column("Days over", numeric=True))  # fmt: skip
HOLD_COLUMNS = tuple(map(Column, ("Reference", "What it is about", "Reason", "In force from", "Until")))
HELD_COLUMNS = tuple(map(Column, ("Reference", "Title", "Unit")))
DISPOSAL_COLUMNS = (
    Column("Reference", "reference"),
    Column("Asset", "asset__reference"),
    Column("What becomes of it", "outcome"),
    Column("Stage", "stage"),
    Column("Proposed on", "proposed_on"),
)


def due_list(moment: Moment) -> QuerySet[Any]:
    """What the due list shows of each asset that the schedule has an end for."""
    versions = with_due_dates(Asset.history.at(moment).held(), moment).filter(is_scheduled=True)
    return with_rules(versions, moment)


class UnitRow(NamedTuple):
    """A unit's assets kept too long: `href` opens them, `days` is how long the longest is over."""

    unit: str
    number: int
    since: date
    days: int
    href: str


def unit_rows(
    units: Iterable[tuple[str, str, int, date]], moment: Moment, address: Callable[[Moment, Scope], str]
) -> list[UnitRow]:
    """The report by unit: code, name, number and earliest day of each; `address` opens a scope's rows."""
    return [
        UnitRow(unit, number, since, (moment.as_at - since).days, address(moment, Scope(units=(code,))))
        for code, unit, number, since in units
    ]


def over_rows(versions: Iterable[Any], moment: Moment) -> list[tuple[Any, int]]:
    """Assets kept too long, each with the days over."""
    return [(version, (moment.as_at - version.due_on).days) for version in versions]


def held_assets(hold: Hold, person: User) -> tuple[list[Asset], int]:
    """The assets under a hold that this person may open, and how many there are beside them."""
    visible = list(Asset.objects.visible_to(person).filter(held_by__hold=hold).for_register())
    return visible, hold.covers.count() - len(visible)


def says_how_long(rule: RetentionRule) -> str:
    """What a rule is reckoned by, in words."""
    if rule.is_permanent:
        return "Never due: kept permanently"
    if rule.months is None and rule.days is None:
        return "Left to judgement: no due date is reckoned"
    counted = f"{rule.days} days" if rule.days is not None else f"{rule.months} months"
    start = "the end of the financial year of that day" if rule.adds_current_year else "that day"
    return f"{counted} from {start}"


class Retention(NamedTuple):
    """What the asset's page says of its retention at a moment. `version` is None where it was not there."""

    version: Any | None
    moment: Moment
    holds: list[Hold]
    disposals: list[Disposal]

    @property
    def is_there(self) -> bool:
        """Is it still held, so that something can become of it?"""
        return self.version is not None and self.version.state in HELD

    @property
    def sentence(self) -> str:
        """When it is due, or why that cannot be said."""
        version = self.version
        if version is None or version.state in (Asset.State.DISPOSED, Asset.State.TRANSFERRED):
            return ""
        if version.rule_code is None:
            return "No rule of the retention schedule is applied to it."
        if not version.is_scheduled:
            return f"Kept permanently: {version.rule_words}."
        if version.due_on is None:
            return self._judgement
        until = version.kept_until and version.kept_until == version.due_on != version.ends_on
        why = "it was agreed to keep it until then" if until else version.rule_words
        return f"{self._due} {long_date(version.due_on)}: {why}."

    @property
    def _judgement(self) -> str:
        if self.version.retention_from is None:  # type: ignore[union-attr]
            words = self.version.rule_words  # type: ignore[union-attr]
            return f"Needs judgement: nobody has said from when its period runs ({words})."
        return f"Needs judgement: its period cannot be reckoned ({self.version.rule_words})."  # type: ignore[union-attr]

    @property
    def _due(self) -> str:
        doing = {"review": "review", "archive": "transfer to the archives"}
        what = doing.get(self.version.rule_action, "disposal")  # type: ignore[union-attr]
        return f"{'Was due' if self.is_past_due else 'Due'} for {what} on"

    @property
    def is_past_due(self) -> bool:
        """Is the day over?"""
        due: date | None = self.version.due_on if self.version else None
        return due is not None and due < self.moment.as_at


def retention_of(asset: Asset, moment: Moment, person: User) -> Retention:
    """What is known at a moment of when an asset is due; its holds and disposals as they stand now."""
    versions = with_due_dates(Asset.history.at(moment).filter(id=asset.pk), moment)
    return Retention(
        with_rules(versions, moment).first(),
        moment,
        list(Hold.objects.visible_to(person).live().on(asset).for_list()),
        list(Disposal.objects.visible_to(person).filter(asset=asset).for_list()),
    )
