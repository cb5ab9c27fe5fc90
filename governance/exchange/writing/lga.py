"""The asset register in the layout of LG Inform Plus: organisation columns in the first row only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import BooleanField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import TruncDate

from assets.models import Asset, ImpactLevel
from governance.core.dates import LONDON
from governance.exchange.layouts.layout import COUNCIL, LayoutColumn
from governance.exchange.layouts.lga import LGA
from governance.exchange.writing.rows import Outgoing, batches, column_out
from governance.exchange.writing.table import Batch, Cell, Table
from governance.figures.moment import Moment
from governance.people.models import Controller
from governance.people.registers.sheet import Sheet

CODES = {"retention_rule": "retention_rule__code"}
# Not yet assessed is an empty cell here.
YES_NO = {True: "Yes", False: "No", None: ""}
SAID_YES_OR_NO = (
    "contains_personal_data", "special_category", "retention_rule__is_permanent", "in_ropa"
)  # fmt: skip


def lga_table(sheet: Sheet, found: QuerySet[Any], moment: Moment, about: Sequence[tuple[str, str]]) -> Table:
    """Versions of assets as the layout has them. Columns that say nothing here stand empty."""
    council = Controller.objects.current()
    first = [said_of(council, column) for column in LGA.columns]
    rows = [out(sheet, column, moment) for column in LGA.columns]
    read = list({column.path: column for column in rows if column}.values())
    return Table(
        [column.heading for column in LGA.columns],
        laid_out(batches(with_membership(found), read), read, rows, first),
        about,
    )


def said_of(council: Controller, column: LayoutColumn) -> Cell:
    """What the first row says of the organisation in this column."""
    if column.use != COUNCIL:
        return None
    return str(council) if column.field == "name" else getattr(council, column.field)


def out(sheet: Sheet, column: LayoutColumn, moment: Moment) -> Outgoing | None:
    """How the column is read from an asset; None where it says nothing of one."""
    if column.use == COUNCIL or not column.field:
        return None
    if column.field in CODES:
        return Outgoing(column.heading, CODES[column.field])
    own = {each.name: each for each in (sheet.reference, *sheet.columns)}
    if column.field in own and column.field not in SAID_YES_OR_NO:
        return column_out(own[column.field], moment)
    return Outgoing(column.heading, column.field, _words(column.field))


def _words(field: str) -> Any:
    """What makes a cell of a column that files may not set."""
    if field == "criticality":
        return dict(ImpactLevel.objects.values_list("number", "name")).get
    return YES_NO.__getitem__ if field in SAID_YES_OR_NO else None


def with_membership(found: QuerySet[Any]) -> QuerySet[Any]:
    """The versions with the days on which each came and last changed, and the registers each is in."""
    first = Asset.history.filter(id=OuterRef("id")).order_by("history_id").values("history_date")[:1]
    annotated: QuerySet[Any] = found.annotate(
        added_on=TruncDate(Subquery(first), tzinfo=LONDON),
        updated_on=TruncDate(F("history_date"), tzinfo=LONDON),
        in_iar=Value("Yes"),
        in_ropa=Value(None, BooleanField()),
    )
    return annotated


def laid_out(
    found: Iterable[Batch],
    read: Sequence[Outgoing],
    rows: Sequence[Outgoing | None],
    first: Sequence[Cell],
) -> Iterator[Batch]:
    """The batches with every column of the layout; what is about the organisation in the very first row."""
    places = {column.path: place for place, column in enumerate(read)}
    for batch in found:
        length = len(batch[0])
        yield [
            batch[places[column.path]] if column else [said, *[None] * (length - 1)]
            for column, said in zip(rows, first, strict=True)
        ]
        first = [None] * len(first)
