"""Evidence on pages: brought by who reports, refused in sentences, served to who may open its action."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import expect

from actions.models import ActionDocument, Document, Status, Takedown
from actions.services import evidence
from governance.people.models import Role
from tests.actions.evidence_files import CSV, PDF, PNG, a_document, upload
from tests.actions.pages import action_page, plan_page, report_page, text, told, typed
from tests.browser import axe, sign_in
from tests.cast import play, signed_in
from tests.factories import ActionFactory
from tests.test_permission_matrix import seen

pytestmark = pytest.mark.django_db
LINK = "https://intranet.northmere.example/notes"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Where this test keeps its files."""
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    return settings.EVIDENCE_DIR


def adding(action):
    return reverse("actions:add_evidence", args=[action.reference])


def at(name, document, *more):
    return reverse(f"actions:{name}", args=[document.reference, *more])


def test_whoever_reports_adds_a_file_and_finds_it_on_the_page_of_the_action(owner):
    browser, said = signed_in(owner), {"title": "Minutes of May", "file": upload()}
    assert browser.post(adding(owner.action), said).url == owner.action.get_absolute_url()
    page = text(browser.get(owner.action.get_absolute_url()))
    assert "EV-0001 Minutes of May" in page
    assert "Minutes.pdf" in page
    told_of = text(browser.get(at("document", Document.objects.get())))
    assert ActionDocument.history.get().history_change_reason == f"Evidence for {owner.action.reference}"
    assert "by Owner" in told_of
    assert owner.action.title in told_of


