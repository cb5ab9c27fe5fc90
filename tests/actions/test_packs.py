"""A pack holds what stood on its day, in the auditor's columns; a change since the sign-off shows."""

import hashlib
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import expect

from actions.models import ActionRecommendation, EvidencePack, FollowUp, PackLayout, PackSignature, Status
from actions.representations.packs import FIELDS, content_of
from actions.services import evidence, packs
from governance.core.dates import today
from governance.core.steps import StepError
from governance.people.models import Role
from tests.actions.evidence_files import CSV, PDF, a_document, upload
from tests.actions.moving import move
from tests.actions.pages import text, told
from tests.browser import axe, sign_in
from tests.cast import play, signed_in
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
    asked = RecommendationFactory(reference="A01", text="Train everybody", response="accepted")
    action = ActionFactory(
        plan__audit=asked.audit, recommendation=asked, reference="ICO-001", title="Hold courses"
    )
    told(action, Status.COMPLETED, date(2016, 5, 2), evidence="All were trained")
    asked.action = action
    return asked


def a_pack(asked, on=None, layout=None):
    """A pack for a follow-up of the audit."""
    follow_up, _ = FollowUp.objects.get_or_create(audit=asked.audit, number=1)
    layout = layout or PackLayout.objects.get(code="plain")
    return EvidencePack.objects.create(follow_up=follow_up, layout=layout, as_at=on or today())


def page_of(pack):
    return reverse("actions:pack", args=[pack.pk])


def saved(person, pack):
    """The files of the pack by name."""
    answer = signed_in(person).get(reverse("exchange:pack", args=[pack.pk]))
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="evidence-pack-')
    with ZipFile(BytesIO(answer.getvalue())) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


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
    assert [(action, version.number) for action, version in today_.versions] == [
        ("ICO-001", 1),
        ("ICO-001", 2),
    ]
    assert before.versions == []


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


def test_only_the_siro_signs_and_a_later_change_shows(asked, siro, ig_officer, auditor):
    pack = a_pack(asked)
    address = reverse("actions:sign_pack", args=[pack.pk])
    seen = content_of(pack).digest
    for person in (ig_officer, auditor):
        assert signed_in(person).post(address, {"seen": seen}).status_code == 403
    browser = signed_in(siro)
    assert "Not signed off yet" in text(browser.get(page_of(pack)))
    assert browser.post(address, {"seen": seen, "note": "For the visit"}).url == page_of(pack)
    page = text(signed_in(auditor).get(page_of(pack)))
    assert "It holds what was signed" in page
    assert "For the visit" in page
    assert "Sign it off" not in text(browser.get(page_of(pack)))
    a_document(asked.action)
    assert "Changed since it was signed off" in text(browser.get(page_of(pack)))
    assert "it has changed since" in saved(siro, pack)["index.html"].decode()
    assert "changed while you looked at it" in text(browser.post(address, {"seen": seen}))
    assert PackSignature.objects.count() == 1
    packs.sign(pack, content_of(pack).digest, "", by=siro)
    assert "It holds what was signed" in text(browser.get(page_of(pack)))


def test_a_pack_is_signed_once_as_it_is(asked, siro):
    pack = a_pack(asked)
    seen = content_of(pack).digest
    packs.sign(pack, seen, "", by=siro)
    with pytest.raises(StepError, match="signed off as it is already"):
        packs.sign(pack, seen, "", by=siro)
    with pytest.raises(IntegrityError, match="pack_signature_holds_a_digest"), transaction.atomic():
        PackSignature.objects.create(pack=pack, digest="short", signed_by=siro)
    with pytest.raises(IntegrityError, match="pack_is_signed_once_as_it_is"), transaction.atomic():
        PackSignature.objects.create(pack=pack, digest=seen, signed_by=siro)


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


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["page", "narrow_page"])
def test_the_siro_signs_a_pack_in_chromium(request, how, asked):
    PackLayout.objects.get_or_create(
        code="plain", defaults={"name": "Plain", "columns": "Ref = reference\nProgress = progress"}
    )
    page, pack = request.getfixturevalue(how), a_pack(asked)
    sign_in(page, play("siro", Role.SIRO))
    page.goto(page_of(pack))
    axe(page)
    page.get_by_role("button", name="Sign it off").click()
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It holds what was signed")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Plain").click()
    axe(page)
