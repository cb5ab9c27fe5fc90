"""A file goes out, some cells are edited, and it comes back: those cells change, and nothing else."""

import csv
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from assets.models import Asset, Function, Marking
from governance.core.formulas import TOO_LONG
from governance.exchange.importing.checking import check
from governance.exchange.importing.committing import commit
from governance.exchange.importing.matching import guess, match, unmatched
from governance.exchange.importing.receiving import receive, table_of
from governance.exchange.models import Batch
from governance.exchange.writing.cells import LONGEST
from governance.people.registers.sheet import SHEETS
from tests.cast import signed_in
from tests.exchange.files import csv_rows
from tests.factories import PostFactory

pytestmark = pytest.mark.django_db
AWKWARD = [
    "=1+1",
    "'=1+1",
    "＝2",
    "-5 to 0 years",
    "@home",
    "two\nlines",
    "two\r\nlines, as a browser ends them",
    'quotes " and, commas; and\ttabs',
    "  spaces around  ",
    "_x0041_",
    "007",
    "2016-10-24",
    "1e5",
    "TRUE",
    "Ŵ naïve 日本 🗄",
    "",
]


def register_of(number):
    post = PostFactory()
    marking, function = Marking.objects.first(), Function.objects.first()
    Asset.objects.bulk_create(
        Asset(
            reference=f"IA-{n:04}",
            title=f"Asset {n}",
            description=AWKWARD[n % len(AWKWARD)],
            potential=AWKWARD[(n + 5) % len(AWKWARD)],
            owner=post,
            unit_id=post.unit_id,
            custodian=post if n % 3 else None,
            form=Asset.Form.values[n % 4],
            state=Asset.State.values[n % 4],  # what is disposed of stays as it is
            contains_personal_data=(True, False, None)[n % 3],
            marking=marking if n % 2 else None,
            function=function if n % 5 else None,
            retention_from=date(2016, 3, 31) if n % 4 else None,
            longest_outage_hours=n if n % 2 else None,
        )
        for n in range(1, number + 1)
    )


def out(person, ending):
    states = [("state", state) for state in Asset.State.values]
    query = [*states, ("file_columns", "all")]
    answer = signed_in(person).get(
        f"/exchange/assets/file.{ending}?" + "&".join(f"{name}={value}" for name, value in query)
    )
    return b"".join(answer.streaming_content)


def back(person, content, **options):
    """The batch after the dry run."""
    batch = receive(content, "file", register="assets", source="Our own file", by=person)
    table = table_of(batch)
    mapping = guess(SHEETS["assets"], table.headings, {})
    assert unmatched(table, mapping) == []
    match(batch, mapping, **options)
    check(batch, person)
    return Batch.objects.get(pk=batch.pk)


def edited_csv(content, edits):
    """The file as a spreadsheet saves it, with other words in some cells: {(row, heading): text}."""
    rows = csv_rows(content)
    for (row, heading), text in edits.items():
        rows[row][rows[0].index(heading)] = text
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def edited_xlsx(content, edits):
    """The same for a workbook: a title is found by what it says, since each says something else."""
    with ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    for (row, _), text in edits.items():
        assert f">Asset {row}</t>" in sheet
        sheet = sheet.replace(f">Asset {row}</t>", f">{text}</t>")
    parts["xl/worksheets/sheet1.xml"] = sheet
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def versions():
    return Asset.history.count()


@pytest.mark.parametrize(("ending", "edited"), [("csv", edited_csv), ("xlsx", edited_xlsx)])
def test_thirty_cells_of_a_thousand_rows_leave_thirty_versions_and_no_other(ig_officer, ending, edited):
    register_of(1_000)
    edits = {(row, "Title"): f"Edited {row}" for row in range(7, 1_000, 34)}
    assert len(edits) == 30
    before, standing = versions(), dict(Asset.objects.values_list("reference", "title"))

    batch = back(ig_officer, edited(out(ig_officer, ending), edits))

    assert batch.rows.counts() == {"new": 0, "changed": 30, "conflict": 0, "error": 0}
    assert (batch.row_count, batch.unchanged_count) == (1_000, 970)
    assert commit(batch.pk)
    assert versions() == before + 30
    changed = {f"IA-{row:04}": f"Edited {row}" for row, _ in edits}
    assert dict(Asset.objects.values_list("reference", "title")) == standing | changed


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("blank_means_empty", [True, False])
def test_a_file_that_nobody_edited_changes_nothing(ig_officer, ending, blank_means_empty):
    register_of(70)
    batch = back(ig_officer, out(ig_officer, ending), blank_means_empty=blank_means_empty)
    assert [(row.reference, row.patch, row.faults) for row in batch.rows.all()] == []
    before = versions()
    assert commit(batch.pk)
    assert versions() == before


def test_an_edited_cell_keeps_what_looks_like_a_formula(ig_officer):
    register_of(1)
    batch = back(ig_officer, edited_csv(out(ig_officer, "csv"), {(1, "Description"): "=2+2"}))
    commit(batch.pk)
    assert Asset.objects.get().description == "=2+2"


def test_a_text_too_long_for_a_cell_comes_back_unchanged(ig_officer):
    register_of(1)
    Asset.objects.update(description="a" * (LONGEST + 1))
    content = out(ig_officer, "xlsx")
    with ZipFile(BytesIO(content)) as archive:
        assert TOO_LONG in archive.read("xl/worksheets/sheet1.xml").decode()
    assert back(ig_officer, content).rows.count() == 0


def test_what_somebody_else_changed_meanwhile_is_a_conflict_and_only_that(ig_officer):
    register_of(2)
    content = edited_csv(
        out(ig_officer, "csv"), {(1, "Title"): "From the file", (2, "Title"): "Also from the file"}
    )
    Asset.objects.filter(reference="IA-0001").update(title="From a page")
    Asset.objects.filter(reference="IA-0002").update(description="Another field")
    counts = back(ig_officer, content).rows.counts()
    assert (counts["conflict"], counts["changed"]) == (1, 1)


def test_the_view_of_the_page_comes_back_too(ig_officer):
    register_of(3)
    answer = signed_in(ig_officer).get("/exchange/assets/file.csv?sort=-title")
    content = b"".join(answer.streaming_content)
    batch = back(ig_officer, content)
    assert batch.rows.count() == 0
