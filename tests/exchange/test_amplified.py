"""A small file that says one long thing very often costs no more than a large one."""

import resource

import pytest
from django.db import connection

from governance.core.packed import MEGABYTE
from governance.exchange.reading import FileRefusedError, read
from governance.exchange.reading.limits import LONGEST_CELL, MOST_CHARACTERS, Grid
from tests.exchange.uploads import MAIN, brought, csv_file, ods, xlsx

LONG = "_x0041_" + "a" * 32_000
SHARED = (("xl/sharedStrings.xml", f"<sst {MAIN}><si><t>{LONG}</t></si></sst>"),)


def amplified_xlsx(rows, columns=100):
    """A workbook whose cells all name the same long text."""
    cells = '<c t="s"><v>0</v></c>' * columns
    return xlsx(f"<sheetData>{f'<row>{cells}</row>' * rows}</sheetData>", extra=SHARED)


def amplified_ods(rows, columns=100):
    """A workbook with one cell of a long text, repeated to the right and down."""
    cell = (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}">'
        f"<text:p>{'a' * 32_000}</text:p></table:table-cell>"
    )
    return ods({"Sheet1": f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'})


@pytest.mark.parametrize("rows", [30, 500])
@pytest.mark.parametrize("made", [amplified_xlsx, amplified_ods])
def test_a_text_that_many_cells_name_is_refused_before_it_fills_the_memory(made, rows):
    data = made(rows)
    assert len(data) < MEGABYTE
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FileRefusedError):
        read(data)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown < 200 * MEGABYTE


def test_the_characters_of_all_cells_are_counted_whatever_reads_them():
    grid, row = Grid(), ["a" * LONGEST_CELL] * 100
    whole = MOST_CHARACTERS // (LONGEST_CELL * 100)
    for number in range(1, whole + 1):
        grid.add(number, list(row))
    with pytest.raises(FileRefusedError, match=rf"down to row {whole + 1} hold over 25,000,000 char"):
        grid.add(whole + 1, list(row))


@pytest.mark.django_db
def test_a_reference_in_every_row_is_told_in_few_words(ig_officer, owner):
    rows = [["Reference", "Title"], *([owner.asset.reference, f"Title {n}"] for n in range(3_000))]
    batch = brought(csv_file(rows), ig_officer)
    row = batch.rows.get(number=9)
    assert row.faults == [
        ["Reference", owner.asset.reference,
         "The same reference stands in rows 2, 3, 4, 5, 6 and 2,994 more too"],
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(pg_column_size(r.*)) FROM exchange_batchrow r")
        assert cursor.fetchone()[0] < 1_000


@pytest.mark.django_db
def test_of_a_row_in_error_only_what_is_wrong_is_kept(ig_officer, owner):
    type(owner.asset).objects.filter(pk=owner.asset.pk).update(description="Long " * 5_000)
    data = csv_file([["Reference", "Description", "Form"], [owner.asset.reference, "Short", "Papyrus"]])
    row = brought(data, ig_officer).rows.get()
    assert (row.kind, row.patch, row.before, row.contested) == ("error", {}, {}, {})
