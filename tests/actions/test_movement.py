"""Movement between two moments: it balances, opens, and does not take a restatement for a movement."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from actions.figures import remaining
from actions.figures.overlap import counted_once
from actions.models import ActionPlan, Overlap, ProgressUpdate, Status
from actions.models.movement import between
from governance.core.dates import LONDON, end_of_day
from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from tests.actions.factories_overlap import overlap_of
from tests.actions.pages import OPENED, a_plan, action_page, an_action, known, plan_page, text, told
from tests.browser import axe, sign_in
from tests.cast import play, signed_in
from tests.factories import PlanFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY, JUNE = date(2016, 3, 1), date(2016, 4, 1), date(2016, 5, 2), date(2016, 6, 1)


def moved(plan, since=APRIL, until=JUNE, known_at=None):
    return between(since, Moment.of(until, known_at), Scope(plans=(plan.code,)))


def references(movement, kind):
    return [row.reference for row in movement.of(kind)]


@pytest.fixture
def plan():
    return a_plan(code="moving", title="Plan of the audit")


class TestTheSum:
    def test_each_way_of_moving_is_a_part_of_the_sum(self, plan):
        for reference, earlier, later in (
            ("M-1", Status.IN_PROGRESS, Status.COMPLETED),
            ("M-2", Status.IN_PROGRESS, Status.WITHDRAWN),
            ("M-3", Status.COMPLETED, Status.IN_PROGRESS),
            ("M-4", Status.WITHDRAWN, Status.NOT_STARTED),
            ("M-5", Status.IN_PROGRESS, Status.AWAITING_APPROVAL),
            ("M-6", Status.COMPLETED, Status.WITHDRAWN),
        ):
            action = an_action(plan, reference=reference)
            told(action, earlier, MARCH)
            told(action, later, MAY)
        an_action(plan, reference="M-7", opened_on=MAY, **known(MAY))
        done = an_action(plan, reference="M-8", opened_on=MAY, **known(MAY))
        told(done, Status.COMPLETED, MAY)
        found = moved(plan)
        assert (found.open_at_start, found.open_at_end, found.adds_up) == (3, 4, True)
        assert references(found, "added") == ["M-7", "M-8"]
        assert references(found, "reopened") == ["M-3", "M-4"]
        assert references(found, "completed") == ["M-1", "M-8"]
        assert references(found, "withdrawn") == ["M-2"]

    def test_completed_reopened_and_completed_again_in_between_counts_once(self, plan):
        action = an_action(plan, reference="M-1")
        for day, status in ((5, Status.COMPLETED), (10, Status.IN_PROGRESS), (20, Status.COMPLETED)):
            told(action, status, date(2016, 4, day))
        assert references(moved(plan), "completed") == ["M-1"]
        assert references(moved(plan), "reopened") == []

    def test_a_restatement_of_the_start_is_no_movement_and_is_pointed_out(self, plan):
        action = an_action(plan, reference="M-1")
        wrong = told(action, Status.COMPLETED, MARCH)
        action.correct(wrong, by=UserFactory(), reason="Only sent", status=Status.IN_PROGRESS, **known(MAY))
        found = moved(plan)
        assert (found.open_at_start, found.open_at_end, found.open_as_told) == (1, 1, 0)
        assert not any(any(row.kinds) for row in found.rows)
        assert [(row.reference, row.before, row.after) for row in found.restated] == [
            ("M-1", Status.COMPLETED, Status.IN_PROGRESS)
        ]

    def test_an_opening_moved_past_the_end_is_pointed_out_too(self, plan):
        action = an_action(plan, reference="M-1")
        opening = action.updates.get()
        action.correct(opening, by=UserFactory(), reason="Later", effective_on=date(2016, 9, 1), **known(MAY))
        found = moved(plan)
        assert (found.rows, found.open_as_told) == ((), 1)
        assert [(row.before, row.after) for row in found.restated] == [(Status.NOT_STARTED, None)]

    def test_as_known_before_the_correction_nothing_was_restated(self, plan):
        action = an_action(plan, reference="M-1")
        wrong = told(action, Status.COMPLETED, MARCH)
        action.correct(wrong, by=UserFactory(), reason="Only sent", void=True, **known(date(2016, 7, 1)))
        found = moved(plan, known_at=JUNE)
        assert found.restated == ()
        assert found.open_at_start == 0
        assert moved(plan).open_at_start == 1

    def test_it_asks_three_times_however_many_actions(self, plan, django_assert_num_queries):
        for n in range(20):
            an_action(plan, reference=f"M-{n}")
        with django_assert_num_queries(3):
            moved(plan)


class TestFiveHundredRandomHistories:
    """Each history is a plan of its own; what is expected is replayed from its rows, without a query."""

    def made(self, random, by, owner):
        """500 plans of up to four actions, each with up to seven updates and corrections. Rows by plan."""
        plans = PlanFactory.create_batch(500, audit=None, opened_on=OPENED)
        rows = {}
        for n, plan in enumerate(plans):
            for m in range(random.randint(1, 4)):
                action = plan.actions.create(reference=f"H-{n}-{m}", title="Some work", owner=owner)
                rows.setdefault(plan.code, []).append(self.history(random, action, by))
        return rows

    def history(self, random, action, by):
        """Updates in the order of knowledge: the opening, then reports and corrections of earlier ones."""
        day = OPENED + timedelta(days=random.randint(0, 120))
        rows = [self.row(action, by, Status.NOT_STARTED, day, day)]
        for _ in range(random.randint(0, 6)):
            day += timedelta(days=random.randint(0, 30))
            heads = [row for row in rows[1:] if row not in {r.corrects for r in rows}]
            if heads and random.random() < 0.3:
                wrong = random.choice(heads)
                void = random.random() < 0.4
                rows.append(self.row(action, by, random.choice(list(Status)), wrong.effective_on, day,
                                     corrects=wrong, reason="Wrong", void=void))  # fmt: skip
            else:
                late = timedelta(days=random.randint(0, 20))
                rows.append(self.row(action, by, random.choice(list(Status)), max(OPENED, day - late), day))
        return rows

    def row(self, action, by, status, effective_on, known_on, **facts):
        at = datetime(known_on.year, known_on.month, known_on.day, 12, tzinfo=LONDON)
        return ProgressUpdate.objects.create(
            action=action, status=status, effective_on=effective_on, known_at=at, source_document="Workbook",
            recorded_by=by, why="It was said", **facts,
        )  # fmt: skip

    def standing(self, rows, as_at, known_before):
        """The status that stands, by the plainest reading of the rule."""
        seen = [row for row in rows if row.known_at < known_before]
        replaced = {row.corrects_id for row in seen}
        live = [r for r in seen if r.pk not in replaced and not r.void and r.effective_on <= as_at]
        return max(live, key=lambda row: (row.effective_on, row.place)).status if live else None

    def expected(self, histories, since, until, known_on):
        """Open at the start, added, reopened, completed, withdrawn, open at the end."""
        ends, closed = end_of_day(known_on), set(Status.closed())
        pairs = [(self.standing(rows, since, ends), self.standing(rows, until, ends)) for rows in histories]
        open_before = [a is not None and a not in closed for a, _ in pairs]
        open_after = [b is not None and b not in closed for _, b in pairs]
        fresh = [was or (a is None and b is not None) for was, (a, b) in zip(open_before, pairs, strict=True)]
        left = [b for new, (_, b) in zip(fresh, pairs, strict=True) if new]
        return (
            sum(open_before),
            sum(a is None and b is not None for a, b in pairs),
            sum(a in closed and now for (a, _), now in zip(pairs, open_after, strict=True)),
            left.count("completed"),
            left.count("withdrawn"),
            sum(open_after),
        )

    def test_the_movement_balances_and_is_what_a_plain_reading_gives(self):
        random = Random(20161024)
        made = self.made(random, UserFactory(), PostFactory())
        assert len(made) == 500
        moving = 0
        for code, histories in made.items():
            since = OPENED + timedelta(days=random.randint(0, 150))
            until = since + timedelta(days=random.randint(1, 150))
            known_on = since + timedelta(days=random.randint(-20, 200))
            closing = Moment(until, end_of_day(known_on))
            found = between(since, closing, Scope(plans=(code,)))
            parts = [len(found.of(kind)) for kind in ("added", "reopened", "completed", "withdrawn")]
            told_of = (found.open_at_start, *parts, found.open_at_end)
            assert told_of == self.expected(histories, since, until, known_on), code
            assert found.adds_up, code
            moving += any(parts)
        assert moving > 200
        self.each_piece_once(random, list(made))

    def each_piece_once(self, random, codes):
        """Three plans together, of which two actions each are the same: known early, in between or late."""
        as_said = []
        for place in range(0, 150, 3):
            three = tuple(codes[place : place + 3])
            found = [list(ActionPlan.objects.get(code=code).actions.order_by("pk")) for code in three]
            for one, other in pairwise(found):
                known_on = OPENED + timedelta(days=random.choice((0, 0, random.randint(0, 300))))
                overlap_of(random.choice(one), random.choice(other), **known(known_on))
            since = OPENED + timedelta(days=random.randint(0, 150))
            closing = Moment(since + timedelta(days=90), end_of_day(since + timedelta(days=100)))
            scope = Scope(plans=three)
            together = between(since, closing, scope, once=True)
            assert together.adds_up, three
            assert together.open_at_end == self.open_once(closing, scope), three
            said = [set(Overlap.objects.standing(each)) for each in (together.opening, closing)]
            start = self.open_once(together.opening, scope)
            # What is the same at the end is the same at the start: what was said in between is no movement.
            assert together.open_at_start == start if said[0] == said[1] else together.open_at_start <= start
            as_said.append(said[0] == said[1])
        assert {True, False} <= {*as_said}

    def open_once(self, moment, scope):
        return counted_once.rows(moment, scope).exclude(status__in=Status.closed()).count()


class TestThePage:
    def shown(self, person, asked=""):
        return signed_in(person).get(f"{reverse('actions:movement')}{asked}")

    @pytest.fixture
    def busy(self, plan):
        """One completed in May, one still open, and a third known otherwise since."""
        told(an_action(plan, reference="M-1", title="Write the policy"), Status.COMPLETED, MAY)
        an_action(plan, reference="M-2")
        third = an_action(plan, reference="M-3")
        wrong = told(third, Status.COMPLETED, MARCH)
        third.correct(wrong, by=UserFactory(), reason="Only sent", void=True, **known(MAY))
        return plan

    ASKED = "?since=2016-04-01&as_at=2016-06-01"

    def test_every_part_opens_the_actions_behind_it(self, siro, busy):
        page = text(self.shown(siro, self.ASKED))
        assert 'href="#completed"' in page
        assert f'href="{action_page(busy.actions.get(reference="M-1"))}"' in page
        assert "Known otherwise since: 1" in page
        assert "On 1 April 2016 itself 2 were known as open" in page

    def test_open_at_start_and_end_lead_to_figures_of_the_same_number(self, siro, busy):
        found = self.shown(siro, self.ASKED).context["found"]
        for tile, moment in ((found.start, found.movement.opening), (found.end, found.movement.closing)):
            assert tile.value == remaining.value(moment, Scope(plans=(busy.code,)))
            assert tile.href == remaining.address(moment, Scope(plans=(busy.code,)))
        assert (found.start.value, found.end.value) == (3, 2)

    def test_who_may_not_open_an_action_counts_it_and_is_not_told_which(self, owner):
        told(owner.action, Status.COMPLETED, MARCH)
        hidden = an_action(owner.action.plan, reference="M-9", title="Somebody else's")
        told(hidden, Status.COMPLETED, MARCH)
        answer = self.shown(owner, "?since=2016-02-01&as_at=2016-06-01")
        assert "And 1 that you may not open" in text(answer)
        assert "Somebody else" not in text(answer)
        assert answer.context["found"].end.value == 0

    @pytest.mark.parametrize(
        "asked",
        ["?since=2016-06-01&as_at=2016-04-01", "?since=2016-06-01&as_at=2016-06-01", "?since=rubbish",
         "?as_at=%00", "?plans=none", "?since_day=31&since_month=2&since_year=2016", "?since=2999-01-01"],
    )  # fmt: skip
    def test_days_that_make_no_sense_are_told_at_their_field(self, siro, busy, asked):
        answer = self.shown(siro, asked)
        assert answer.status_code == 200
        assert "There is a problem" in text(answer)
        assert answer.context["found"] is None

    def test_who_may_open_no_plan_is_told_so(self, busy):
        author = play("manager", Role.SERVICE_MANAGER, PostFactory().unit)
        assert "no action plan that you may open" in text(self.shown(author))

    @pytest.mark.parametrize("actions", [10, 200])
    def test_however_many_actions_it_asks_as_often(self, siro, plan, actions, django_assert_max_num_queries):
        owner = PostFactory()
        for n in range(actions):
            an_action(plan, reference=f"Q-{n}", owner=owner)
        browser = signed_in(siro)
        browser.get(reverse("actions:movement"))
        with django_assert_max_num_queries(12):
            browser.get(f"{reverse('actions:movement')}?since=2016-01-01")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 320])
def test_from_a_plan_to_what_moved_in_it(open_page, width):
    plan = a_plan(code="moving", title="Plan of the audit")
    told(an_action(plan, reference="M-1", title="Write the policy"), Status.COMPLETED, MAY)
    third = an_action(plan, reference="M-3", title="Train everybody")
    wrong = told(third, Status.COMPLETED, MARCH)
    third.correct(wrong, by=UserFactory(), reason="Only sent", void=True, **known(MAY))
    page = open_page(viewport={"width": width, "height": 900})
    sign_in(page, play("siro", Role.SIRO))
    page.goto(plan_page(plan))
    page.get_by_role("link", name="See what moved").click()
    expect(page.get_by_role("heading", name="What moved in the action plans")).to_be_visible()
    page.goto(f"{reverse('actions:movement')}?plans=moving&since=2016-04-01&as_at=2016-06-01")
    expect(page.get_by_role("heading", name="Completed: 1")).to_be_visible()
    axe(page)
