"""The data annex: the ledger and every table of a paper, as a workbook and as comma-separated values."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.db.models import Q
from django.utils.text import slugify

from governance.committees import pdf
from governance.committees.outputs import reading
from governance.committees.representations import stored
from governance.core.formulas import guarded

if TYPE_CHECKING:
    from governance.committees.models import Edition, Paper

LEDGER = "Where the figures come from"
LEDGER_HEAD = ["Number", "Figure", "Key", "Definition", "Value", "As at", "Known on"]
LONGEST_NAME = 31  # of a sheet
NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
LONGEST_CELL = 32_767
WIDEST = 60
NARROWEST = 12
EPOCH = (1980, 1, 1, 0, 0, 0)  # an archive says nothing of when the worker ran

Cells = list[list[str | int]]


@dataclass(frozen=True)
class Sheet:
    """A table of the paper: what it is called, one row of headings, its rows."""

    title: str
    head: list[str]
    rows: Cells


def sheets(paper: Paper, edition: Edition | None = None) -> list[Sheet]:
    """The ledger, then every table that has a name, whole, in the order of the paper."""
    body = reading.body_of(pdf.document(paper, edition, whole=True))
    return [ledger(paper, edition), *(_sheet(each) for each in reading.tables(body) if _is_data(each))]


def ledger(paper: Paper, edition: Edition | None = None) -> Sheet:
    """Every figure of the paper by its number; of those that Part 2 alone prints, what an edition lifts."""
    inserted = edition.content.get("inserted", ()) if edition else ()
    lifted = [line["position"] for each in inserted for line in each["ledger"]]
    public = paper.figures.filter(Q(exempt=False) | Q(position__in=lifted))
    rows: Cells = [
        [
            figure.position,
            figure.title,
            figure.key,
            figure.definition,
            figure.value,
            figure.as_at.isoformat(),
            figure.moment.known_at.isoformat(),
        ]
        for figure in public.order_by("position")
    ]
    return Sheet(LEDGER, LEDGER_HEAD, rows)


def _is_data(table: reading.Table) -> bool:
    return table.named and "paper-ledger" not in table.kind


def _sheet(table: reading.Table) -> Sheet:
    head = [reading.words(cell) for row in table.head for cell in row]
    return Sheet(table.caption, head, [list(_values(row)) for row in table.body])


def _values(row: list[Any]) -> Iterator[str | int]:
    """What the cells of a row hold; one that spans several columns leaves the others empty."""
    for cell in row:
        yield reading.value(cell)
        yield from [""] * (reading.span(cell) - 1)


def workbook(paper: Paper, edition: Edition | None = None) -> bytes:
    """An XLSX with one sheet for each. Text stays text, whatever it begins with."""
    file = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, {"in_memory": True, **plain})
    issue = stored(paper, edition)
    status = _status(issue.content)
    book.set_properties(
        {"title": paper.title, "author": issue.content["council"], "created": issue.issued_at}
    )
    bold, wrapped = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
    for number, sheet in enumerate(sheets(paper, edition), 1):
        page = book.add_worksheet(_sheet_name(number, sheet.title))
        page.write_string(0, 0, sheet.title, book.add_format({"bold": True}))
        page.write_string(1, 0, status)
        for column, heading in enumerate(sheet.head):
            page.set_column(column, column, _width([row[column] for row in sheet.rows if column < len(row)]))
            page.write_string(2, column, heading, bold)
        for line, row in enumerate(sheet.rows, 3):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(line, column, cell)
                else:
                    page.write_string(line, column, cell[:LONGEST_CELL], wrapped)
        page.freeze_panes(3, 0)
        page.set_footer("&C" + status.replace("&", "&&") + " &P")
    book.close()
    return file.getvalue()


def _status(told: dict[str, Any]) -> str:
    """The publication status, and the marking where one is printed."""
    return " ".join(filter(None, (f"{told['publication_status']} report", told["security_marking"])))


def _sheet_name(number: int, title: str) -> str:
    """Numbered, so that no two are alike, and without what a sheet's name may not have."""
    return f"{number} {title.translate(NOT_IN_A_NAME)}"[:LONGEST_NAME].strip(" '")


def _width(cells: list[str | int]) -> int:
    longest = max((len(str(cell)) for cell in cells), default=0)
    return min(max(longest + 2, NARROWEST), WIDEST)


def commas(paper: Paper, edition: Edition | None = None) -> bytes:
    """An archive with one CSV for each (UTF-8); text that a spreadsheet would run is guarded."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files(paper, edition):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def files(paper: Paper, edition: Edition | None = None) -> Iterator[tuple[str, bytes]]:
    """The files of the archive: name and content."""
    for number, sheet in enumerate(sheets(paper, edition), 1):
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(map(guarded, sheet.head))
        writer.writerows(
            [guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in sheet.rows
        )
        yield f"{number:02}-{slugify(sheet.title)[:80]}.csv", b"\xef\xbb\xbf" + text.getvalue().encode()
