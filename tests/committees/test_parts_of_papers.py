"""What an officer chooses beside the figures of plans: what moved by reference, and the plans together."""

import re
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from actions.models import Overlap, Status
from actions.services import mistaken
from governance.committees import services
from governance.committees.models import Issue, Paper, PublishedFigure
from governance.committees.restating.comparing import compare
from governance.core.dates import today
from tests.actions.factories_overlap import overlap_of
from tests.committees.conftest import JULY, OCTOBER, brought_in, report
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.committees.pages import address, parts, plainly, read
from tests.factories import ActionFactory, PlanFactory

pytestmark = pytest.mark.django_db
OPENED = date(2015, 3, 2)
BY_REFERENCE = {"tells_movement": True}


def issued(plans, clerk, frozen=OCTOBER, **facts):
    meeting = MeetingFactory(held_on=max(frozen, date(2016, 7, 25)))
    return services.issue(PaperFactory(meeting=meeting, plans=plans, **facts), by=clerk, frozen_on=frozen)


def part_of(issue, part):
    return PublishedFigure.objects.get(paper=issue.paper_id, dimension__part=part)


def referred(figure):
    return [entry.reference for entry in figure.listed()]


@pytest.fixture
def roadmap(officer):
    """Another plan with three actions: one is completed, one in progress."""
    plan = PlanFactory(code="map", title="Road map")
    opened = {"opened_on": OPENED, "by": officer} | brought_in(OPENED)
    a, b, _ = (ActionFactory(plan=plan, reference=f"MAP-{n}", **opened) for n in range(1, 4))
    report(a, Status.COMPLETED, date(2016, 6, 1), officer)
    report(b, Status.IN_PROGRESS, date(2016, 6, 2), officer)
    return plan


def the_same(one, other, **facts):
    return overlap_of(
        one, other, known_at=brought_in(JULY)["known_at"], source_document="Both plans", **facts
    )


class TestMovement:
    def test_each_part_of_the_sum_is_a_figure_with_its_actions(self, july, plan, clerk):
        issue = issued([plan], clerk, **BY_REFERENCE)
        found = {
            part: referred(part_of(issue, part))
            for part in (
                "open at the start",
                "added",
                "reopened",
                "completed",
                "withdrawn",
                "open at the end",
            )
        }
        assert found == {
            "open at the start": ["ICO-2", "ICO-3", "ICO-4", "ICO-5"],
            "added": [],
            "reopened": [],
            "completed": ["ICO-2", "ICO-3", "ICO-4"],
            "withdrawn": [],
            "open at the end": ["ICO-5"],
        }

    def test_added_and_withdrawn_are_told_by_reference(self, july, plan, clerk, officer):
        later = date(2016, 9, 2)
        ActionFactory(plan=plan, reference="ICO-6", opened_on=later, by=officer, **brought_in(later))
        report(plan.actions.get(reference="ICO-5"), Status.WITHDRAWN, later, officer)
        report(plan.actions.get(reference="ICO-1"), Status.IN_PROGRESS, later, officer)
        issue = issued([plan], clerk, **BY_REFERENCE)
        (balance,) = issue.content["balances"]
        told = {row["label"]: (row["cells"][0]["value"], row["references"]) for row in balance["rows"]}
        assert told["Added"] == (1, ["ICO-6"])
        assert told["Reopened"] == (1, ["ICO-1"])
        assert told["Withdrawn"] == (1, ["ICO-5"])
        assert told["Open at the end"] == (2, [])
        assert balance["missing"] == 0

    def test_the_page_tells_it_and_each_number_opens_its_rows(self, browser_of_clerk, july, plan, clerk):
        issue = issued([plan], clerk, **BY_REFERENCE)
        page = read(browser_of_clerk, issue.paper.get_absolute_url())
        assert (
            "Plan following the audit: what moved between 13 July 2016 and this report, as known now" in page
        )
        row = page[page.index(">− Completed</th>") :]
        assert ">3</a></td> <td>ICO-2, ICO-3, ICO-4</td>" in row[: row.index("</tr>")]
        opened = read(browser_of_clerk, address(part_of(issue, "completed")))
        assert opened.count('<th scope="row"><a') == 3
        assert "the registers give the same 3 today" in plainly(opened)
        assert "Nothing that was learned later changes it" in plainly(opened)

    def test_what_is_corrected_after_the_paper_is_pointed_out_at_its_part(
        self, browser_of_clerk, july, plan, clerk
    ):
        issue = issued([plan], clerk, **BY_REFERENCE)
        action = plan.actions.get(reference="ICO-4")
        action.correct(action.standing(), by=clerk, reason="Wrong line", status=Status.IN_PROGRESS)
        page = plainly(read(browser_of_clerk, address(part_of(issue, "completed"))))
        assert "the registers give the same 3 today" in page
        assert "2 as known today. ICO-4 is no longer counted: corrected on" in page

    def test_a_restatement_of_the_start_is_named_and_is_no_movement(
        self, browser_of_clerk, july, plan, clerk
    ):
        action = plan.actions.get(reference="ICO-1")
        known = brought_in(date(2016, 9, 5))
        action.correct(action.standing(), by=clerk, reason="Wrong line", status=Status.IN_PROGRESS, **known)
        issue = issued([plan], clerk, **BY_REFERENCE)
        assert referred(part_of(issue, "reopened")) == []
        assert "ICO-1" in referred(part_of(issue, "open at the start"))
        page = plainly(read(browser_of_clerk, issue.paper.get_absolute_url()))
        assert "4 were known to be open at the time. That is no movement." in page
        assert "ICO-1: completed as known at the time, in progress as known now" in page

    @pytest.mark.parametrize(("missing", "said"), [(-1, "be 1 more open"), (2, "be 2 fewer open")])
    def test_a_sum_that_does_not_add_up_says_which_way(self, missing, said):
        page = render_to_string("committees/paper/balance.html", {"balance": {"missing": missing}})
        assert said in page

    def test_a_first_paper_and_one_not_asked_have_no_word_of_it(self, plan, clerk):
        first = issued([plan], clerk, JULY, **BY_REFERENCE)
        second = issued([plan], clerk)
        for issue in (first, second):
            assert "balances" not in issue.content
            assert not PublishedFigure.objects.filter(
                paper=issue.paper_id, dimension__has_key="since"
            ).exists()

    def test_the_next_paper_compares_with_whole_figures_and_with_no_part_of_a_sum(self, july, plan, clerk):
        issued([plan], clerk, **BY_REFERENCE)
        third = issued([plan], clerk, date(2016, 11, 1), **BY_REFERENCE)
        assert third.content["balances"][0]["since"] == "12 October 2016"
        assert part_of(third, "open at the start").value == 1