def test_a_file_is_served_as_it_came_to_be_saved_and_never_shown(owner):
    document = a_document(owner.action, file=upload('Mi"nu;tes – x.pdf'))
    answer = signed_in(owner).get(at("download_evidence", document, 1))
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer["Content-Type"] == "application/pdf"  # by what it is, not by what the browser said
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Mi%22nu%3Btes")
    policy = {each.strip() for each in answer["Content-Security-Policy"].split(";")}
    assert policy >= {"sandbox", "default-src 'none'", "frame-ancestors 'none'"}
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Give one of three: a file, a link, or the reference of a document"),
        ({"file": upload("a.exe")}, "cannot be kept. Choose a file of the kind PDF"),
        ({"file": upload("a.docx", PDF)}, "is not taken as DOCX"),
        ({"file": upload("a.pdf", b"")}, "The file is empty"),
        ({"file": upload("a.csv", b"a" * (11 * 1024 * 1024))}, "The file must be 10 MB or smaller"),
        ({"link": "javascript:alert(1)"}, "The link must be a whole address that begins with https://"),
        ({"link": "data:text/html,hello"}, "The link must be a whole address"),
        ({"link": "ftp://a.example/notes"}, "The link must be a whole address"),
        ({"link": "http://[a"}, "The link must be a whole address"),
        ({"link": f"https://a.example/{'a' * 500}"}, "must be 500 characters or fewer"),
        ({"link": LINK, "file": upload()}, "Give one of three"),
        ({"link": LINK, "existing": "EV-9999"}, "There is no document EV-9999 that you may open"),
        ({"existing": "\x00"}, "has a character that cannot be kept"),
        ({"link": LINK, "title": ""}, "Enter the title of the document"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence_and_nothing_typed_is_lost(
    owner, folder, said, sentence
):
    if "file" in said:
        said["file"].seek(0)
    said = {"title": "Words that stay", **said}
    answer = signed_in(owner).post(adding(owner.action), said)
    assert answer.status_code == 200
    assert sentence in text(answer)
    assert said["title"] in text(answer)
    assert not Document.objects.exists()
    assert list(folder.glob("*")) == []


def test_a_file_with_folders_or_three_hundred_signs_in_its_name_is_kept_under_a_name_that_fits(owner):
    browser = signed_in(owner)
    for number, name in enumerate(("../../etc/passwd.csv", f"{'a' * 300}.csv"), 1):
        said = {"title": f"List {number}", "file": upload(name, CSV + bytes([64 + number]))}
        assert browser.post(adding(owner.action), said).status_code == 302, name
    names = [document.versions.get().file_name for document in Document.objects.order_by("pk")]
    assert names == ["passwd.csv", f"{'a' * 116}.csv"]


def test_the_same_file_twice_is_said_and_the_title_stays(owner):
    a_document(owner.action)
    answer = signed_in(owner).post(adding(owner.action), {"title": "Once more", "file": upload()})
    assert "EV-0001 Minutes of the group holds that already, and serves this action" in text(answer)
    assert "Once more" in text(answer)
    again = signed_in(owner).post(adding(owner.action), {"existing": "ev-0001"})
    assert "EV-0001 is evidence for this action already" in text(again)


def test_a_document_that_is_there_serves_another_action_if_the_person_may_open_it(owner, other_owner, siro):
    document = a_document(other_owner.action)
    browser = signed_in(owner)
    assert "that you may open" in text(browser.post(adding(owner.action), {"existing": "EV-0001"}))
    assert browser.get(at("document", document)).status_code == 404
    assert browser.get(at("download_evidence", document, 1)).status_code == 404
    evidence.attach(owner.action, document)
    page = text(browser.get(at("document", document)))
    assert owner.action.title in page
    assert other_owner.action.title not in page
    assert browser.get(at("download_evidence", document, 1)).content == PDF
    assert signed_in(siro).get(at("download_evidence", document, 1)).content == PDF


def test_a_version_speaks_for_every_action_so_whoever_reports_on_one_alone_adds_none(owner, other_owner):
    document = a_document(owner.action)
    browser, said = signed_in(owner), {"file": upload("New.csv", CSV)}
    assert browser.post(at("add_evidence_version", document), said).url == document.get_absolute_url()
    assert "Version 2 holds that already" in text(
        browser.post(at("add_evidence_version", document), {"file": upload("New.csv", CSV)})
    )
    assert "Choose a file, or enter a link" in text(browser.post(at("add_evidence_version", document), {}))
    evidence.attach(other_owner.action, document)
    refused = browser.post(at("add_evidence_version", document), {"file": upload("c.png", PNG)})
    assert refused.status_code == 403
    assert "Add a version" not in text(browser.get(at("document", document)))


def test_who_takes_a_document_off_an_action_leaves_it_to_readers_of_the_registers(owner, siro):
    document = a_document(owner.action)
    link = document.action_links.get()
    address = reverse("actions:take_off_evidence", args=[owner.action.reference, link.pk])
    assert "There is a problem" in text(signed_in(owner).post(address, {"reason": " "}))
    assert (
        signed_in(owner).post(address, {"reason": "Of another year"}).url == owner.action.get_absolute_url()
    )
    gone = ActionDocument.history.get(history_type="-", action_id=owner.action.pk)
    assert gone.history_change_reason == "Of another year"
    page = signed_in(owner).get(owner.action.get_absolute_url())
    for place in ("taken_off", "story"):
        told_of = [getattr(each, "event", each) for each in page.context[place]]
        assert [each.why for each in told_of if "taken off" in getattr(each, "title", "")] == [
            "Of another year"
        ]
    assert text(page).count(f"{document} taken off as evidence") == 2
    assert "The owner" in text(page)
    assert seen(Document, owner) == set()
    assert seen(Document, siro) == {document.pk}
    assert "It serves no action any more" in text(signed_in(siro).get(at("document", document)))


def test_keepers_take_a_version_down_and_its_place_says_who_and_why(owner, ig_officer):
    document = a_document(owner.action)
    address = at("take_down_evidence", document, 1)
    assert signed_in(owner).post(address, {"reason": "Mine"}).status_code == 403
    officer = signed_in(ig_officer)
    assert "There is a problem" in text(officer.post(address, {"reason": " "}))
    assert officer.post(address, {"reason": "It named a child"}).url == document.get_absolute_url()
    assert "taken down already" in text(officer.post(address, {"reason": "Again"}))
    page = text(signed_in(owner).get(at("document", document)))
    assert "It named a child" in page
    assert "Ig officer" in page
    assert f"SHA-256 {document.versions.get().sha256}" in page
    gone = signed_in(owner).get(at("download_evidence", document, 1))
    assert gone.status_code == 410
    assert "It named a child" in text(gone)
    assert "was taken down" in text(signed_in(owner).get(owner.action.get_absolute_url()))


def test_the_other_places_of_a_file_are_listed_and_go_with_it_only_where_that_is_chosen(
    owner, other_owner, ig_officer
):
    document, other = a_document(owner.action), a_document(other_owner.action, title="The same elsewhere")
    third, officer = a_document(other_owner.action, link=LINK), signed_in(ig_officer)
    evidence.add_version(third, file=upload(), link="", by=ig_officer)
    address = at("take_down_evidence", document, 1)
    page = text(officer.get(address))
    assert f"{other}, version 1, for {other_owner.action.reference}" in page
    assert f"{third}, version 2" in page
    assert f"{third}, version 1" not in page
    assert owner.action.title in page
    said = {"reason": "Names a child", "also": [other.versions.get().pk]}
    assert officer.post(address, said).url == document.get_absolute_url()
    assert set(Takedown.objects.values_list("version__document", "reason")) == {
        (document.pk, "Names a child"),
        (other.pk, "Names a child"),
    }
    again = officer.post(at("take_down_evidence", third, 2), said)
    assert "One of those places does not hold it any more" in text(again)
    assert "The same is held" not in text(officer.get(at("take_down_evidence", third, 2)))


def test_a_link_that_was_taken_down_is_shown_to_nobody(owner, ig_officer):
    document = a_document(owner.action, link=LINK)
    evidence.take_down(document.versions.get(), "Names a child", by=ig_officer)
    for address in (at("document", document), owner.action.get_absolute_url()):
        assert LINK not in text(signed_in(owner).get(address))


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"%PDF-other")])
def test_a_file_that_is_lost_or_altered_says_so_and_sends_nothing(owner, harm):
    document = a_document(owner.action)
    harm(evidence.path_of(document.versions.get().kept_as))
    answer = signed_in(owner).get(at("download_evidence", document, 1))
    assert answer.status_code == 404
    assert "This file cannot be served" in text(answer)
    assert "EV-0001 version 1" in text(answer)


