"""What was issued is compared with its fingerprint, wherever it is shown or handed over."""

import pytest
from django.urls import reverse

from governance.committees import pdf
from governance.committees.models import Issue
from governance.committees.representations import NotAsIssuedError
from governance.figures.figure import FIGURES
from tests.cast import play, signed_in
from tests.committees.test_pages import figure, make_file

pytestmark = pytest.mark.django_db(transaction=True)

CHANGE_CONTENT = "UPDATE committees_issue SET content = jsonb_set(content, '{title}', '\"Another title\"')"
CHANGE_FILE = "UPDATE committees_rendering SET file = '%PDF-1.7 another'"


@pytest.fixture
def browser_of_clerk(transactional_db):
    return signed_in(play("committee_officer", "committee_officer"))


@pytest.fixture
def paper(october):
    make_file(october.paper)
    return october.paper


def behind_the_back(owner_connection, table, change):
    """As the owner, with the triggers and checks of the table out of the way."""
    owner_connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    held = "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass"
    for (name,) in owner_connection.execute(held, [table]).fetchall():
        owner_connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    owner_connection.execute(change)


def test_content_changed_behind_our_back_is_not_shown_as_the_paper(browser_of_clerk, paper, owner_connection):
    behind_the_back(owner_connection, "committees_issue", CHANGE_CONTENT)
    issue = Issue.objects.get(paper=paper)
    assert not issue.is_as_issued()
    for url in (paper.get_absolute_url(), reverse("committees:paper_pdf", args=[paper.pk])):
        answer = browser_of_clerk.get(url)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "no longer has the fingerprint it was issued with" in page
        assert issue.content_sha256 in page
        assert "Another title" not in page
    opened = reverse("committees:published_figure", args=[paper.pk, figure(paper, "completed").position])
    assert browser_of_clerk.get(opened).status_code == 200
    with pytest.raises(NotAsIssuedError):
        pdf.render(paper)


def test_a_file_changed_behind_our_back_is_not_handed_over(browser_of_clerk, paper, owner_connection):
    behind_the_back(owner_connection, "committees_rendering", CHANGE_FILE)
    page = browser_of_clerk.get(paper.get_absolute_url()).content.decode()
    assert "no longer has its fingerprint" in page
    assert "Download the PDF" not in page
    answer = browser_of_clerk.get(reverse("committees:paper_pdf", args=[paper.pk]))
    assert answer.status_code == 409
    assert b"%PDF" not in answer.content


def test_a_figure_that_the_registers_no_longer_keep_opens_without_links(
    browser_of_clerk, october, monkeypatch
):
    opened = figure(october.paper, "completed")
    monkeypatch.delitem(FIGURES, opened.key)
    url = reverse("committees:published_figure", args=[opened.paper_id, opened.position])
    answer = browser_of_clerk.get(url)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "The registers no longer keep this figure. The rows below are those that were published." in page
    assert "ICO-1" in page
    assert reverse("actions:action", args=["ICO-1"]) not in page


def test_a_record_of_another_kind_is_not_taken_for_a_progress_update(
    browser_of_clerk, october, owner_connection
):
    change = "UPDATE committees_publishedentry SET evidence_kind = 'archive.entry' WHERE reference = 'ICO-1'"
    behind_the_back(owner_connection, "committees_publishedentry", change)
    opened = figure(october.paper, "completed")
    url = reverse("committees:published_figure", args=[opened.paper_id, opened.position])
    page = browser_of_clerk.get(url).content.decode()
    assert page.count('<th scope="row"><a') == 3
    assert "1 more of a kind of record that this service no longer keeps." in page
    assert "may not open" not in page