class TestTogether:
    @pytest.fixture
    def both(self, plan, roadmap):
        """ICO-2 and MAP-2 are the same; MAP-3 supports ICO-5."""
        the_same(plan.actions.get(reference="ICO-2"), roadmap.actions.get(reference="MAP-2"))
        the_same(
            roadmap.actions.get(reference="MAP-3"),
            plan.actions.get(reference="ICO-5"),
            kind=Overlap.Kind.SUPPORTS,
        )
        return [plan, roadmap]

    def test_what_is_the_same_counts_once_and_as_far_as_its_slower_half(self, both, clerk):
        union = issued(both, clerk, tells_union=True).content["union"]
        rows = {
            row["label"]: [cell["value"] for cell in row["cells"]] for row in (*union["rows"], union["once"])
        }
        assert union["columns"][-1] == "All"
        by_status = dict(zip(union["columns"], rows["Together, each piece of work once"], strict=True))
        assert (by_status["Completed"], by_status["In progress"], by_status["All"]) == (4, 1, 7)
        assert rows["The plans added up"][-1] == 8
        assert rows["Counted more than once"][-1] == 1
        assert union["overlapping"]["value"] == 4

    def test_plans_together_balance_with_each_piece_of_work_once_and_tell_errors_apart(
        self, browser_of_clerk, both, july, clerk, officer
    ):
        wrong = ActionFactory(
            plan=both[1], reference="MAP-4", opened_on=OPENED, by=officer, **brought_in(OPENED)
        )
        mistaken.action(wrong, reason="It came with the wrong file", by=officer)
        issue = issued(both, clerk, today(), tells_union=True, **BY_REFERENCE)
        (balance,) = [each for each in issue.content["balances"] if not each["code"]]
        values = {row["label"]: row["cells"][0]["value"] for row in balance["rows"]}
        assert list(values.values()) == [5, 0, 0, 2, 0, 3]
        assert (balance["told"], balance["missing"], "joined" in balance) == (6, 0, False)
        (told,) = balance["restated"]
        assert told == {"reference": "MAP-4", "told": "not started", "known": "entered in error"}
        page = read(browser_of_clerk, issue.paper.get_absolute_url())
        assert "<h3>The plans together, each piece of work once</h3>" in page
        assert "MAP-4: not started as known at the time, entered in error as known now" in plainly(page)
        opened = PublishedFigure.objects.get(
            paper=issue.paper_id, scope={"plans": ["ico", "map"]}, dimension__part="completed"
        )
        assert "the registers give the same 2 today" in plainly(read(browser_of_clerk, address(opened)))
        assert not any(compare(issue.paper.figures.filter(dimension__once=True), timezone.now()))
        together = PublishedFigure.objects.filter(paper=issue.paper_id, dimension__once=True)
        start, end = (together.get(dimension__part=f"open at the {name}") for name in ("start", "end"))
        assert referred(start) == ["ICO-2", "ICO-3", "ICO-4", "ICO-5", "MAP-3"]
        assert referred(end) == ["ICO-5", "MAP-2", "MAP-3"]
        assert (
            "On the plans together, each piece of work counted once, 5 actions were open on 13 July 2016; "
            "since then none were added, none were reopened, 2 were completed and none were withdrawn; "
            "now 3 are open."
        ) in plainly(page)

    def test_an_overlap_said_since_the_paper_before_is_told_beside_the_balance(
        self, browser_of_clerk, both, july, clerk
    ):
        pair = both[0].actions.get(reference="ICO-4"), both[1].actions.get(reference="MAP-3")
        overlap_of(*pair, known_at=brought_in(date(2016, 9, 5))["known_at"], source_document="Both plans")
        issue = issued(both, clerk, tells_union=True, **BY_REFERENCE)
        (balance,) = [each for each in issue.content["balances"] if not each["code"]]
        assert (balance["told"], balance["joined"], balance["restated"]) == (5, 1, [])
        assert balance["rows"][0]["cells"][0]["value"] == 4
        page = read(browser_of_clerk, issue.paper.get_absolute_url())
        assert "That is no movement. Actions said since to be the same count once." in page

    def test_the_balance_of_plans_together_leads_to_no_page_that_adds_them_up(self, both, july):
        meeting = MeetingFactory(held_on=today())
        drawn = services.preview(PaperFactory(meeting=meeting, plans=both, tells_union=True, **BY_REFERENCE))
        of_one, together = drawn["balances"]
        places = [[row["cells"][0]["position"] for row in each["rows"]] for each in (of_one, together)]
        alone, once = ([drawn["addresses"][place] for place in each] for each in places)
        assert all(address.startswith(reverse("actions:movement")) for address in alone)
        assert not any(once)

    def test_the_overlaps_are_printed_and_stay_as_they_were(self, browser_of_clerk, both, clerk):
        issue = issued(both, clerk, tells_union=True)
        both[0].actions.filter(reference="ICO-2").update(title="Renamed since")
        page = plainly(read(browser_of_clerk, issue.paper.get_absolute_url()))
        assert "Each piece of work counted once" in page
        assert re.search(r"ICO-5 \([^)]+\) is supported by MAP-3 \(", page)
        assert "Renamed since" not in page

    def test_its_figures_open_and_are_asked_again_in_the_same_scope(self, browser_of_clerk, both, clerk):
        issue = issued(both, clerk, tells_union=True)
        once = PublishedFigure.objects.get(
            paper=issue.paper_id, key="actions.counted_once", dimension={"status": "completed"}
        )
        assert once.scope == {"plans": ["ico", "map"]}
        assert referred(once) == ["ICO-1", "ICO-3", "ICO-4", "MAP-1"]
        page = plainly(read(browser_of_clerk, address(once)))
        assert "the registers give the same 4 today" in page

    def test_one_plan_alone_has_nothing_to_count_together(self, plan, clerk):
        assert "union" not in issued([plan], clerk, tells_union=True).content

    def test_the_figures_of_each_plan_are_what_they_were_without(self, both, clerk):
        alone = issued(both, clerk, date(2016, 9, 30))
        beside = issued(both, clerk, tells_union=True, tells_movement=True)
        assert [plan["table"]["total"]["cells"][-1]["value"] for plan in beside.content["plans"]] == [5, 3]
        assert alone.content["plans"][0]["table"]["columns"] == beside.content["plans"][0]["table"]["columns"]


