"""Workbooks come in by python-calamine, in a process that may take so much and no more."""

import re
import struct
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from governance.exchange.reading import FileRefusedError, read, workbook
from governance.exchange.reading.package import Package
from tests.exchange.uploads import CONTENT, MAIN, ods, packed, xlsx

TITLE = '<row r="1"><c r="A1" t="inlineStr"><is><t>Title</t></is></c></row>'


def sheet(rows, after=""):
    return f"<sheetData>{rows}</sheetData>{after}"


def cells(row):
    """The cells of a second row of XLSX, below one heading."""
    return read(xlsx(sheet(f'{TITLE}<row r="2">{row}</row>')), heading_row=1).rows[0][1]


# XLSX


def test_a_number_that_is_shown_as_a_date_is_a_date():
    found = cells(
        '<c s="1"><v>42667</v></c><c s="2"><v>42667.5</v></c><c><v>42667</v></c><c s="3"><v>1</v></c>'
    )
    assert found == [datetime(2016, 10, 24), datetime(2016, 10, 24, 12), 42667, 1]


def test_days_count_from_1904_where_the_workbook_says_so():
    data = xlsx(
        sheet(f'{TITLE}<row r="2"><c s="1"><v>1</v></c></row>'), workbook='<workbookPr date1904="1"/>'
    )
    assert read(data).rows[0][1] == [datetime(1904, 1, 2)]


@pytest.mark.parametrize("number", ["-5", "1e308", "2958467"])
def test_a_number_that_is_no_day_is_read_as_something_else(number):
    (cell,) = cells(f'<c s="1"><v>{number}</v></c>') or [None]
    assert not isinstance(cell, datetime)


def test_texts_truths_and_formulas_are_read_as_they_were_last_calculated():
    row = (
        '<c t="b"><v>1</v></c><c t="str"><f>A1</f><v>fo_x0009_rm</v></c>'
        "<c t='inlineStr'><is><r><t>a</t></r><r><t xml:space='preserve'> b</t></r></is></c>"
    )
    assert cells(row) == [True, "fo\trm", "a b"]


@pytest.mark.parametrize("kind", ['t="e"', 's="1" t="e"', 't="e" s="1"', "t='e'"])
def test_a_formula_that_failed_is_told_and_not_a_blank(kind):
    assert cells(f"<c {kind}><f>A1</f><v>#REF!</v></c>") == ["#REF!"]


def test_rows_and_columns_keep_their_places():
    data = xlsx(sheet('<row r="3"><c r="B3"><v>7</v></c></row><row r="6"><c r="C6"><v>1</v></c></row>'))
    table = read(data, heading_row=3)
    assert (table.heading_row, table.headings[1]) == (3, "7")
    assert table.rows == [(6, ["", "", 1])]


def test_merged_cells_are_said_to_be():
    merged = '<mergeCells><mergeCell ref="A2:B4"/><mergeCell ref="C5:D5"/></mergeCells>'
    table = read(xlsx(sheet(f'{TITLE}<row r="2"><c r="A2"><v>1</v></c></row>', merged)))
    assert table.notes == [
        "Cells are merged (A2:B4 and 1 more). Only the first of them counts; the others are blank"
    ]


def test_the_first_sheet_with_anything_is_read_unless_another_is_named():
    data = xlsx({"Empty": [], "One": [["Title"], ["a"]], "Two": [["Title"], ["b"]]})
    assert (read(data).sheet, read(data).sheets) == ("One", ["Empty", "One", "Two"])
    assert read(data, sheet="Two").rows == [(2, ["b"])]
    with pytest.raises(FileRefusedError, match="There is no sheet “Three”"):
        read(data, sheet="Three")
    with pytest.raises(FileRefusedError, match="There is nothing in sheet “Empty”"):
        read(data, sheet="Empty")


# ODS


def ods_cells(row):
    return read(ods({"S": f"<table:table-row>{row}</table:table-row>" * 2}), heading_row=1).rows[0][1]


def test_cells_of_ods_are_read():
    row = (
        '<table:table-cell office:value-type="date" office:date-value="2016-10-24"/>'
        '<table:table-cell office:value-type="float" office:value="5"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/>b<text:tab/>c'
        "<text:line-break/>d<office:annotation><text:p>Aside</text:p></office:annotation></text:p>"
        "<text:p>e</text:p></table:table-cell>"
    )
    assert ods_cells(row) == [datetime(2016, 10, 24), 5, True, "a  b\tc\nd\ne"]


