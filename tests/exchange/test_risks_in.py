"""The risk register comes in by the same exchange as assets: dry run, conflict, commit, undo, round trip."""

import pytest

from governance.exchange.importing import check, commit, undo
from governance.exchange.models import Batch
from governance.history.trail import signed
from governance.people.models import Role
from governance.people.registers.sheet import SHEETS, Sheet, offer
from risks.models import Risk
from risks.representations.sheet import SHEET
from tests.cast import play, signed_in
from tests.exchange.test_round_trip import edited_csv
from tests.exchange.uploads import brought, csv_file
from tests.factories import AssetFactory, PostFactory, RiskFactory, UnitFactory
from tests.risks.factories import score

pytestmark = pytest.mark.django_db
HEADINGS = ["Risk ID", "Risk title", "Cause", "Consequences", "Risk owner", "Service", "Asset reference"]


@pytest.fixture(autouse=True)
def _in_a_request(ig_officer):
    with signed(ig_officer):
        yield


def bring(rows, by, headings=HEADINGS, **options):
    return brought(csv_file([headings, *rows]), by, register="risks", name="risks.csv", **options)


def out(person, query="?file_columns=all"):
    return b"".join(signed_in(person).get(f"/exchange/risks/file.csv{query}").streaming_content)


def back(content, by, **options):
    return brought(content, by, register="risks", name="risks.csv", source="Our own", **options)


def new_row(owner, title="Loss of a laptop", asset=""):
    return ["", title, "No encryption", "A breach", owner.post.code, owner.post.unit.code, asset]


def test_a_council_s_own_risks_come_in_under_new_references(ig_officer, owner):
    batch = bring([new_row(owner, asset=owner.asset.reference)], ig_officer)
    assert batch.rows.counts() == {"new": 1, "changed": 0, "conflict": 0, "error": 0}
    highest = max(int(risk.reference[3:]) for risk in Risk.objects.all())
    commit(batch.pk)
    risk = Risk.objects.get(title="Loss of a laptop")
    assert risk.reference == f"IR-{highest + 1:04}"
    assert (risk.cause, risk.consequence, risk.state) == ("No encryption", "A breach", "open")
    assert (risk.owner, risk.unit, risk.asset) == (owner.post, owner.post.unit, owner.asset)
    (version,) = Risk.history.filter(id=risk.pk)
    assert version.history_change_reason == f"Imported from risks.csv, batch {batch.pk}"


def test_every_fault_of_a_risk_names_its_column(ig_officer, owner):
    rows = [
        ["IR-9999", "Unknown", "", "", owner.post.code, owner.post.unit.code, ""],
        ["", "", "", "", "nobody", owner.post.unit.code, "IA-9999"],
    ]
    faults = {row.number: {fault[0] for fault in row.faults} for row in bring(rows, ig_officer).rows.all()}
    assert faults == {2: {"Risk ID"}, 3: {"Risk title", "Risk owner", "Asset reference"}}


def test_a_file_that_nobody_edited_changes_no_risk(ig_officer):
    RiskFactory.create_batch(5, cause="=A formula", event="Two\r\nlines", asset=AssetFactory())
    batch = back(out(ig_officer), ig_officer, blank_means_empty=True)
    assert (batch.row_count, batch.unchanged_count) == (5, 5)


def test_thirty_cells_of_two_hundred_risks_leave_thirty_versions_and_no_other(ig_officer):
    post = PostFactory()
    RiskFactory.create_batch(200, owner=post, asset=AssetFactory(owner=post))
    edits = {(row, "Event"): f"Edited {row}" for row in range(2, 176, 6)} | {(1, "Cause"): "Edited 1"}
    assert len(edits) == 30
    before = Risk.history.count()
    batch = back(edited_csv(out(ig_officer), edits), ig_officer)
    assert batch.rows.counts() == {"new": 0, "changed": 30, "conflict": 0, "error": 0}
    commit(batch.pk)
    assert Risk.history.count() == before + 30
    assert Risk.objects.filter(event__startswith="Edited").count() == 29


def test_what_somebody_else_changed_meanwhile_is_a_conflict(ig_officer):
    risk = RiskFactory(title="Before")
    content = edited_csv(out(ig_officer), {(1, "Title"): "From the file"})
    Risk.objects.filter(pk=risk.pk).update(title="From a page")
    (row,) = back(content, ig_officer).rows.all()
    assert (row.kind, row.contested) == ("conflict", {"title": "From the file"})