def test_progress_is_reported_and_the_document_asked_for_next(owner):
    browser, action = signed_in(owner), owner.action
    assert "Report, then add a document" in text(browser.get(report_page(action)))
    said = typed(action, Status.COMPLETED) | {"then": "document"}
    assert browser.post(report_page(action), said).url == f"{adding(action)}?then=on"
    assert action.updates.filter(status=Status.COMPLETED).exists()
    done = browser.post(f"{adding(action)}?then=on", {"title": "Minutes", "link": LINK})
    assert done.url == action.get_absolute_url()


def test_the_plan_counts_what_was_completed_without_a_document(ig_officer):
    action = ActionFactory()
    told(action, Status.COMPLETED, action.plan.opened_on)
    other = action.plan.open_action(
        reference="OTHER-1",
        title="Other",
        owner=action.owner,
        opened_on=action.plan.opened_on,
        by=ig_officer,
    )
    told(other, Status.COMPLETED, action.plan.opened_on)
    a_document(other, link=LINK)
    browser = signed_in(ig_officer)
    found = browser.get(plan_page(action.plan)).context["undocumented"]
    assert found.value == 1
    rows = text(browser.get(found.href))
    assert action.reference in rows
    assert other.reference not in rows


def test_many_documents_cost_the_page_of_an_action_no_further_query(owner):
    browser = signed_in(owner)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert browser.get(action_page(owner.action)).status_code == 200
        return len(found)

    a_document(owner.action, link=LINK)
    few = queries()
    for number in range(5):
        document = a_document(owner.action, link=f"{LINK}/{number}")
        evidence.add_version(document, file=None, link=f"{LINK}/{number}/new", by=owner)
    assert queries() == few


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["page", "narrow_page"])
def test_a_document_is_added_renewed_and_taken_down_in_chromium(request, how):
    page, action = request.getfixturevalue(how), ActionFactory()
    sign_in(page, play("ig_officer", Role.IG_OFFICER))
    page.goto(adding(action))
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    axe(page)
    page.get_by_label("Title of the document").fill("Minutes of the group")
    page.get_by_label("File (optional)").set_input_files(
        {"name": "Minutes.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="EV-0001 Minutes of the group").click()
    page.get_by_role("link", name="Add a version").click()
    page.get_by_label("Link (optional)").fill(LINK)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Take down version 1").click()
    page.get_by_label("Why is it taken down?").fill("It named a child")
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It named a child")).to_be_visible()
    axe(page)
    page.goto(action.get_absolute_url())
    expect(page.get_by_role("link", name=LINK)).to_be_visible()
    axe(page)
