"""Files out: what stands in their cells, and that they are written as their rows are read."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from governance.core.formulas import TOO_LONG
from governance.exchange.reading import read
from governance.exchange.writing import cells, commas, workbook
from governance.exchange.writing.table import Table
from governance.people.registers.cells import as_text
from tests.exchange.files import csv_rows, xlsx_cells, xlsx_rows
from tests.exchange.test_formulas import DANGEROUS

WRITERS = [commas.write, workbook.write]
AWKWARD = [
    'She said "no", twice',
    "one, two; three\tfour",
    "first line\nsecond line",
    "<b>&amp;</b> ]]>",
    "Ŵylfa, naïve, 日本語, 🗄",
    "_x0041_ is not A",
    "  kept spaces  ",
    "-_-",
]


def table(*columns, headings=None, about=()):
    return Table(headings or [f"Column {n}" for n, _ in enumerate(columns)], [columns], about)


def written(write, *columns, **options):
    return b"".join(write(table(*columns, **options)))


@pytest.mark.parametrize("text", AWKWARD)
def test_a_text_stands_in_the_file_as_it_is(text):
    assert csv_rows(written(commas.write, [text]))[1] in ([text], ["'" + text])
    assert xlsx_rows(written(workbook.write, [text]))[1] == [text]


@pytest.mark.parametrize("first", DANGEROUS)
def test_what_begins_like_a_formula_is_marked_in_csv_and_is_a_text_in_xlsx(first):
    text = first + "1+1"
    assert csv_rows(written(commas.write, [text]))[1] == ["'" + text]
    kind, style, found = xlsx_cells(written(workbook.write, [text]))["A2"]
    assert (kind, style) == ("inlineStr", "3")
    assert found == text.replace("\r", "\n")


@pytest.mark.parametrize("first", DANGEROUS)
def test_a_heading_is_no_formula_either(first):
    heading = first + "1"
    assert csv_rows(written(commas.write, ["a"], headings=[heading]))[0] == ["'" + heading]
    assert xlsx_cells(written(workbook.write, ["a"], headings=[heading]))["A1"][0] == "inlineStr"


def test_the_csv_says_that_it_is_utf_8_and_ends_lines_as_the_standard_does():
    content = written(commas.write, ["ŵ"], headings=["One"])
    assert content == b"\xef\xbb\xbfOne\r\n\xc5\xb5\r\n"


def test_numbers_and_days_are_numbers_and_days():
    columns = [7], [date(2016, 10, 24)], [date(1850, 1, 1)]
    assert csv_rows(written(commas.write, *columns))[1] == ["7", "2016-10-24", "1850-01-01"]
    cells = xlsx_cells(written(workbook.write, *columns))
    assert cells["A2"] == ("n", "0", "7")
    assert cells["B2"] == ("n", "2", "42667")  # LibreOffice and Excel: 2016-10-24
    assert cells["C2"] == ("inlineStr", "0", "1850-01-01")


def test_a_number_in_a_text_stays_a_text():
    assert xlsx_cells(written(workbook.write, ["0042"]))["A2"] == ("inlineStr", "0", "0042")


def test_an_empty_cell_is_empty():
    assert csv_rows(written(commas.write, [None], ["a"], [""]))[1] == ["", "a", ""]
    assert set(xlsx_cells(written(workbook.write, [None], ["a"], [""]))) == {"A1", "B1", "C1", "B2"}


def test_what_xml_cannot_hold_is_escaped():
    assert xlsx_cells(written(workbook.write, ["a\x07b\x1f"]))["A2"][2] == "a\x07b\x1f"


def test_a_text_longer_than_a_cell_says_so_instead_of_being_cut():
    longest, longer = "a" * cells.LONGEST, "a" * (cells.LONGEST + 1)
    assert xlsx_rows(written(workbook.write, [longest, longer]))[1:] == [[longest], [TOO_LONG]]
    assert csv_rows(written(commas.write, [longer]))[1] == [longer]


def test_an_empty_cell_keeps_the_place_of_those_after_it():
    """Cells do not say where they stand."""
    columns = [["first", "", None], [None, 7, ""], ["", date(2016, 10, 24), "last"]]
    content = b"".join(workbook.write(Table(["A", "B", "C"], [columns])))
    texts = {place: text for place, (_, _, text) in xlsx_cells(content).items()}
    assert texts == {
        "A1": "A", "B1": "B", "C1": "C", "A2": "first", "B3": "7", "C3": "42667", "C4": "last",
    }  # fmt: skip
    assert [[as_text(cell) for cell in row] for _, row in read(content, heading_row=1).rows] == [
        ["first"], ["", "7", "2016-10-24"], ["", "", "last"],
    ]  # fmt: skip


def test_what_is_said_of_the_table_stands_on_a_sheet_of_its_own():
    content = written(workbook.write, ["a"], about=[("As at", "24 October 2016"), ("Marking", "=OFFICIAL")])
    assert xlsx_rows(content, sheet=2) == [["As at", "24 October 2016"], ["Marking", "=OFFICIAL"]]
    assert xlsx_rows(content) == [["Column 0"], ["a"]]


def test_rows_are_numbered_through_all_batches():
    three = Table(["One"], [[["a", "b"]], [["c"]]])
    assert list(xlsx_cells(b"".join(workbook.write(three)))) == ["A1", "A2", "A3", "A4"]


def test_a_table_without_rows_has_its_headings():
    assert csv_rows(b"".join(commas.write(Table(["One"], [])))) == [["One"]]
    assert xlsx_rows(b"".join(workbook.write(Table(["One"], [])))) == [["One"]]


@pytest.mark.parametrize("write", WRITERS)
def test_a_batch_is_read_only_when_the_one_before_has_gone_out(write):
    read = []

    def batches():
        for number in range(5):
            read.append(number)
            yield [[f"row {number}"]]

    pieces = write(Table(["One"], batches()))
    next(pieces)
    assert len(read) <= 1
    next(pieces)
    assert len(read) <= 2
    assert list(pieces)
    assert read == [0, 1, 2, 3, 4]


def test_the_workbook_is_whole():
    with ZipFile(BytesIO(written(workbook.write, ["a"]))) as archive:
        assert archive.testzip() is None
        assert "xl/workbook.xml" in archive.namelist()