def test_undo_withdraws_new_risks_and_gives_changed_ones_back(ig_officer, owner):
    was = owner.risk.title
    change = ["IR-" + owner.risk.reference[3:], "Renamed", *new_row(owner)[2:]]
    batch = bring([new_row(owner), change], ig_officer)
    commit(batch.pk)
    assert undo(batch.pk) == 0
    new = Risk.objects.get(title="Loss of a laptop")
    owner.risk.refresh_from_db()
    assert (new.state, owner.risk.title) == ("withdrawn", was)
    assert new.reference not in signed_in(ig_officer).get("/risks/").content.decode()


def test_no_file_withdraws_a_risk_or_changes_one_that_is_withdrawn(ig_officer):
    risk, gone = RiskFactory(), RiskFactory(state="withdrawn")
    rows = [[risk.reference, "Withdrawn", risk.title], [gone.reference, "Open", "Renamed"]]
    batch = bring(rows, ig_officer, ["Reference", "State", "Title"])
    said = [row.faults[0][2] for row in batch.rows.order_by("number")]
    assert said == ["“Withdrawn” cannot be set by a file, only on its page", "You may not change it"]


@pytest.mark.parametrize("count", [10, 200])
def test_ten_risks_take_as_many_queries_as_two_hundred(ig_officer, count, django_assert_max_num_queries):
    post = PostFactory()
    rows = [[risk.reference, f"Renamed {risk.pk}"] for risk in RiskFactory.create_batch(count, owner=post)]
    batch = bring(rows, ig_officer, ["Reference", "Title"])
    with django_assert_max_num_queries(12):
        check(batch, ig_officer)
    with django_assert_max_num_queries(12):
        commit(batch.pk)


def test_the_check_begins_with_what_is_for_reading_only(ig_officer):
    risk = RiskFactory()
    score(risk, 3, 3)
    batch = back(edited_csv(out(ig_officer), {(1, "Level"): "Low"}), ig_officer)
    assert batch.unchanged_count == 1
    page = signed_in(ig_officer).get(batch.get_absolute_url()).content.decode()
    said = page.index("Cells of these that differ from the register’s are not brought in.")
    assert said < page.index("Rows that change nothing")
    assert "Level, Score, Colour, Next review, Escalated, Scored from, Inherent level" in page[:said]
    assert "The level follows from likelihood and impact." in page
    assert "the register says all of it already, but for what is for reading only." in page


def test_a_file_of_risks_without_scores_says_nothing_of_them(ig_officer, owner):
    batch = bring([new_row(owner)], ig_officer)
    assert "For reading only" not in signed_in(ig_officer).get(batch.get_absolute_url()).content.decode()


# Who may, and where


def test_the_register_leads_to_the_upload_for_risks(ig_officer):
    browser = signed_in(ig_officer)
    address = "/exchange/imports/new/?register=risks"
    assert f'href="{address}"' in browser.get("/risks/").content.decode()
    field = browser.get(address).context["form"]["register"]
    assert field.value() == "risks"
    assert [key for key, _ in field.field.choices] == list(SHEETS)


@pytest.mark.parametrize("role", [Role.SIRO, Role.DPO, Role.INTERNAL_AUDITOR])
def test_who_only_reads_brings_no_file_in(role):
    browser = signed_in(play("reader", role))
    RiskFactory()
    assert "imports/new" not in browser.get("/risks/").content.decode()
    assert browser.get("/exchange/imports/new/?register=risks").status_code == 403


def test_a_batch_is_shown_to_those_who_may_bring_files_into_its_register(ig_officer):
    batch = bring([["", "A", "", "", "x", "y", ""]], ig_officer)
    assert Batch.objects.visible_to(ig_officer).filter(pk=batch.pk).exists()
    assert "<td>Risks</td>" in signed_in(ig_officer).get("/exchange/imports/").content.decode()
    assert not Batch.objects.visible_to(play("keeper", Role.SIRO)).exists()


def test_a_keeper_of_one_unit_brings_nothing_in():
    person = play("unit_keeper", Role.RECORDS_MANAGER, UnitFactory())
    assert not person.has_perm(SHEET.bring_in)


def test_a_register_without_references_is_not_offered():
    sheet = Sheet(
        key="none", model=Risk, noun="x", plural="x", columns=(), permission="risks.change_risk", bring_in="x"
    )
    with pytest.raises(ValueError, match="Nothing gives new entries of none their references"):
        offer(sheet)