def test_merged_cells_of_ods_are_said_to_be():
    merged = (
        '<table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>T</text:p>'
    )
    rows = f"<table:table-row>{merged}</table:table-cell></table:table-row>" * 2
    assert read(ods({"S": rows})).notes[0].startswith("Cells are merged in 2 places.")


def test_an_encrypted_ods_is_said_to_be():
    secret = {"META-INF/manifest.xml": "<manifest:encryption-data/>"}
    with pytest.raises(FileRefusedError, match="protected by a password"):
        read(ods({"S": [["Title"], ["a"]]}, extra=secret))


# Too much

FAR = sheet(f'{TITLE}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
WIDE = sheet(
    "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 9000))
)
REPEATED = (
    '<table:table-row table:number-rows-repeated="6000"><table:table-cell office:value="1" '
    'table:number-columns-repeated="16384" office:value-type="float"/></table:table-row>'
)


@pytest.mark.parametrize(
    "data", [xlsx(FAR), xlsx(WIDE), ods({"S": REPEATED})], ids=["far", "wide", "repeated"]
)
def test_cells_far_apart_end_the_reader_and_not_the_service(data):
    with pytest.raises(FileRefusedError, match=r"time and memory there is|Delete|delete the columns"):
        read(data)


def test_a_reader_that_hangs_is_ended(monkeypatch, tmp_path):
    endless = tmp_path / "endless.py"
    endless.write_text("while True: pass\n")
    monkeypatch.setattr(workbook, "READER", endless)
    monkeypatch.setattr(workbook, "LONGEST", 0.2)
    with pytest.raises(FileRefusedError, match="time and memory"):
        read(xlsx([["Title"], ["a"]]))


@pytest.mark.parametrize("deed", ["raise SystemExit(101)", "import os; os.abort()"])
def test_a_reader_that_panics_is_a_sentence(monkeypatch, tmp_path, deed):
    panics = tmp_path / "panics.py"
    panics.write_text(deed)
    monkeypatch.setattr(workbook, "READER", panics)
    with pytest.raises(FileRefusedError, match=r"^The workbook (is damaged|could not be read)"):
        read(xlsx([["Title"], ["a"]]))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["Title"]] + [["x"]] * 20_001, "more than 20,000 rows: row 20002 is one too many"),
        ([["Title"], ["x"] * 201], "Row 2 reaches to column GS. 200 columns are the most"),
        ([["Title"], ["x" * 32_768]], "Row 2, column A holds 32,768 characters"),
    ],
)
def test_what_is_too_much_is_said_with_its_place(rows, sentence):
    with pytest.raises(FileRefusedError, match=re.escape(sentence)):
        read(xlsx(rows))


def bomb(megabytes, *, said=None):
    """A workbook whose texts unpack to so much; the list of contents may say otherwise."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT)
        archive.writestr("xl/workbook.xml", f"<workbook {MAIN}/>")
        archive.writestr("xl/sharedStrings.xml", b"\x00" * megabytes * 1024 * 1024)
    found = bytearray(file.getvalue())
    if said is not None:
        struct.pack_into("<I", found, found.rfind(b"PK\x01\x02") + 24, said)
    return bytes(found)


def test_a_bomb_is_refused_by_its_list_of_contents_alone():
    for size, why in ((60, "more than 50 MB"), (40, "more than 100 times its size")):
        with pytest.raises(FileRefusedError, match=why):
            read(bomb(size))


def test_a_bomb_that_lies_about_its_size_is_never_unpacked():
    with pytest.raises(FileRefusedError, match="cannot be unpacked"):
        read(bomb(60, said=10))


def test_what_the_reader_sees_is_what_was_measured():
    data = xlsx([["Title"]], extra={"xl/media/photo.png": b"\x00" * 10})
    with ZipFile(BytesIO(Package(data).repacked())) as archive:
        assert "xl/media/photo.png" not in archive.namelist()
        assert {part.compress_type for part in archive.infolist()} == {0}


def test_a_part_may_be_read_twice_and_counts_once():
    package = Package(packed({"a.xml": "x" * 1000}))
    assert package.read("a.xml") == package.read("a.xml")
    assert sum(package.sizes.values()) == 1000


def test_a_document_type_is_refused():
    laughs = '<!DOCTYPE x [<!ENTITY a "ha">]><worksheet>&a;</worksheet>'
    with pytest.raises(FileRefusedError, match=r"“xl/worksheets/sheet1.xml” .* declares a document type"):
        read(xlsx([["Title"]], extra={"xl/worksheets/sheet1.xml": laughs}))
