"""Rows that the database spells: to the letter what would be written here of the same values."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import F, Value

from assets.models import Asset
from governance.core.formulas import dangerous_there, is_dangerous
from governance.exchange.writing import cells, commas, workbook
from governance.exchange.writing.rows import batches
from governance.exchange.writing.spelled import LINES, Outgoing, Rows
from governance.exchange.writing.table import Table
from governance.people.registers.columns import Named
from tests.exchange.files import csv_rows, xlsx_cells, xlsx_rows
from tests.exchange.test_formulas import DANGEROUS
from tests.exchange.test_round_trip import register_of
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db
TEXTS = [
    *(f"{first}1+1" for first in DANGEROUS),
    *(f" \u2003{first}1" for first in DANGEROUS),
    "one\r\ntwo\rthree\nfour",
    'quotes ", commas, and\ttabs; \\n \\. \\',
    "<b>&amp;</b> ]]>",
    "_x0041_ _x0042_x0043_ _x",
    "".join(map(chr, [*range(1, 32), 0xFFFE, 0xFFFF])),
    "100% %s {} '' \x01\x02",
    "Ŵ naïve 日本 🗄",
    "  kept spaces  ",
    "a" * (cells.LONGEST + 1),
    "\\.",
]


def columns(*paths, **options):
    return [Outgoing(path, path, **options) for path in paths]


def both(found, out, write):
    """The file by the database, and by ourselves of what it holds."""
    headings = [column.heading for column in out]
    reckoned = {column.path: column.reckon for column in out if column.reckon is not None}
    there = b"".join(write(Table(headings, Rows(found, out))))
    return there, b"".join(write(Table(headings, batches(found.annotate(**reckoned), out))))


def assert_same(found, out):
    there, here = both(found, out, commas.write)
    assert there == here
    there, here = both(found, out, workbook.write)
    assert xlsx_cells(there) == xlsx_cells(here)
    return csv_rows(both(found, out, commas.write)[0])[1:]


def test_the_database_takes_the_same_texts_for_formulas():
    """Every character that a text can hold, before a digit and before and behind marks of formulas."""
    asked = f"""SELECT text, {dangerous_there("text")} FROM generate_series(1, 65535) number,
 LATERAL chr(number) it, LATERAL unnest(array[it || '1', it || '=', '''' || it || '=', ' ' || it]) text
 WHERE number NOT BETWEEN 55296 AND 57343"""
    with connection.cursor() as cursor:
        cursor.execute(asked)
        answers = cursor.fetchall()
    assert len(answers) == 4 * (65_535 - 2_048)
    assert [text for text, there in answers if there is not is_dangerous(text)] == []


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_spelled_as_it_is_written_here(text):
    AssetFactory(title="Beside it", purpose=text, description=text)
    assert_same(Asset.objects.all(), columns("title", "purpose", "description", "potential"))


def test_a_register_is_spelled_as_it_is_written_here():
    register_of(64)
    out = [
        *columns("reference", "title", "description", "potential", "state"),
        *columns("longest_outage_hours", "stars", kind="number"),
        *columns("retention_from", kind="date"),
        *columns("contains_personal_data", named=Named({True: "Yes", False: "No", None: "Not assessed"})),
        *columns("is_key", named=Named({True: "Yes", False: "No", None: ""})),
        *columns("form", named=Named(dict(Asset.Form.choices))),
        Outgoing("custodian", "custodian_id", named=Named({}, before="Number ")),
    ]
    found = Asset.objects.order_by("-reference")
    rows = assert_same(found, out)
    assert [row[0] for row in rows] == list(found.values_list("reference", flat=True))
    assert {row[8] for row in rows} == {"Yes", "No", "Not assessed"}
    assert {row[11].partition(" ")[0] for row in rows} == {"", "Number"}


@pytest.mark.parametrize("day", [date(1850, 1, 1), date(1900, 12, 31), date(1901, 1, 1), date(2016, 10, 24)])
def test_a_day_is_spelled_as_it_is_written_here(day):
    AssetFactory(retention_from=day)
    assert assert_same(Asset.objects.all(), columns("title", "retention_from", kind="text")[:1] + columns(
        "retention_from", kind="date"
    ))[0][1] == day.isoformat()  # fmt: skip


@pytest.mark.parametrize(
    "word", ["=1+1", "two\nlines", 'a "quote"', "per % cent %s", "{}", "it's", "", "<&>"]
)
def test_what_values_are_called_may_hold_anything(word):
    known, unknown = AssetFactory(), AssetFactory()
    named = Named({known.unit_id: word, None: word}, before="Number ")
    out = [Outgoing("Unit", "unit_id", named=named), Outgoing("Nobody", "custodian_id", named=named)]
    rows = assert_same(Asset.objects.order_by("pk"), [*columns("title"), *out])
    assert rows[1][1] == f"Number {unknown.unit_id}"


def test_a_list_whose_only_key_is_one_is_no_yes_and_no():
    AssetFactory()
    one = [Outgoing("One", "one", named=Named({1: "The first"}), reckon=Value(1))]
    assert assert_same(Asset.objects.all(), [*columns("title"), *one])[0][1] == "The first"


def test_what_is_reckoned_is_spelled_by_its_kind():
    AssetFactory(stars=3)
    out = [*columns("title"), Outgoing("Twice", "twice", kind="number", reckon=F("stars") * 2)]
    assert assert_same(Asset.objects.all(), out)[0][1] == "6"


def test_there_may_be_more_columns_than_a_function_of_postgres_takes_values():
    asset = AssetFactory(title="Wide")
    assert assert_same(Asset.objects.all(), columns("reference", "title") * 75) == [
        [asset.reference, "Wide"] * 75
    ]


@pytest.mark.parametrize("write", [commas.write, workbook.write])
def test_where_there_are_no_rows_there_are_headings(write):
    for nothing in (Asset.objects.none(), Asset.objects.filter(pk__in=[]), Asset.objects.filter(title="?")):
        content = b"".join(write(Table(["Title", "Form"], Rows(nothing, columns("title", "form")))))
        rows = csv_rows(content) if write is commas.write else xlsx_rows(content)
        assert rows == [["Title", "Form"]]


def test_rows_are_numbered_through_all_that_is_handed_on():
    register_of(LINES + 3)
    content = b"".join(workbook.write(Table(["Title"], Rows(Asset.objects.order_by("pk"), columns("title")))))
    found = xlsx_cells(content)
    assert len(found) == LINES + 4
    assert found[f"A{LINES + 4}"][2] == f"Asset {LINES + 3}"


def test_whoever_stops_reading_leaves_the_database_ready_for_the_next_question():
    register_of(LINES + 3)
    table = Table(["Title"], Rows(Asset.objects.order_by("pk"), columns("title", "description")))
    pieces = commas.write(table)
    next(pieces)
    assert next(pieces).startswith(b"Asset 1,")
    pieces.close()
    assert Asset.objects.filter(title="Asset 1").update(title="Another") == 1
