"""A pack holds what stood on its day, in the auditor's columns; a change since the sign-off shows."""

import hashlib
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.models import ActionRecommendation, EvidencePack, PackLayout, Status
from actions.representations.handed_over import FIELDS
from actions.services import evidence
from actions.services.packs import content_of
from governance.core.dates import today
from tests.actions.evidence_files import CSV, PDF, a_document, upload
from tests.actions.moving import move
from tests.actions.packs import a_pack, a_recommendation, page_of, saved
from tests.actions.pages import text, told
from tests.cast import signed_in
from tests.factories import ActionFactory, RecommendationFactory, UserFactory

pytestmark = pytest.mark.django_db
ALL = "\n".join(f"Heading {name} = {name}" for name in FIELDS)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Where this test keeps its files."""
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    return settings.EVIDENCE_DIR


@pytest.fixture
def asked(db):
    """A recommendation, and an action that was completed for it."""
    return a_recommendation()


def test_every_field_says_what_stood_at_the_end_of_the_day(asked):
    layout = PackLayout.objects.create(code="all", name="All", columns=ALL)
    action = asked.action
    before, after = (content_of(a_pack(asked, on, layout)) for on in (date(2016, 5, 1), date(2016, 5, 2)))
    cells = [dict(zip(FIELDS, content.rows[0], strict=True)) for content in (before, after)]
    assert [each["status"] for each in cells] == ["Not started", "Completed"]
    assert [each["completed"] for each in cells] == ["ICO-001: not completed", "ICO-001: 2 May 2016"]
    assert cells[1] | {"owners": ""} == {
        "reference": "A01",
        "recommendation": "Train everybody",
        "area": "",
        "priority": "",
        "response": "Accepted",
        "reason": "",
        "status": "Completed",
        "actions": "ICO-001: Hold courses",
        "owners": "",
        "due": "ICO-001: no due date",
        "progress": "ICO-001: Completed",
        "completed": "ICO-001: 2 May 2016",
        "report": "ICO-001: All were trained",
        "evidence": "ICO-001: no document",
    }
    assert cells[1]["owners"] == f"ICO-001: {action.owner.title}"


def test_what_is_reported_as_completed_once_more_was_completed_when_it_first_was(asked):
    told(asked.action, Status.COMPLETED, date(2016, 6, 1))
    layout = PackLayout.objects.create(code="done", name="Done", columns="Done = completed")
    assert content_of(a_pack(asked, date(2016, 6, 2), layout)).rows == [["ICO-001: 2 May 2016"]]


def test_a_due_date_is_the_one_that_stood_on_the_day(asked):
    asked = RecommendationFactory(audit=asked.audit, reference="A02")
    action = ActionFactory(plan__audit=asked.audit, recommendation=asked, due_on=date(2016, 5, 1))
    move(action, date(2016, 6, 1), on=date(2016, 3, 1))
    layout = PackLayout.objects.create(code="due", name="Due", columns="Due = due")
    said = [content_of(a_pack(asked, on, layout)).rows[1] for on in (date(2016, 2, 29), date(2016, 3, 1))]
    assert said == [[f"{action.reference}: 1 May 2016"], [f"{action.reference}: 1 June 2016"]]


def test_a_further_action_and_one_without_an_answer_have_their_place(asked):
    other, lonely = RecommendationFactory(audit=asked.audit, reference="A02"), None
    lonely = RecommendationFactory(audit=asked.audit, reference="A03")
    ActionRecommendation.objects.create(action=asked.action, recommendation=other)
    rows = {row[0]: row for row in content_of(a_pack(asked)).rows}
    assert set(rows) == {"A01", "A02", lonely.reference}
    assert "Hold courses" in rows["A02"][4]
    assert rows["A03"][4] == ""


def test_documents_of_the_day_are_in_it_with_every_version_and_later_ones_are_not(asked):
    document = a_document(asked.action)
    evidence.add_version(document, file=upload("New.csv", CSV), link="", by=UserFactory())
    today_, before = content_of(a_pack(asked)), content_of(a_pack(asked, date(2016, 12, 31)))
    assert [(held.action, held.number) for held in today_.documents] == [("ICO-001", 1), ("ICO-001", 2)]
    assert before.documents == []


def test_the_same_content_has_the_same_digest_and_any_change_another(asked):
    pack = a_pack(asked)
    found = [content_of(pack).digest]
    assert content_of(pack).digest == found[0]
    document = a_document(asked.action)
    found.append(content_of(pack).digest)
    evidence.take_down(document.versions.get(), "Names a child", by=UserFactory())
    found.append(content_of(pack).digest)
    asked.response_reason = "In part"
    asked.save()
    PackLayout.objects.filter(pk=pack.layout_id).update(columns="Why = reason")
    found.append(content_of(EvidencePack.objects.get()).digest)
    assert len(set(found)) == 4


def test_layouts_are_seen_by_those_who_make_or_read_packs(cast, asked):
    seen = {who for who, person in cast.items() if PackLayout.objects.visible_to(person)}
    assert seen == {"ig_officer", "records_manager", "siro", "internal_auditor"}


def test_the_pack_is_one_zip_whose_manifest_names_each_file_by_its_sum(asked, siro):
    first = a_document(asked.action, file=upload("Minutes of “May”; final.pdf"))
    a_document(asked.action, link="https://a.example/notes", title="Notes <b>")
    files = saved(siro, a_pack(asked))
    evidence_name = "evidence/ICO-001-EV-0001-v1-Minutes-of-May-final.pdf"
    assert list(files) == ["table.csv", "table.xlsx", evidence_name, "index.html", "manifest-sha256.txt"]
    assert files[evidence_name] == PDF
    sums = dict(reversed(line.split("  ")) for line in files["manifest-sha256.txt"].decode().splitlines())
    assert sums == {name: hashlib.sha256(files[name]).hexdigest() for name in list(files)[:-1]}
    assert sums[evidence_name] == first.versions.get().sha256
    assert files["table.csv"].decode("utf-8-sig").splitlines()[0].startswith("Ref,Recommendation")
    index = files["index.html"].decode()
    for said in (evidence_name, "https://a.example/notes", "Notes &lt;b&gt;", "Not yet", "Recommendations"):
        assert said in index
    with ZipFile(BytesIO(files["table.xlsx"])) as workbook:
        assert b"Train everybody" in workbook.read("xl/worksheets/sheet1.xml")


def test_what_cannot_be_handed_over_is_said_in_the_index_and_the_rest_goes(asked, siro, ig_officer):
    lost = a_document(asked.action).versions.get()
    taken = a_document(asked.action, file=upload("a.csv", CSV)).versions.get()
    evidence.path_of(lost.kept_as).unlink()
    evidence.take_down(taken, "Names a child", by=ig_officer)
    files = saved(siro, a_pack(asked))
    assert not [name for name in files if name.startswith("evidence/")]
    index = files["index.html"].decode()
    assert "not handed over. The file of EV-0001 version 1 is not where files are kept" in index
    assert "taken down, Names a child" in index


def test_a_formula_in_a_cell_is_no_formula_in_the_table(asked, siro):
    asked.text = '=HYPERLINK("https://a.example")'
    asked.save()
    table = saved(siro, a_pack(asked))["table.csv"].decode()
    assert "\"'=HYPERLINK" in table or ",'=HYPERLINK" in table


def test_there_is_one_pack_of_a_day_in_a_layout(asked, ig_officer):
    pack = a_pack(asked)
    with pytest.raises(IntegrityError, match="pack_of_a_follow_up_once"), transaction.atomic():
        a_pack(asked)
    address = reverse("actions:new_pack", args=[asked.audit.code, 1])
    on = {"as_at_day": today().day, "as_at_month": today().month, "as_at_year": today().year}
    browser = signed_in(ig_officer)
    again = browser.post(address, {"layout": pack.layout_id, **on})
    assert "There is a pack of that day in that layout already" in text(again)
    ahead = browser.post(address, {"layout": pack.layout_id, **on, "as_at_year": today().year + 1})
    assert "must be today or in the past" in text(ahead)
    past = browser.post(address, {"layout": pack.layout_id, **on, "as_at_year": 2017, "as_at_day": 1})
    assert past.url == page_of(EvidencePack.objects.get(as_at__year=2017))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Ref", "needs a heading, then ="),
        ("= reference", "needs a heading, then ="),
        ("Ref = nonsense", "“nonsense” under “Ref” is nothing that a pack has"),
        ("Ref = reference\nref = area", "The heading “ref” stands there twice"),
        (f"{'a' * 101} = reference", "must be 100 characters or fewer"),
        ("\n".join(f"H{number} = area" for number in range(31)), "30 columns at most, not 31"),
        (" ", "Enter the columns"),
    ],
)
def test_columns_that_make_no_table_are_refused_and_kept(ig_officer, typed, sentence):
    said = {"name": "Ours", "code": "ours", "columns": typed}
    page = text(signed_in(ig_officer).post(reverse("actions:new_pack_layout"), said))
    assert sentence in page
    assert "Ours" in page
    assert not PackLayout.objects.filter(code="ours").exists()


def test_a_layout_is_entered_and_its_columns_change_with_a_reason(ig_officer, auditor):
    browser = signed_in(ig_officer)
    said = {"name": "Ours", "code": "ours", "columns": "Ref=Reference\r\n\r\nOur = own = area"}
    assert browser.post(reverse("actions:new_pack_layout"), said).status_code == 302
    layout = PackLayout.objects.get(code="ours")
    assert layout.pairs() == [("Ref", "reference"), ("Our = own", "area")]
    page = text(signed_in(auditor).get(reverse("actions:pack_layouts")))
    assert "Our = own: area" in page
    assert "Change" not in page.split("<main")[1].split("What can stand")[0]


def test_the_database_wants_a_name_and_columns_of_a_layout():
    for rule, facts in (
        ("pack_layout_has_a_name", {"name": "", "columns": "Ref = reference"}),
        ("pack_layout_has_columns", {"name": "Ours", "columns": ""}),
    ):
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            PackLayout.objects.create(code="ours", **facts)


def test_more_recommendations_cost_no_further_query(asked):
    a_document(asked.action, link="https://a.example")
    pack = EvidencePack.objects.for_page().get(pk=a_pack(asked).pk)

    def queries():
        with CaptureQueriesContext(connection) as found:
            content_of(pack)
        return len(found)

    few = queries()
    for _ in range(10):
        more = RecommendationFactory(audit=asked.audit)
        a_document(ActionFactory(plan=asked.action.plan, recommendation=more), link="https://a.example")
    assert queries() == few <= 8
