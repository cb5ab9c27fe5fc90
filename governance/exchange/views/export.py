"""A register as a file: exactly what its page shows, or every column of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from governance.core.access import reader, require
from governance.core.dates import long_date
from governance.core.filtering import applied
from governance.exchange.layouts import LGA
from governance.exchange.registers import REGISTERS, Kept
from governance.exchange.writing import WRITERS
from governance.exchange.writing.lga import lga_table
from governance.exchange.writing.rows import keys, leaving, written_at
from governance.exchange.writing.spelled import Rows
from governance.exchange.writing.table import Table
from governance.figures.moment import Moment
from governance.people.registers.day import DayForm
from governance.people.registers.filters import RegisterFilter
from governance.people.registers.pages import order_of
from governance.people.registers.rows import NEAREST
from governance.people.registers.sheet import Derived, Several, Sheet, SheetColumn

# What ?file_columns= may ask for; otherwise the columns of the page.
ALL, IN_LGA_LAYOUT = "all", "lga"


@require_safe
def export(request: HttpRequest, register: str, ending: str) -> HttpResponseBase:
    """The rows of the register's page at the same address, written as they are read.

    An address that the page would complain about leads to the page, which says what is wrong.
    """
    if register not in REGISTERS or ending not in WRITERS:
        raise Http404(f"No file {register}.{ending}")
    kept, writer = REGISTERS[register], WRITERS[ending]
    require(request, kept.permission)
    day = DayForm(request.GET)
    moment = day.moment()
    found = kept.listed.filters(request.GET, kept.versions(moment).visible_to(reader(request)))
    if day.errors or found.form.errors:
        return redirect(reverse(kept.page, query=request.GET))
    return download(
        writer.write(table(request, kept, found, moment)), name_of(kept, moment, ending), writer.media_type
    )


def table(request: HttpRequest, kept: Kept, found: RegisterFilter, moment: Moment) -> Table:
    """What the page shows, in its order; or every column of it, or a layout that others settled."""
    wanted = request.GET.get("file_columns")
    said = about(request, kept, found, moment)
    rows = ordered(request, kept, found)
    if wanted == IN_LGA_LAYOUT and kept.sheet.key == LGA.register:
        return lga_table(kept.sheet, rows, moment, said, person=reader(request))
    sheet, person = kept.sheet, reader(request)
    every: list[SheetColumn | Derived] = [*sheet.own, *sheet.derived]
    columns = every if wanted == ALL else kept.shown(person)
    if sheet.told and any(isinstance(column, Derived | Several) for column in columns):
        rows = sheet.told(rows, moment, person)
    out = [*keys(sheet), *(leaving(column, moment) for column in columns)]
    if any(isinstance(column, Several) or is_told_back(column, sheet) for column in columns):
        out.insert(2, written_at(sheet, moment))
    return Table([column.heading for column in out], Rows(rows, out), said)


def is_told_back(column: SheetColumn | Derived, sheet: Sheet) -> bool:
    """Does the column leave with every row and come back as a cell of a fact?"""
    return isinstance(column, Derived) and column not in sheet.only_out


def ordered(request: HttpRequest, kept: Kept, found: RegisterFilter) -> QuerySet[Any]:
    """The rows in the order of the page; like there, those that come near where none hold the words."""
    order, first = order_of(request, kept.listed)
    searched = found.form.cleaned_data.get("q") and not found.qs.exists()
    if searched and found.come_near() and "sort" not in request.GET:
        order = NEAREST
    rows: QuerySet[Any] = found.qs.order_by(order, first)
    return rows


def about(request: HttpRequest, kept: Kept, found: RegisterFilter, moment: Moment) -> list[tuple[str, str]]:
    """What is said of the file, in pairs: of what, at which day, how marked, and what was left out."""
    narrowed = [(each.label, each.value) for each in applied(found.form, request.GET)]
    return [
        ("Register", f"{kept.title}, {settings.COUNCIL_NAME}"),
        ("As at", long_date(moment.as_at)),
        ("Protective marking", settings.PROTECTIVE_MARKING),
        *(narrowed or [("Rows", "All that you may open")]),
        ("Bringing it back", "Edit cells and bring the file in again: only what you edited changes"),
    ]


def name_of(kept: Kept, moment: Moment, ending: str) -> str:
    """information-assets-as-at-2016-10-24-official.csv"""
    return f"{slugify(f'{kept.title} as at {moment.as_at:%Y-%m-%d} {settings.PROTECTIVE_MARKING}')}.{ending}"


def download(content: Iterator[bytes], name: str, media_type: str) -> StreamingHttpResponse:
    """A file to keep, sent as it is made."""
    headers: dict[str, Any] = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(content, content_type=media_type, headers=headers)