class TestChoosing:
    def front(self, *plans, **facts):
        meeting = MeetingFactory(held_on=today())
        told = {"meeting": meeting.pk, "title": "Progress", "plans": [plan.pk for plan in plans]}
        return told | {"publication_status": "Public"} | parts("as_at", today()) | facts

    def test_the_front_sheet_asks_for_each_part_and_keeps_the_answer(self, browser_of_clerk, plan, roadmap):
        chosen = {"tells_movement": "on", "tells_union": "on", "tells_maturity": "on"}
        browser_of_clerk.post(reverse("committees:new_paper"), self.front(plan, roadmap, **chosen))
        paper = Paper.objects.get(title="Progress")
        assert (paper.tells_movement, paper.tells_union, paper.tells_maturity) == (True, True, True)
        assert paper.history.get().tells_union

    @pytest.mark.parametrize("plans", [0, 1])
    def test_plans_are_counted_together_only_where_there_are_two(self, browser_of_clerk, plan, plans):
        front = self.front(*[plan][:plans], tells_union="on", tells_risks="on")
        answer = browser_of_clerk.post(reverse("committees:new_paper"), front)
        assert "Select two or more action plans, or do not count plans together" in plainly(
            " ".join(answer.content.decode().split())
        )
        assert not Paper.objects.exists()

    def test_a_draft_leads_to_the_pages_that_say_the_same_of_today(
        self, browser_of_clerk, july, plan, roadmap
    ):
        draft = PaperFactory(
            plans=[plan, roadmap], to_come=True, tells_movement=True, tells_union=True, tells_maturity=True
        )
        page = read(browser_of_clerk, draft.get_absolute_url())
        moved = re.search(r'href="([^"]*plans-together/movement/[^"]*)"', page)[1].replace("&amp;", "&")
        assert "since_day=13" in moved
        assert browser_of_clerk.get(moved).context["found"].movement.open_at_start == 4
        together = re.search(r'href="([^"]*/actions.counted_once/[^"]*status=completed[^"]*)"', page)[1]
        assert browser_of_clerk.get(together.replace("&amp;", "&")).status_code == 200
        assert not Issue.objects.filter(paper=draft).exists()
