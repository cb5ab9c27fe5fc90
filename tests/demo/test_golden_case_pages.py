"""The golden case on pages and in papers, with the road map, overlaps, posts and dependencies beside it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from actions.models import Action, ActionPlan, Overlap, Status
from actions.services.overlap import say
from governance.committees.blocks.balance import reckon_balances
from governance.committees.blocks.union import reckon_union
from governance.committees.models import Paper
from governance.committees.reckoning import reckon
from governance.demo.seeds import drafted
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from tests.cast import play, signed_in
from tests.committees.pages import parts, plainly, read

pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]

JULY, OCTOBER, FEBRUARY, APRIL = date(2016, 7, 25), date(2016, 10, 24), date(2017, 2, 20), date(2017, 4, 13)
STATUSES = ("completed", "in_progress", "not_started", "awaiting_approval")
MINUTED = [
    (JULY, JULY, (8, 50, 19, 0)),
    (JULY, OCTOBER, (8, 49, 20, 0)),
    (OCTOBER, OCTOBER, (46, 27, 4, 0)),
    (FEBRUARY, FEBRUARY, (75, 0, 0, 2)),
    (APRIL, APRIL, (75, 0, 0, 2)),
]
RESTATED = "ICO-031"


@pytest.fixture
def browser():
    return signed_in(play("reads_the_case", Role.INTERNAL_AUDITOR))


@pytest.mark.parametrize(("as_at", "known_at", "minuted"), MINUTED)
def test_the_page_of_the_plan_shows_what_was_minuted_and_each_number_opens_that_many(
    browser, as_at, known_at, minuted
):
    asked = parts("as_at", as_at) | parts("known_at", known_at)
    page = browser.get(f"{reverse('actions:plan', args=['ico-2015'])}?{urlencode(asked)}")
    tiles = dict(zip(Status.values, page.context["figures"].statuses, strict=True))
    assert tuple(tiles[status].value for status in STATUSES) == minuted
    assert page.context["figures"].total.value == 77
    for status, value in zip(STATUSES, minuted, strict=True):
        opened = browser.get(tiles[status].href)
        assert opened.context["value"] == value == opened.context["page"].paginator.count


def test_the_movement_from_july_to_october_adds_up_on_its_page_and_names_what_was_restated(browser):
    days = parts("since", JULY) | parts("as_at", OCTOBER) | parts("known_at", OCTOBER)
    page = browser.get(f"{reverse('actions:movement')}?{urlencode({'plans': 'ico-2015', **days})}")
    found = page.context["found"]
    told = {part.name: part.count for part in found.parts}
    assert (found.start.value, told["completed"], found.end.value) == (69, 38, 31)
    assert (told["added"], told["reopened"], told["withdrawn"]) == (0, 0, 0)
    assert [row.reference for row in found.restated.rows] == [RESTATED]


@pytest.mark.parametrize(
    ("day", "sums", "restated"),
    [(OCTOBER, (69, 38, 31), [RESTATED]), (FEBRUARY, (31, 29, 2), [])],
)
def test_a_paper_would_print_the_same_movement_and_point_the_restatement_out(day, sums, restated):
    paper = Paper.objects.issued().get(meeting__held_on=day)
    paper.tells_movement = True
    moment = paper.issue.moment
    plan = ActionPlan.objects.get(code="ico-2015")
    (balance,) = reckon_balances(paper, moment, [reckon(plan, moment, paper.meeting.body_id)])
    values = {key[0]: line.value for key, line in balance.lines.items()}
    assert (values["open at the start"], values["completed"], values["open at the end"]) == sums
    printed = balance.printed(dict.fromkeys(balance.lines, 1), paper.pk)
    assert [row["reference"] for row in printed["restated"]] == restated
    assert printed["missing"] == 0


@pytest.mark.parametrize("day", [JULY, OCTOBER, FEBRUARY])
def test_a_meeting_counts_the_overlaps_known_then_and_none_that_was_said_since(day):
    moment = Moment.of(day, day)
    one, other = (Action.objects.get(reference=reference) for reference in ("ICO-001", "IFC-05"))
    say(one, other, "same", reason="Said only now", by=play("says_it", Role.IG_OFFICER))
    plans = list(ActionPlan.objects.order_by("code"))
    both = Scope(plans=tuple(plan.code for plan in plans))
    paper = Paper.objects.issued().get(meeting__held_on=day)
    paper.tells_union = True
    (union,) = reckon_union(paper, moment, [reckon(plan, moment, paper.meeting.body_id) for plan in plans])
    assert get_figure("actions.total").value(moment, both) == 77 + 26
    assert union.lines["counted_once", "", ""].value == 77 + 26 - 2
    assert get_figure("actions.counted_once").value(Moment.now(), both) == 77 + 26 - 3
    assert len(union.overlaps) == Overlap.objects.standing(Moment.now()).count() - 1


def test_the_draft_on_both_plans_counts_their_union_once_and_tells_of_maturity(browser):
    draft = Paper.objects.get(title=drafted.TITLE)
    page = plainly(read(browser, draft.get_absolute_url()))
    assert "The plans together" in page
    assert "ICO-034" in page[page.index("Each piece of work counted once") :]
    assert "Overall, as given: medium." in page
    assert "None, although it moved" in page
    union = read(browser, draft.get_absolute_url())
    row = union[union.index("Together, each piece of work once") :]
    assert ">101</a>" in row[: row.index("</tr>")]
