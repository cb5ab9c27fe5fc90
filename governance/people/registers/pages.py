"""What the two pages of every register show: the register itself, and one of its entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from governance.core.access import reader
from governance.core.components import Column
from governance.core.listing import listed
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import tiles
from governance.history.models import Recorded
from governance.history.timeline import Event
from governance.people.registers.changes import CompareForm, EntryChange
from governance.people.registers.day import DayForm
from governance.people.registers.filters import RegisterFilter
from governance.people.registers.record import Record

# The columns that every register begins with (templates/registers/cells.html).
COMMON = (
    Column("Reference", "reference"),
    Column("Title", "title"),
    Column("Unit", "unit_name"),
    Column("Owner", "owner_title"),
)


def register_page(
    request: HttpRequest,
    entries: Callable[[Moment], Any],
    filters: Callable[..., RegisterFilter],
    columns: Sequence[Column],
    counts: Callable[[Moment, Scope], dict[str, int]],
) -> dict[str, Any]:
    """The register at the day asked for: its figures, and one page of the entries open to who asks.

    `entries` brings them at a moment, and `counts` its figures by key, the total first.

    `hidden` says how many more there are that may not be opened; filters leave it out.
    """
    day = DayForm(request.GET)
    moment = day.moment()
    counted = counts(moment, Scope())
    found = listed(request, filters(request.GET, entries(moment).visible_to(reader(request))), columns)
    total = next(iter(counted.values()))
    return {
        "day": day,
        "moment": moment,
        "one_clock": True,
        "listed": found,
        "tiles": tiles(counted, moment),
        "hidden": 0 if found.narrowed else total - found.count,
    }


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
