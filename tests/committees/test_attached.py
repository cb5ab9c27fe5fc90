"""What comes with a paper: recommendations, appendices, background papers."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.committees import services
from governance.committees.outputs import bundle
from governance.committees.services import attached
from governance.committees.services.attached import add_appendix, add_background
from governance.core.steps import StepError
from tests.actions.evidence_files import upload as a_pdf
from tests.committees.conftest import OCTOBER
from tests.committees.factories import BodyFactory, PaperFactory
from tests.committees.pages import plainly, read

pytestmark = pytest.mark.django_db


def listing(paper):
    for position, lists in enumerate(("recommendations", "appendices", "background"), 1):
        paper.sections.create(position=position, heading=lists.capitalize(), lists=lists)
    return paper


def test_an_issued_paper_lists_what_comes_with_it_and_serves_its_files(plan, clerk, browser_of_clerk):
    draft = listing(PaperFactory(plans=[plan]))
    cabinet = BodyFactory(name="Cabinet")
    draft.recommendations.create(position=1, body=draft.meeting.body, text="Note the progress")
    draft.recommendations.create(position=2, body=cabinet, text="Approve the policy")
    draft.recommendations.create(position=3, body=draft.meeting.body, text="Ask for a report in June")
    appendix = add_appendix(draft, title="Letter of the Commissioner", file=a_pdf("letter.pdf"))
    copy = add_background(draft, title="Audit report", file=a_pdf("audit.pdf"), link="")
    add_background(draft, title="The Act", file=None, link="https://www.legislation.gov.uk/")
    services.issue(draft, by=clerk, frozen_on=OCTOBER)
    page = plainly(read(browser_of_clerk, draft.get_absolute_url()))
    body = draft.meeting.body.name
    assert f"{body} is recommended to: Note the progressAsk for a report in June" in page
    assert "Cabinet is recommended to: Approve the policy" in page
    assert "Appendix 4: Letter of the Commissioner (added by the author as a file of its own" in page
    assert "Audit report, open to inspection until 24 October 2020" in page
    assert copy.open_until == date(2020, 10, 24)
    served = browser_of_clerk.get(reverse("committees:appendix_file", args=[draft.pk, appendix.pk]))
    assert served.content == bytes(appendix.file)
    assert 'attachment; filename="letter.pdf"' in served["Content-Disposition"]
    assert "sandbox" in served["Content-Security-Policy"]


def test_the_archive_holds_every_file_that_the_paper_leads_to(plan, clerk):
    draft = listing(PaperFactory(plans=[plan]))
    add_appendix(draft, title="Letter of the Commissioner", file=a_pdf("letter.pdf"))
    add_background(draft, title="The Act", file=None, link="https://www.legislation.gov.uk/")
    add_background(draft, title="Audit report", file=a_pdf("audit.pdf"), link="")
    issued = services.issue(draft, by=clerk, frozen_on=OCTOBER).paper
    archive = zipfile.ZipFile(io.BytesIO(bundle.render(issued)))
    told = {each["name"]: each["sha256"] for each in json.loads(archive.read("manifest.json"))["files"]}
    for kept, name in (
        (issued.uploaded.get(), "appendix-4-letter-of-the-commissioner.pdf"),
        (issued.background_papers.exclude(file=None).get(), "background-paper-1-audit-report.pdf"),
    ):
        assert archive.read(name) == bytes(kept.file)
        assert told[name] == kept.sha256


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("plan.docx", b"PK", "“plan.docx” is not a PDF"),
        ("plan.pdf", b"<html>", "is not taken as a PDF: what is in it is no whole PDF file"),
        ("empty.pdf", b"", "The file is empty"),
    ],
)
def test_an_appendix_that_is_no_pdf_is_refused_and_its_title_stays(name, data, said, plan, browser_of_clerk):
    draft = PaperFactory(plans=[plan])
    url = reverse("committees:add_appendix", args=[draft.pk])
    answer = browser_of_clerk.post(url, {"title": "Map", "file": SimpleUploadedFile(name, data)})
    assert said in answer.context["form"].errors["file"][0]
    assert answer.context["form"]["title"].value() == "Map"
    assert not draft.uploaded.exists()


def test_nobody_waits_for_a_file_to_be_read_by_who_writes_the_paper(plan, browser_of_clerk):
    draft = PaperFactory(plans=[plan])
    for kind, title in (("appendix", "Map"), ("background", "Act")):
        with CaptureQueriesContext(connection) as asked:
            browser_of_clerk.post(
                reverse(f"committees:add_{kind}", args=[draft.pk]), {"title": title, "file": a_pdf()}
            )
        held = [each for each in asked if "FOR UPDATE" in each["sql"] and "committees_paper" in each["sql"]]
        assert len(held) == 1  # once the file has been read, and not before
    assert draft.uploaded.exists()
    assert draft.background_papers.exists()


def test_a_clerk_adds_and_removes_on_pages(plan, browser_of_clerk):
    draft = PaperFactory(plans=[plan])
    front = {"body": draft.meeting.body_id, "text": "Note it", "place": 1}
    browser_of_clerk.post(reverse("committees:new_recommendation", args=[draft.pk]), front)
    browser_of_clerk.post(
        reverse("committees:new_recommendation", args=[draft.pk]), front | {"text": "Approve it"}
    )
    assert [each.text for each in draft.recommendations.all()] == ["Approve it", "Note it"]
    first = draft.recommendations.get(text="Approve it")
    change = reverse("committees:edit_recommendation", args=[draft.pk, first.pk])
    later = front | {"text": "Approve it all", "place": 2, "seen_version": first.standing_version()}
    browser_of_clerk.post(change, later)
    assert [each.text for each in draft.recommendations.all()] == ["Note it", "Approve it all"]
    gone = {"remove": "yes"}
    unread = browser_of_clerk.post(change, gone | {"seen_version": later["seen_version"]})
    assert unread.status_code == 409
    assert "Somebody else changed this recommendation after you opened it" in unread.content.decode()
    browser_of_clerk.post(change, gone | {"seen_version": unread.context["form"]["seen_version"].value()})
    background = reverse("committees:add_background", args=[draft.pk])
    both = {"title": "Act", "file": a_pdf(), "link": "https://example.org"}
    assert "not both" in str(browser_of_clerk.post(background, both).context["form"].errors)
    browser_of_clerk.post(background, {"title": "Act", "link": "https://example.org"})
    page = plainly(read(browser_of_clerk, reverse("committees:attached", args=[draft.pk])))
    assert "Note it" in page
    assert "Approve it all" not in page
    assert "Acthttps://example.org" in page


BREACHES = {
    "recommendation_to_a_body_has_words": "UPDATE committees_recommendation SET text = ''",
    "appendix_has_a_title": "UPDATE committees_appendix SET title = ''",
    "appendix_has_a_file": "UPDATE committees_appendix SET file_name = ''",
    "appendix_carries_its_fingerprint": "UPDATE committees_appendix SET file = 'x', size = 1",
    "background_paper_has_a_title": "UPDATE committees_backgroundpaper SET title = ''",
    "background_paper_is_a_file_or_an_address": "UPDATE committees_backgroundpaper SET link = 'https://x.y'",
    "background_paper_carries_its_fingerprint": "UPDATE committees_backgroundpaper SET file = 'x', size = 1",
}


@pytest.mark.parametrize(("constraint", "breach"), BREACHES.items())
def test_the_database_refuses(constraint, breach):
    draft = PaperFactory()
    draft.recommendations.create(position=1, body=draft.meeting.body, text="Note it")
    add_appendix(draft, title="Map", file=a_pdf())
    add_background(draft, title="Letter", file=a_pdf(), link="")
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(breach)
    assert refused.value.__cause__.diag.constraint_name == constraint


def test_a_paper_has_room_again_when_one_of_its_files_is_removed():
    draft = PaperFactory()
    for _ in range(attached.MOST):
        add_background(draft, title="The Act", file=None, link="https://www.legislation.gov.uk/")
    with pytest.raises(StepError, match="at most 30 of these"):
        add_background(draft, title="The Act", file=None, link="https://www.legislation.gov.uk/")
    draft.background_papers.first().delete()
    assert add_background(draft, title="Act", file=None, link="https://example.org").position == 31


@pytest.mark.parametrize("table", ["recommendation", "appendix", "backgroundpaper"])
def test_what_came_with_an_issued_paper_stays(table, plan, clerk):
    draft = PaperFactory(plans=[plan])
    draft.recommendations.create(position=1, body=draft.meeting.body, text="Note it")
    add_appendix(draft, title="Map", file=a_pdf())
    add_background(draft, title="Letter", file=a_pdf(), link="")
    services.issue(draft, by=clerk, frozen_on=OCTOBER)
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM committees_{table}")
    assert refused.value.__cause__.diag.constraint_name == "issued_paper_never_changes"
