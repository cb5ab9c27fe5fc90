"""A register as a file: exactly what its page shows, for exactly those who may see it."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest
import time_machine

from assets.models import Asset, Function, Marking
from assets.representations.sheet import SHEET
from governance.people.models import Role
from governance.people.registers.choosing import choose
from tests.cast import play, signed_in
from tests.exchange.files import csv_rows, xlsx_rows
from tests.factories import AssetFactory, PostFactory, UnitFactory

pytestmark = pytest.mark.django_db
KEYS = ["Reference", "Version"]
SHOWN = ["Title", "Unit", "Owner", "Form", "Contains personal data"]


def exported(person, ending="csv", **query):
    answer = signed_in(person).get(f"/exchange/assets/file.{ending}?" + urlencode(query, doseq=True))
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer.streaming_content)


def rows(person, **query):
    return csv_rows(exported(person, **query))


def references(person, **query):
    return [row[0] for row in rows(person, **query)[1:]]


def on_the_page(person, **query):
    page = signed_in(person).get("/assets/?" + urlencode(query, doseq=True)).content.decode()
    return re.findall(r">(IA-\d+)</a>", page)


@pytest.mark.parametrize("read", [("csv", csv_rows), ("xlsx", xlsx_rows)])
def test_a_file_has_reference_version_and_the_columns_of_the_page(ig_officer, read):
    ending, rows_of = read
    asset = AssetFactory(title="Adoption records", contains_personal_data=None)

    heading, row = rows_of(exported(ig_officer, ending))

    assert heading[:7] == KEYS + SHOWN
    assert row[:7] == [
        asset.reference,
        str(asset.standing_version()),
        "Adoption records",
        asset.unit.name,
        asset.owner.title,
        "Electronic documents",
        "Not yet assessed",
    ]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"kind": ["paper"]},
        {"kind": ["paper", "data"], "sort": "-title"},
        {"q": "alpha"},
        {"personal_data": "False"},
        {"sort": "-reference"},
        {"vacant": "on", "sort": "form"},
        {"sort": "nonsense"},
        {"page": "2"},
    ],
)
def test_a_file_holds_the_rows_of_the_page_in_its_order(ig_officer, query):
    for number, form in enumerate(["paper", "data", "mixed", "paper"]):
        AssetFactory(form=form, title=f"{'alpha' if number % 2 else 'beta'} {number}")
    AssetFactory(contains_personal_data=False, form="data")
    assert references(ig_officer, **query) == on_the_page(ig_officer, **query)


def test_a_file_holds_all_pages(ig_officer):
    AssetFactory.create_batch(120)
    assert len(references(ig_officer)) == 120


def test_nobody_gets_more_by_a_file_than_the_page_shows(cast):
    mine, theirs = cast["owner"].asset.reference, cast["other_owner"].asset.reference
    assert references(cast["owner"]) == [mine]
    assert references(cast["other_owner"]) == [theirs]
    for reads_all in (Role.IG_OFFICER, Role.SIRO, Role.INTERNAL_AUDITOR, Role.DPO):
        assert references(cast[reads_all]) == [mine, theirs]


@pytest.mark.parametrize("who", ["outsider", Role.ADMINISTRATOR, Role.PORTFOLIO_HOLDER])
def test_who_may_not_enter_the_register_gets_no_file(cast, who):
    assert signed_in(cast[who]).get("/exchange/assets/file.csv").status_code == 403


def test_every_column_can_be_had(ig_officer):
    asset = AssetFactory(
        function=Function.objects.get(code="adult-care"),
        marking=Marking.objects.get(code="official-sensitive"),
        part_of=AssetFactory(),
        longest_outage_hours=48,
        retention_from=date(2016, 3, 31),
    )

    heading, _, row = rows(ig_officer, file_columns="all", sort="reference")
    said = dict(zip(heading, row, strict=True))

    columns = (SHEET.written, *SHEET.columns, *SHEET.several, *SHEET.derived)
    assert heading == KEYS + [column.heading for column in columns]
    assert said["Part of"] == asset.part_of.reference
    assert said["Function"] == "Adult care"
    assert said["Protective marking"] == "OFFICIAL-SENSITIVE"
    assert said["Longest tolerable outage in hours"] == "48"
    assert said["The period runs from"] == "2016-03-31"
    assert said["Confidentiality"] == ""


def test_every_cell_says_what_the_sheet_says_of_the_entry(ig_officer):
    """The fast way out and the plain one agree, column by column."""
    asset = AssetFactory(function=Function.objects.first(), custodian=PostFactory(), part_of=AssetFactory())
    _, _, row = rows(ig_officer, file_columns="all", sort="reference")
    plainly = [column.write(asset) for column in SHEET.columns]
    own = row[3 : -len(SHEET.derived) - len(SHEET.several)]
    assert own == ["" if cell is None else str(cell) for cell in plainly]


def test_a_file_of_a_past_day_says_what_was_so_then_in_the_words_of_then(ig_officer):
    with time_machine.travel("2016-10-24 12:00+00:00"):
        unit = UnitFactory(name="Housing")
        post = PostFactory(title="Head of housing", unit=unit)
        asset = AssetFactory(title="Tenancies", owner=post)
    # Postgres's clock is the real one: what is written today was not there yesterday.
    Asset.objects.filter(pk=asset.pk).update(title="Tenancy files")
    assert references(ig_officer, as_at="2016-10-25") == []
    assert rows(ig_officer)[1][2] == "Tenancy files"


def test_an_address_that_makes_no_sense_leads_to_the_page_which_says_so(ig_officer):
    answer = signed_in(ig_officer).get("/exchange/assets/file.csv?as_at=2016-02-30&kind=paper")
    assert answer.status_code == 302
    assert answer.url.startswith("/assets/?")
    assert "kind=paper" in answer.url


@pytest.mark.parametrize("address", ["/exchange/nothing/file.csv", "/exchange/assets/file.exe"])
def test_there_is_no_such_file(ig_officer, address):
    assert signed_in(ig_officer).get(address).status_code == 404


def test_the_name_of_the_file_says_of_what_it_is_and_how_it_is_marked(ig_officer, settings):
    settings.PROTECTIVE_MARKING = "OFFICIAL"
    answer = signed_in(ig_officer).get("/exchange/assets/file.xlsx?as_at=2016-10-24")
    assert (
        answer["Content-Disposition"]
        == 'attachment; filename="information-assets-as-at-2016-10-24-official.xlsx"'
    )


def test_the_second_sheet_says_what_was_left_out(ig_officer):
    content = exported(ig_officer, "xlsx", kind="paper", as_at="2016-10-24")
    said = dict(xlsx_rows(content, sheet=2))
    assert said["As at"] == "24 October 2016"
    assert said["Form"] == "Paper"


def test_files_name_posts_and_never_persons(cast):
    for query in ({}, {"file_columns": "all"}):
        text = exported(cast["ig_officer"], **query).decode()
        assert cast["owner"].display_name not in text
        assert cast["owner"].post.title in text


def test_a_title_that_looks_like_a_formula_is_a_text(ig_officer):
    AssetFactory(title='=HYPERLINK("http://bad.example")')
    assert rows(ig_officer)[1][2] == '\'=HYPERLINK("http://bad.example")'


@pytest.mark.parametrize("number", [10, 200])
@pytest.mark.parametrize(("query", "most"), [("", 15), ("?file_columns=all", 26)])
def test_a_file_asks_the_database_as_often_for_many_rows_as_for_few(
    ig_officer, number, query, most, django_assert_max_num_queries
):
    """Each list that a column names is read once; the rows by one cursor. Four of these are savepoints."""
    AssetFactory.create_batch(number, owner=PostFactory())
    browser = signed_in(ig_officer)
    with django_assert_max_num_queries(most):
        answer = browser.get(f"/exchange/assets/file.csv{query}")
        assert len(csv_rows(b"".join(answer.streaming_content))) == number + 1


def test_a_file_is_read_from_the_database_as_it_is_sent(ig_officer, django_assert_max_num_queries):
    AssetFactory.create_batch(3)
    answer = signed_in(ig_officer).get("/exchange/assets/file.csv")
    pieces = iter(answer.streaming_content)
    assert next(pieces).startswith(b"\xef\xbb\xbfReference")
    Asset.objects.update(title="Changed before the first row was asked for")
    assert b"Changed before" in next(pieces)
    answer.close()


def test_a_keeper_of_one_unit_gets_the_file_of_that_unit():
    unit = UnitFactory()
    AssetFactory()
    mine = AssetFactory(owner=PostFactory(unit=unit))
    assert references(play("service_manager", Role.SERVICE_MANAGER, unit)) == [mine.reference]


def test_the_page_offers_its_rows_as_files_under_its_own_address(ig_officer):
    AssetFactory(form="paper")
    page = signed_in(ig_officer).get("/assets/?kind=paper&sort=-title&page=1").content.decode()
    assert 'href="/exchange/assets/file.csv?kind=paper&amp;sort=-title"' in page
    assert 'href="/exchange/assets/file.xlsx?kind=paper&amp;sort=-title&amp;file_columns=all"' in page


def test_a_page_without_rows_offers_no_file(ig_officer):
    assert "/file." not in signed_in(ig_officer).get("/assets/?q=nothing").content.decode()


def test_the_columns_that_a_person_chose_are_those_of_the_file(ig_officer):
    AssetFactory(title="Ours", is_key=True)
    choose(ig_officer, "assets", ["criticality", "is_key", "function"])
    heading, row = rows(ig_officer)
    assert heading == [*KEYS, "Title", "Function", "Criticality", "Key asset"]
    assert row[2:] == ["Ours", "", "", "Yes"]


def test_a_mistyped_word_finds_in_the_file_what_it_finds_on_the_page(ig_officer):
    found = AssetFactory(title="Adoption records")
    AssetFactory(title="Payroll")
    assert on_the_page(ig_officer, q="Adption recrods") == [found.reference]
    assert references(ig_officer, q="Adption recrods") == [found.reference]
