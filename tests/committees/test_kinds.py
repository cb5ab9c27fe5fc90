"""What papers of each kind begin with: figures chosen already, with those of a year before."""

from datetime import timedelta

import pytest
from django.urls import reverse

from governance.committees import services
from governance.committees.beginning import written_out
from governance.committees.inserted.refusing import problem_with
from governance.committees.models import Paper, PaperKind
from governance.core.dates import long_date, months_before, today
from governance.figures.moment import Moment
from tests.committees.clearing import clear
from tests.committees.factories import MeetingFactory
from tests.committees.pages import plainly, read
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def begin(browser_of_clerk, plan):
    """Begin a paper of a kind as a clerk does, for a meeting to come."""

    def begun(kind, **front):
        meeting = MeetingFactory(held_on=today() + timedelta(days=30))
        said = {"meeting": meeting.pk, "title": kind, "publication_status": "Public", "kind": kind}
        answer = browser_of_clerk.post(reverse("committees:new_paper"), said | front)
        assert answer.status_code == 302, answer.context["form"].errors
        return Paper.objects.get(title=kind)

    return begun


def words(paper):
    return "\n".join(section.text for section in paper.sections.all())


@pytest.mark.parametrize("kind", PaperKind.values)
def test_a_paper_of_each_kind_has_nothing_in_its_words_that_cannot_be_put_there(kind, begin, plan):
    AssetFactory()
    paper = begin(kind, plans=[plan.pk])
    assert problem_with([words(paper)], Moment.of(today())) == ""
    for mark in ("a-year-before", "each-plan", "«"):
        assert mark not in words(paper)


def test_the_annual_report_says_where_there_are_no_figures_of_the_year_before(begin, clerk, browser_of_clerk):
    AssetFactory()
    paper = begin("siro_annual")
    paper.sections.filter(mandatory=True, text="").update(text="None")
    clear(paper, by=clerk)
    services.issue(paper, by=clerk)
    page = plainly(read(browser_of_clerk, paper.get_absolute_url()))
    assert "On the register: 1" in page
    assert f"There are no figures as at {long_date(months_before(today(), 12))}" in page


@pytest.mark.parametrize("words", ["{{figure incidents.total}}", "{{table incidents.total by=unit}}"])
def test_who_writes_a_paper_counts_no_incidents_in_it(words):
    assert "cannot be put into a paper" in problem_with([words], Moment.of(today()))


def test_an_annual_position_is_of_the_last_31_march_and_compares_with_the_year_before(begin, plan):
    paper = begin("position", plans=[plan.pk])
    assert (paper.as_at.month, paper.as_at.day) == (3, 31)
    assert 0 <= (today() - paper.as_at).days < 366
    before = paper.as_at.replace(year=paper.as_at.year - 1).isoformat()
    section = paper.sections.get(heading="The position a year before")
    assert f"{{{{figure actions.completed plan=ico as_at={before}}}}}" in section.text
    assert f"- {plan.title}, completed, as at 31 March {paper.as_at.year - 1}: " in section.text
    assert "assets.total" not in section.text  # the register of assets had not begun


def test_a_line_for_each_plan_is_written_once_for_each(plan):
    assert (
        written_out("- «each plan» {{figure actions.total plan=each-plan}}", [plan, plan], today())
        == (f"- {plan.title} {{{{figure actions.total plan=ico}}}}\n" * 2).strip()
    )
