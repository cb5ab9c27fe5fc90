"""What moved since a committee last saw it, by the last paper that told of risks; and since no register."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from governance.committees import services
from governance.core.dates import long_date, today
from governance.people.models import Role
from tests.cast import play, signed_in
from tests.committees.factories import BodyFactory, MeetingFactory, PaperFactory
from tests.dashboards.test_board import board, directorate
from tests.dashboards.test_board_of_risks import queries, tile
from tests.factories import PlanFactory, RiskFactory, UserFactory
from tests.risks.factories import score
from tests.risks.passing import Passing

pytestmark = pytest.mark.django_db


def told(body, *, held_on=None, tells_risks=True, title="Where risks stand"):
    """A paper issued now for a meeting of the body."""
    meeting = MeetingFactory(body=body, held_on=held_on or today())
    paper = PaperFactory(meeting=meeting, plans=[PlanFactory()], tells_risks=tells_risks, title=title)
    return services.issue(paper, by=UserFactory()).paper


@pytest.fixture
def audit(db):
    return BodyFactory(code="audit", name="Audit Committee")


@pytest.fixture
def moved(audit):
    """Three risks; after the committee saw them, one went up and one was entered."""
    _, (post, _) = directorate("People")
    risks = [RiskFactory(owner=post, title=f"Number {n}") for n in range(2)]
    score(risks[0], 1, 1)
    score(risks[1], 2, 2)
    paper = told(audit)
    score(risks[0], 5, 5, on=today(), reason="The supplier failed a test")
    return paper, [*risks, RiskFactory(owner=post, title="Entered since")]


def test_what_moved_is_told_since_the_moment_of_the_paper_with_the_reasons(siro, moved):
    paper, (up, still, new) = moved
    page = board(siro, seen_by="audit")
    rows = page[page.index("What moved since Audit Committee last saw them") :]
    assert "The supplier failed a test" in rows
    assert new.reference in rows
    assert f"{still.reference}</a>" not in rows
    assert "1 more than in the paper" in page
    assert f'<a class="govuk-link" href="{paper.get_absolute_url()}">Where risks stand</a>' in page
    listed = signed_in(siro).get(reverse("board:movement"), {"seen_by": "audit", "kind": "up"})
    assert up.reference in listed.content.decode()
    assert "Up: 1." in listed.content.decode()


def test_the_committee_is_offered_beside_the_day(siro, moved):
    page = board(siro, seen_by="a-day:")
    assert "Since Audit Committee last saw it</a>" in page
    assert f'<option value="audit">Audit Committee, meeting of {long_date(today())}</option>' in page


def test_what_the_committee_last_saw_is_compared_with_unless_somebody_chooses_a_day(siro, moved):
    usual, chosen = board(siro), board(siro, seen_by="audit")
    assert "compared with what Audit Committee last saw" in usual
    rows, same = (each[each.index("What moved since Audit Committee last") :] for each in (usual, chosen))
    assert "The supplier failed a test" in rows
    assert rows.count("<tr") == same.count("<tr")
    assert "Compare with three months before</a>" in usual
    for asked in (
        {"since": "2020-01-31"},
        {"seen_by": "a-day:"},
        {"seen_by": "a-day:", "since": "2020-01-31"},
    ):
        assert "What moved since Audit Committee" not in board(siro, **asked)
    assert "What moved since 31 January 2020" in board(siro, seen_by="a-day:", since="2020-01-31")


def test_where_no_paper_told_of_risks_the_page_says_so(siro, audit):
    told(audit, tells_risks=False)
    page = board(siro)
    assert "No paper had told a committee of risks by then" in page
    assert "Or with what a committee last saw" not in page


def test_who_opens_no_papers_is_offered_none_and_told_of_none(moved, owner):
    page = board(owner)
    assert "Audit Committee" not in page
    assert "No paper had told" not in page
    assert "Audit Committee" not in board(owner, seen_by="audit")


def test_a_paper_for_a_meeting_to_come_has_not_been_seen(siro, audit):
    told(audit, held_on=today() + timedelta(days=7))
    assert "No paper had told a committee of risks by then" in board(siro)


def test_the_last_paper_to_each_body_counts_and_the_latest_body_comes_first(siro, audit):
    cabinet = BodyFactory(code="cabinet", name="Cabinet")
    first = told(audit, held_on=today(), title="The first")
    told(cabinet, title="To cabinet")
    meeting = first.meeting
    paper = PaperFactory(meeting=meeting, plans=[PlanFactory()], tells_risks=True, title="The second")
    services.issue(paper, by=UserFactory())
    page = board(siro, seen_by="audit")
    assert "The second</a>" in page
    assert "The first</a>" not in page
    listed = board(siro, seen_by="a-day:")
    assert listed.index("Since Audit Committee last") < listed.index("Since Cabinet last")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"seen_by": "nobody"}, "Select a committee from the list"),
        ({"seen_by": "audit", "since": "2020-01-31"}, "a committee or a day to compare with, not both"),
    ],
)
def test_a_choice_that_makes_no_sense_is_told(siro, moved, asked, sentence):
    assert sentence in board(siro, status=400, **asked)


def test_before_the_paper_was_issued_nobody_had_seen_it(siro, moved):
    yesterday = (today() - timedelta(days=1)).isoformat()
    assert "No paper had told a committee" in board(siro, as_at=yesterday)


def test_a_day_without_a_register_is_not_compared_with(siro):
    _, (post, _) = directorate("People")
    score(RiskFactory(owner=post), 5, 5)
    page = board(siro)
    before = "The register of information risks was not yet kept on"
    assert before in page
    assert "more than on" not in page
    assert tile(page, "Risks above appetite") == "1"
    assert "a line begins with its second day" in page
    movement = signed_in(siro).get(reverse("board:movement")).content.decode()
    assert before in movement
    assert post.unit.name not in movement.split("<main")[1].split("</form>")[-1]


def test_a_past_day_without_a_register_says_so(siro):
    directorate("People")
    page = board(siro, as_at=(today() - timedelta(days=1)).isoformat())
    assert page.count("The register of information risks was not yet kept on") == 4
    assert 'app-tile__label">Risks above appetite<' not in page, "no row of noughts"
    assert "No risk has been entered yet" in board(siro)


def test_one_risk_in_a_cell_is_one_risk(siro):
    _, (post, _) = directorate("People")
    score(RiskFactory(owner=post), 5, 5)
    page = board(siro)
    assert '>1<span class="govuk-visually-hidden"> risk</span>' in page
    assert '>1<span class="govuk-visually-hidden"> counted as Risks above appetite</span>' in page
    assert not re.search(r">1<span[^>]*> (risks|assets|actions)\b", page)


def test_a_register_that_was_kept_is_compared_and_drawn_from_its_first_day(siro, owner_connection):
    time = Passing(owner_connection)
    _, (post, other) = directorate("People")
    score(RiskFactory(owner=post), 5, 5)
    time.days(100)
    RiskFactory(owner=other)
    page = board(siro)
    assert "was not yet kept" not in page
    assert "1 more than on" in page
    drawn = page[page.index("Risks over time") :]
    assert "Open risks: 1 on" in drawn, "and not 0 in the months before"


@pytest.mark.parametrize("number", [1, 4])
def test_the_number_of_queries_does_not_grow_with_papers(siro, audit, number):
    for n in range(number):
        told(BodyFactory(), title=f"Paper {n}")
    client = signed_in(play("reader", Role.SIRO))
    assert queries(client, reverse("board:board"), {}) <= 12
