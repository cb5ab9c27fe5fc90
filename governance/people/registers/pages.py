"""What the two pages of every register show: the register itself, and one of its entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from governance.core.access import reader
from governance.core.components import Column
from governance.core.filtering import applied, paginate, sort_order
from governance.core.listing import Listed
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import tiles
from governance.history.models import Recorded
from governance.history.timeline import Event
from governance.people.models import Role
from governance.people.registers.change_forms import CompareForm
from governance.people.registers.changes import EntryChange
from governance.people.registers.choosing import Offered, cells, likings, read, related
from governance.people.registers.day import DayForm
from governance.people.registers.filters import RegisterFilter
from governance.people.registers.record import Record
from governance.people.registers.rows import Nearest, Rows

# The columns that every register begins with (templates/registers/cells.html).
COMMON = (
    Column("Reference", "reference"),
    Column("Title", "title"),
    Column("Unit", "unit_name"),
    Column("Owner", "owner_title"),
)


@dataclass(frozen=True)
class Register:
    """What a room says of its register, for the page that lists it.

    `entries` brings them at a moment, `counts` its figures by key, the total first. `fixed` columns stand
    first, and of those `offered` each person chooses theirs. Who holds one of `readers` for the whole council
    sees every entry. `matching` says how many entries of the present match the filters chosen (by name),
    where that is kept and need not be counted, else None. `saves_views` where only views are saved of it.
    """

    name: str
    entries: Callable[[Moment], Any]
    filters: Callable[..., RegisterFilter]
    counts: Callable[[Moment, Scope], dict[str, int]]
    readers: tuple[Role, ...]
    fixed: Sequence[Column] = COMMON
    offered: Sequence[Offered] = ()
    saves_views: bool = False
    matching: Callable[[Mapping[str, Any]], int | None] = lambda chosen: None

    @property
    def has_likings(self) -> bool:
        """Does a person choose columns of it, or save views?"""
        return bool(self.offered) or self.saves_views


def register_page(
    request: HttpRequest,
    entries: Callable[[Moment], Any],
    filters: Callable[..., RegisterFilter],
    columns: Sequence[Column],
    counts: Callable[[Moment, Scope], dict[str, int]],
) -> dict[str, Any]:
    """The page of a list that everybody sees in the same columns."""
    return page_of(request, Register("", entries, filters, counts, readers=(), fixed=columns))


def page_of(request: HttpRequest, register: Register) -> dict[str, Any]:
    """The register at the day asked for: its figures, and one page of the entries open to who asks.

    `hidden` says how many more there are that may not be opened; filters leave it out.
    """
    day, person = DayForm(request.GET), reader(request)
    moment = day.moment()
    counted = register.counts(moment, Scope())
    total = next(iter(counted.values()))
    sees_all = person.holds(*register.readers) and not moment.is_past
    columns, views = likings(person, register.name, register.offered) if register.has_likings else ([], [])
    found = asked_of(request, register, moment, columns, total if sees_all else None)
    return {
        "day": day,
        "moment": moment,
        "one_clock": True,
        "listed": found,
        "rows": [(entry, cells(columns, entry)) for entry in found.page],
        "columns_chosen": {column.code for column in columns},
        "columns_offered": register.offered,
        "saved_views": views,
        "tiles": tiles(counted, moment),
        "hidden": 0 if found.narrowed else total - found.count,
    }


def unseen(entries: Any, found: Listed) -> int:
    """How many entries there are beside those listed; filters leave it out.

    For a list of more than its total counts, such as one that shows what has ended.
    """
    beside: int = 0 if found.narrowed else entries.count() - found.count
    return beside


def asked_of(
    request: HttpRequest,
    register: Register,
    moment: Moment,
    columns: Sequence[Offered],
    total: int | None = None,
) -> Listed:
    """The page of the register that the address asks for; `total` where it is known how many there are."""
    entries = register.entries(moment)
    found = register.filters(request.GET, entries.visible_to(reader(request)))
    narrowed = bool(applied(found.form, request.GET))
    order = order_of(request, register)
    rows_of = of_keys(entries, related(columns), read(columns))
    known = register.matching(found.form.cleaned_data) if narrowed and total is not None else total
    words = found.words
    rows: Rows | Nearest = Rows(_sortable(found.qs, order), order, rows_of, known, costly=bool(words))
    if not rows.count() and found.come_near():
        rows = Nearest(found.nearest, rows_of)
        if "sort" in request.GET:
            rows = Rows(_sortable(found.qs, order), order, rows_of, rows.count())
    return Listed(found, headings(register, columns), paginate(request, rows), narrowed=narrowed)


def _sortable(found: Any, order: tuple[str, str]) -> Any:
    """The entries with their names, where the order is by one."""
    by_name = order[0].removeprefix("-") in ("owner_title", "unit_name")
    return found.titled() if by_name and hasattr(found, "titled") else found


def order_of(request: HttpRequest, register: Register) -> tuple[str, str]:
    """The order asked for; entries that are equal in it stand by the first column."""
    first = register.fixed[0].sort
    known = [*register.fixed, *(each.heading for each in register.offered)]
    return sort_order(request, known, first), first


def headings(register: Register, columns: Sequence[Offered]) -> list[Column]:
    """The headings of the table."""
    return [*register.fixed, *(column.heading for column in columns)]


def of_keys(entries: Any, names: Sequence[str], needed: Sequence[str] = ()) -> Callable[[Any], Any]:
    """What brings the rows of some keys, with the related records of those names.

    Where `needed` says which of their own columns are shown beside reference and title, only those come.
    """
    rows = entries.titled() if hasattr(entries, "titled") else entries
    rows = rows.select_related(*names) if names else rows
    rows = rows.only("reference", "title", *needed) if needed else rows
    return lambda keys: rows.filter(pk__in=keys)


def record_page(request: HttpRequest, entry: Recorded, change: str = "") -> dict[str, Any]:
    """One entry at the day asked for, with its history up to then.

    `change` is the URL name of the page of one change, which each event of the history then leads to.
    """
    day = DayForm(request.GET)
    moment = day.moment()
    record = Record.of(entry, moment)
    events = [with_page(event, record.entry.reference, change) for event in record.events]
    return {"day": day, "moment": moment, "one_clock": True, "record": record, "events": events}


def with_page(event: Event, reference: str, change: str) -> Event:
    """The event with the address of its page, where there is one."""
    if not change or event.version is None:
        return event
    return replace(event, href=reverse(change, args=[reference, event.version]))


def change_page(
    request: HttpRequest, entry: Recorded, number: int, told: Callable[[EntryChange], EntryChange]
) -> dict[str, Any]:
    """One change of an entry, or how that version differs from the one that `?against=` names.

    `told` leaves out what the reader may not open. Http404 if the entry has no such version.
    """
    found = EntryChange.of(entry, number)
    form = CompareForm(request.GET or None, change=found)
    against = form.cleaned_data["against"] if form.is_valid() else None
    if against:
        found = EntryChange.of(entry, number, against)
    found = told(found)
    return {"entry": entry, "change": found, "lines": found.lines(), "compare": form, "against": against}
