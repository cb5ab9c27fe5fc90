"""The asset register in the layout of LG Inform Plus: organisation columns in the first row only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import TruncDate

from assets.models import ActivityAsset, Asset, ImpactLevel, ProcessingActivity
from governance.core.dates import LONDON
from governance.exchange.layouts.layout import COUNCIL, LayoutColumn
from governance.exchange.layouts.lga import LGA
from governance.exchange.writing.rows import batches, column_out
from governance.exchange.writing.spelled import Outgoing
from governance.exchange.writing.table import Batch, Cell, Table
from governance.figures.moment import Moment
from governance.people.models import Controller
from governance.people.registers.columns import Named
from governance.people.registers.sheet import Sheet

if TYPE_CHECKING:
    from governance.people.models import User

# What activities say of an asset's processing: the column's name here, and the path from the activity.
ROPA = {
    "purposes": "purposes",
    "data_subjects": "data_subjects",
    "data_categories": "data_categories",
    "recipients": "recipients",
    "basis": "basis__name",
    "security": "security",
}
CODES = {"retention_rule": "retention_rule__code"}
# Not yet assessed is an empty cell here.
YES_NO = {True: "Yes", False: "No", None: ""}
SAID_YES_OR_NO = (
    "contains_personal_data", "special_category", "retention_rule__is_permanent", "in_ropa"
)  # fmt: skip


def lga_table(
    sheet: Sheet,
    found: QuerySet[Any],
    moment: Moment,
    about: Sequence[tuple[str, str]],
    *,
    person: User,
) -> Table:
    """Versions of assets as the layout has them. Columns that say nothing here stand empty.

    What activities say is told of those that this person may open.
    """
    council = Controller.objects.current()
    first = [said_of(council, column) for column in LGA.columns]
    rows = [out(sheet, column, moment) for column in LGA.columns]
    read = list({column.path: column for column in rows if column}.values())
    return Table(
        [column.heading for column in LGA.columns],
        laid_out(batches(with_membership(found, moment, person), read), read, rows, first),
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
    return Outgoing(column.heading, column.field, named=_named(column.field))


def _named(field: str) -> Named | None:
    """What values of a column are called that files may not set."""
    if field == "criticality":
        return Named(dict(ImpactLevel.objects.values_list("number", "name")))
    return Named(YES_NO) if field in SAID_YES_OR_NO else None


def with_membership(found: QuerySet[Any], moment: Moment, person: User) -> QuerySet[Any]:
    """The versions with the days on which each came and last changed, and the registers each is in."""
    first = Asset.history.filter(id=OuterRef("id")).order_by("history_id").values("history_date")[:1]
    links = links_of(moment)
    open_links = links.filter(activity__in=ProcessingActivity.objects.visible_to(person))
    annotated: QuerySet[Any] = found.annotate(
        added_on=TruncDate(Subquery(first), tzinfo=LONDON),
        updated_on=TruncDate(F("history_date"), tzinfo=LONDON),
        in_iar=Value("Yes"),
        in_ropa=Exists(links),
        **{f"ropa_{name}": told(open_links, path, moment) for name, path in ROPA.items()},
    )
    return annotated


def links_of(moment: Moment) -> QuerySet[Any]:
    """What links an asset to the activities that were in the record of processing at the moment."""
    activities = ProcessingActivity.history.at(moment).exclude(state="ended").values("id")
    links: QuerySet[Any] = ActivityAsset.history.at(moment).filter(
        asset_id=OuterRef("id"), activity_id__in=activities
    )
    return links


def told(links: QuerySet[Any], path: str, moment: Moment) -> Any:
    """What the activities say, one after the other; of a past moment it is left out, as they have changed."""
    if moment.is_past:
        return Value(None, TextField())
    words = StringAgg(f"activity__{path}", "; ", distinct=True)
    return Subquery(links.order_by().values("asset_id").annotate(words=words).values("words"))


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
