"""Errata: an issued paper is never edited; a new one that names it says what it should have said."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from governance.committees import services
from governance.committees.models import Paper, Takedown
from governance.committees.services.errata import begin_erratum
from governance.committees.withheld import leaks
from governance.core.dates import today
from governance.core.steps import StepError
from tests.cast import play, signed_in
from tests.committees.clearing import answered, refused_by
from tests.committees.exempting import mark
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.committees.pages import plainly, queries_of, read

pytestmark = pytest.mark.django_db
WORDS = {"said": "Page 3 says 8 remain", "instead": "7 remain", "because": "One was counted twice"}


@pytest.fixture
def wrong(plan, clerk):
    """Issued for a meeting to come."""
    draft = PaperFactory(
        plans=[plan],
        title="Progress",
        created_by=clerk,
        meeting=MeetingFactory(held_on=today() + timedelta(days=9)),
    )
    services.issue(draft, by=clerk)
    return Paper.objects.get(pk=draft.pk)


@pytest.fixture
def erratum(wrong, clerk):
    return begin_erratum(wrong, meeting=wrong.meeting, by=clerk, **WORDS)


def test_an_erratum_is_begun_on_a_page_issued_and_shown_on_both(wrong, clerk):
    office, councillor = signed_in(clerk), signed_in(play("councillor", "portfolio_holder"))
    before = wrong.issue.content_sha256
    page = reverse("committees:new_erratum", args=[wrong.pk])
    assert councillor.get(page).status_code == 403
    assert office.post(page, WORDS | {"said": ""}).context["form"].errors.keys() == {"meeting", "said"}
    office.post(page, WORDS | {"meeting": wrong.meeting_id})
    office.post(page, WORDS | {"meeting": wrong.meeting_id})
    erratum = wrong.errata.get()  # a double click begins it once
    assert erratum.title == "Erratum to “Progress”"
    assert "Erratum to" not in read(councillor, wrong.get_absolute_url())
    services.issue(erratum, by=clerk)
    for browser in (office, councillor):
        said = plainly(read(browser, erratum.get_absolute_url()))
        assert "This corrects the report “Progress” to the meeting of" in said
        assert "Page 3 says 8 remain" in said
        assert "Corrected by Erratum to “Progress”" in plainly(read(browser, wrong.get_absolute_url()))
        assert "Issued, corrected by an erratum" in plainly(read(browser, reverse("committees:papers")))
    public = plainly(read(Client(), reverse("published:paper", args=[wrong.pk])))
    assert "Corrected by Erratum to “Progress”" in public
    listed = plainly(read(Client(), reverse("published:papers")))
    assert "Erratum to “Progress”" in listed
    assert listed.count("Figures as at") == 1
    assert Paper.objects.get(pk=wrong.pk).issue.content_sha256 == before


def test_an_erratum_is_cleared_by_the_posts_that_cleared_its_report(sent, finance, clerk):
    answered(sent, finance)
    services.issue(sent.paper, by=clerk)
    wrong = Paper.objects.get(pk=sent.paper_id)
    erratum = begin_erratum(wrong, meeting=wrong.meeting, by=clerk, **WORDS)
    assert list(erratum.clearers.values_list("post", "part")) == [(finance.post.pk, "finance")]
    with pytest.raises(services.IssueRefusedError, match="The Finance director was not asked to clear it"):
        services.issue(erratum, by=clerk)


def test_an_erratum_publishes_nothing_that_is_withheld_of_its_report(plan, clerk):
    secret = "The Pangolin team sells all nine shops in June"
    report = PaperFactory(plans=[plan], to_come=True, title="Progress", created_by=clerk)
    kept = mark(report, section=report.sections.create(position=1, heading="Shops", text=secret))
    services.issue(report, by=clerk)
    report = Paper.objects.get(pk=report.pk)
    erratum = begin_erratum(report, meeting=report.meeting, by=clerk, **WORDS | {"said": secret})
    told = "“Shops” of “Progress” are repeated in the section “1 What the report said”"
    with pytest.raises(services.IssueRefusedError, match=told):
        services.issue(erratum, by=clerk)
    page = reverse("committees:issue_paper", args=[erratum.pk])
    assert told in plainly(read(signed_in(clerk), page))
    officer = play("monitoring_officer", "monitoring_officer")
    services.lift(kept, decided="officer", resolution=None, reason="They are sold", by=officer)
    services.issue(erratum, by=clerk)


@pytest.mark.parametrize(
    ("part", "where"), [("corrects", "which report it corrects"), ("clearances", "the table of clearances")]
)
def test_what_is_repeated_is_said_where_it_stands(part, where):
    secret = "The Pangolin team sells all nine shops in June"
    apart = {"rows": [{"row": {"reference": "A-1", "action": secret, "evidence": ""}}]}
    (found,) = leaks({"sections": [], part: secret}, apart)
    assert str(found) == f"Words of what is withheld in row A-1 are repeated in {where}"


def test_who_withdraws_a_paper_is_shown_its_errata(wrong, erratum, clerk):
    officer = signed_in(play("monitoring_officer", "monitoring_officer"))
    page = reverse("committees:take_down", args=[wrong.pk])
    link = f'href="{erratum.get_absolute_url()}">{erratum.title}</a>'
    assert link not in read(officer, page)
    services.issue(erratum, by=clerk)
    assert link in read(officer, page)
    said = {"authority": "Section 5", "reason": "A name", "taken_by": clerk}
    Takedown.objects.create(paper=erratum, reach="paper", **said)
    assert link not in read(officer, page)


def test_the_page_asks_as_often_for_many_errata_as_for_one(wrong, erratum, clerk):
    office = signed_in(clerk)
    one = queries_of(office, wrong.get_absolute_url())
    for each in range(2):
        begin_erratum(wrong, meeting=MeetingFactory(), by=clerk, **WORDS | {"said": f"Page {each}"})
    assert queries_of(office, wrong.get_absolute_url()) == one


def test_only_what_was_issued_is_corrected(clerk, plan):
    draft = PaperFactory(plans=[plan], to_come=True)
    with pytest.raises(StepError, match="Change the draft itself"):
        begin_erratum(draft, meeting=draft.meeting, by=clerk, **WORDS)


def test_a_long_title_is_cut_and_an_erratum_must_say_what_was_wrong(wrong, clerk, erratum):
    Paper.objects.filter(pk=erratum.pk).update(title="x" * 300)
    erratum.sections.filter(number="2").update(text="")
    with pytest.raises(services.IssueRefusedError, match="“2 What it should say” must have text"):
        services.issue(erratum, by=clerk)
    erratum.sections.filter(number="2").update(text="7 remain")
    services.issue(erratum, by=clerk)
    again = begin_erratum(Paper.objects.get(pk=erratum.pk), meeting=wrong.meeting, by=clerk, **WORDS)
    assert len(again.title) == 300
    assert again.title.endswith("x…”")


def test_the_database_refuses_an_erratum_to_a_draft_and_one_that_moves(wrong, erratum, clerk):
    draft = PaperFactory()
    make = lambda **facts: PaperFactory(created_by=clerk, **facts)  # noqa: E731
    refused_by("erratum_is_to_an_issued_paper", lambda: make(corrects=draft))
    rows = Paper.objects.filter(pk=erratum.pk)
    refused_by("erratum_stays_with_its_paper", lambda: rows.update(corrects=None))
