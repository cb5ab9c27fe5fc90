"""The colour of an action: by the rule of the day, from what was so on that day."""

from datetime import date

import pytest
from django.utils import timezone

from actions.figures import counts_by_facet
from actions.figures.colour import by_rag, colours_set
from actions.models import ActionColour, Dependency, Status
from actions.models.colour import COLOURED
from governance.colours.models import REGISTERS
from governance.colours.representations.definition import Line, shipped
from governance.colours.services.override import ColourError, set_colour, take_back
from governance.colours.services.rule import turned
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from governance.history.trail import because
from governance.people.models import Role
from tests.actions.moving import move
from tests.cast import known, play, signed_in
from tests.colours.actions import colour_of, day
from tests.colours.factories import LONG_AGO, in_force
from tests.factories import ActionFactory, PostHoldingFactory, UserFactory
from tests.risks.refused import refused_by

pytestmark = pytest.mark.django_db


def report(action, status, **facts):
    action.report(status, effective_on=facts.pop("on", today()), by=UserFactory(), **facts)
    return action


@pytest.fixture
def officer():
    return play("ig_officer", Role.IG_OFFICER)


class TestShippedRule:
    @pytest.fixture(autouse=True)
    def _rule(self):
        in_force()

    @pytest.mark.parametrize(
        ("due", "expected"),
        [(-1, "red"), (0, "amber"), (30, "amber"), (31, "green"), (None, "grey")],
    )
    def test_what_is_not_started_is_coloured_by_its_due_date(self, due, expected):
        action = ActionFactory(due_on=None if due is None else day(due))
        assert colour_of(action) == expected

    def test_what_is_in_progress_and_due_soon_is_on_track(self):
        assert colour_of(report(ActionFactory(due_on=day(10)), Status.IN_PROGRESS)) == "green"

    def test_done_with_evidence_is_blue_and_a_bare_claim_is_amber(self):
        proved = report(ActionFactory(due_on=day(-9)), Status.COMPLETED, evidence="Minute 12")
        claimed = report(ActionFactory(due_on=day(-9)), Status.COMPLETED)
        assert (colour_of(proved), colour_of(claimed)) == ("blue", "amber")

    def test_a_later_date_does_not_hide_that_the_first_is_past(self):
        action = report(ActionFactory(due_on=day(-10)), Status.IN_PROGRESS)
        move(action, day(200))
        assert colour_of(action) == "amber"

    def test_more_than_half_a_year_past_the_first_date_is_red_whatever_the_later_one(self):
        action = report(ActionFactory(due_on=day(-181)), Status.IN_PROGRESS)
        move(action, day(200))
        assert colour_of(action) == "red"

    def test_what_waits_and_is_due_within_90_days_is_amber_until_the_other_is_done(self):
        action = report(ActionFactory(due_on=day(80)), Status.IN_PROGRESS)
        needed = ActionFactory(due_on=day(80))
        Dependency.objects.create(
            action=action, needs_action=needed, holds_up=Dependency.Step.FINISH, from_on=LONG_AGO
        )
        assert colour_of(action) == "amber"
        report(needed, Status.COMPLETED, evidence="Done")
        assert colour_of(action) == "green"


class TestConditions:
    @pytest.mark.parametrize(
        ("line", "met", "not_met"),
        [
            (("moved", 5), 6, 5),
            (("overdue", 5), -6, -5),
            (("due_within", 5), 5, 6),
        ],
    )
    def test_a_number_of_days_is_a_line_that_is_passed_or_not(self, line, met, not_met):
        in_force("actions", Line("red", "Yes", *line))
        for due, expected in ((met, "red"), (not_met, "green")):
            action = ActionFactory(due_on=today())
            move(action, day(due))
            assert colour_of(action) == expected

    def test_no_new_report_for_a_time_is_quiet(self):
        in_force("actions", Line("amber", "Quiet", "quiet", 30))
        old = ActionFactory(opened_on=day(-31))
        new = ActionFactory(opened_on=day(-30))
        assert (colour_of(old), colour_of(new)) == ("amber", "green")

    @pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.IN_PROGRESS, Status.AWAITING_APPROVAL])
    def test_a_status_can_be_asked(self, status):
        in_force("actions", Line("amber", "Yes", status.value))
        expected = {each: "amber" if each == status else "green" for each in Status}
        found = {}
        for each in Status:
            action = ActionFactory()
            if each != Status.NOT_STARTED:
                report(action, each, why="Nobody needs it")
            found[each] = colour_of(action)
        assert found == expected

    def test_both_conditions_of_a_line_have_to_hold(self):
        in_force("actions", Line("red", "Both", "not_started", None, "no_due_date"))
        assert colour_of(ActionFactory(due_on=None)) == "red"
        assert colour_of(ActionFactory(due_on=day(1))) == "green"
        assert colour_of(report(ActionFactory(due_on=None), Status.IN_PROGRESS)) == "green"

    def test_the_first_line_that_holds_gives_the_colour(self):
        in_force("actions", Line("red", "First", "no_due_date"), Line("amber", "Second", "not_started"))
        assert colour_of(ActionFactory(due_on=None)) == "red"

    @pytest.mark.parametrize("condition", REGISTERS["actions"].conditions, ids=lambda each: each.key)
    @pytest.mark.parametrize("on", [date(1, 1, 2), date(9999, 12, 29)])
    def test_no_condition_fails_at_the_ends_of_the_calendar(self, condition, on):
        days = 3650 if condition.takes_days else None
        in_force("actions", Line("red", "Yes", condition.key, days), from_on=date(1, 1, 1))
        assert by_rag.value(Moment.of(on), Scope()) >= 0


class TestPastDays:
    def test_a_past_day_keeps_the_rule_of_that_day(self):
        action = ActionFactory(due_on=day(-3))
        in_force("actions", Line("amber", "Late", "overdue", 0))
        in_force("actions", Line("red", "Late", "overdue", 0), from_on=day(1))
        assert colour_of(action, Moment.of(day(1))) == "red"
        assert colour_of(action) == colour_of(action, Moment.of(day(-1))) == "amber"
        assert by_rag.by(Moment.of(day(-1)), Scope(), "colour") == {"amber": 1}

    def test_a_moment_that_was_shown_keeps_no_rule_that_was_adopted_after_it(self):
        """Not the first of a register either, which alone may begin in the past."""
        action = ActionFactory(due_on=day(-3))
        shown = Moment(today(), timezone.now())
        in_force()
        assert by_rag.value(shown, Scope()) == 0
        assert colour_of(action, shown) is None
        assert by_rag.value(Moment(today(), timezone.now()), Scope()) == 1
        assert by_rag.value(Moment.of(day(-1)), Scope()) == 1

    def test_before_the_first_rule_nothing_has_a_colour(self):
        action = ActionFactory()
        in_force(from_on=today())
        assert colour_of(action, Moment.of(day(-1))) is None
        assert by_rag.value(Moment.of(day(-1)), Scope()) == 0

    def test_a_moment_before_a_date_was_moved_has_the_date_of_then(self):
        in_force()
        action = report(ActionFactory(due_on=day(-5)), Status.IN_PROGRESS)
        with because("Agreed by the board"):
            moved = move(action, day(90)).known_at
        assert colour_of(action) == "amber"
        assert colour_of(action, Moment(today(), moved)) == "red"

    def test_an_action_whose_history_was_brought_in_has_the_date_it_came_with(self):
        in_force()
        action = ActionFactory(opened_on=day(-100), due_on=day(-50))
        assert colour_of(action, Moment.of(day(-40))) == "red"
        assert colour_of(action, Moment.of(day(-60))) == "amber"


class TestFigures:
    def test_by_colour_they_add_up_and_agree_with_the_plan(self, officer):
        in_force()
        late, fine = ActionFactory(due_on=day(-1)), ActionFactory(due_on=day(90))
        assert by_rag.by(Moment.now(), Scope(), "colour") == {"red": 1, "green": 1}
        counted = counts_by_facet(Moment.now(), Scope(), officer)
        assert {row["colour"]: row["rows"] for row in counted} == {"red": 1, "green": 1}
        page = signed_in(officer).get(by_rag.address(Moment.now(), Scope(), colour="red")).content.decode()
        assert late.reference in page
        assert fine.reference not in page

    def test_a_set_colour_counts_as_it_is_shown_and_is_counted_itself(self, officer):
        in_force()
        action = ActionFactory(due_on=day(-1))
        set_colour(COLOURED, action, colour="amber", until=day(9), reason="Nearly done", by=officer)
        assert by_rag.by(Moment.now(), Scope(), "colour") == {"amber": 1}
        assert [e.subject for e in colours_set.entries(Moment.now(), Scope())] == [action.pk]
        assert colours_set.value(Moment.of(day(10)), Scope()) == 0

    def test_a_preview_says_what_would_turn(self):
        in_force("actions", Line("amber", "Late", "overdue", 0))
        ActionFactory(due_on=day(-1))
        ActionFactory(due_on=day(90))
        assert turned(shipped("actions")) == {("amber", "red"): 1, ("green", "green"): 1}

    def test_a_preview_before_the_first_rule_says_so_too(self):
        ActionFactory(due_on=day(-1))
        assert turned(shipped("actions")) == {(None, "red"): 1}


class TestSettingAColour:
    @pytest.fixture
    def action(self):
        in_force()
        return ActionFactory(due_on=day(-1))

    def set(self, action, by, **said):
        said = {"colour": "amber", "until": day(9), "reason": "Nearly done", **said}
        return set_colour(COLOURED, action, by=by, **said)

    def test_it_counts_until_its_day_and_not_after(self, action, officer):
        self.set(action, officer)
        assert colour_of(action) == "amber"
        assert colour_of(action, Moment.of(day(9))) == "amber"
        assert colour_of(action, Moment.of(day(10))) == "red"

    @pytest.mark.parametrize("status", [Status.COMPLETED, Status.WITHDRAWN])
    def test_it_ends_once_the_action_is_closed_and_does_not_come_back(self, action, officer, status):
        self.set(action, officer)
        update = action.report(
            status, effective_on=today(), by=officer, evidence="Minute 4", why="Not needed"
        )
        assert colour_of(action) == "blue"
        assert colours_set.value(Moment.now(), Scope()) == 0
        assert colour_of(action, Moment(today(), update.known_at)) == "amber"
        action.report(Status.IN_PROGRESS, effective_on=today(), by=officer, why="Half of it is missing")
        assert colour_of(action) == "red"
        with pytest.raises(ColourError, match="Nobody has set a colour"):
            take_back(COLOURED, action, reason="Again", by=officer)

    def test_what_is_put_right_of_a_completion_opened_again_before_ends_none(self, action, officer):
        done = action.report(Status.COMPLETED, effective_on=today(), by=officer, evidence="Minute 3")
        action.report(Status.IN_PROGRESS, effective_on=today(), by=officer, why="Half of it is missing")
        self.set(action, officer)
        assert colour_of(action) == "amber"
        action.correct(done, by=officer, reason="It was another", evidence="Minute 4")
        assert colour_of(action) == "amber"

    def test_a_moment_before_it_was_recorded_does_not_know_of_it(self, action, officer):
        made = self.set(action, officer)
        made.refresh_from_db()
        assert colour_of(action, Moment(today(), made.recorded_at)) == "red"

    def test_the_last_one_counts_and_taking_it_back_shows_the_computed_one(self, action, officer):
        self.set(action, officer)
        self.set(action, officer, colour="green")
        assert colour_of(action) == "green"
        take_back(COLOURED, action, reason="It slipped", by=officer)
        assert colour_of(action) == "red"
        with pytest.raises(ColourError, match="Nobody has set a colour"):
            take_back(COLOURED, action, reason="Again", by=officer)

    def test_a_day_that_is_past_or_too_far_away_is_refused_in_words(self, action, officer):
        for until in (day(-1), day(400)):
            with pytest.raises(ColourError, match="must be between today and"):
                self.set(action, officer, until=until)

    def test_nobody_sets_the_colour_of_an_action_of_their_own_and_the_database_agrees(self, action, officer):
        PostHoldingFactory(post=action.owner, person=officer)
        own = known(officer, officer.post)
        with pytest.raises(ColourError, match="an entry of their own"):
            self.set(action, own)
        with refused_by("colour_is_set_by_another_than_who_owns_it"):
            self.make(action, own)

    def make(self, action, by, **said):
        said = {"colour": "amber", "until": day(9), "reason": "x", **said}
        return ActionColour.objects.create(action=action, recorded_by=by, recorded_as="A post", **said)

    def test_the_database_keeps_the_months_of_the_rule(self, action, officer):
        for until in (day(-1), day(120)):
            with refused_by("colour_is_set_for_no_longer_than_the_rule_says"):
                self.make(action, officer, until=until)
        assert self.make(action, officer, until=day(85)).pk

    def test_the_database_wants_an_end_a_known_colour_and_a_reason(self, action, officer):
        ends = "actions_set_colour_has_an_end_and_taking_it_back_none"
        with refused_by(ends):
            self.make(action, officer, until=None)
        with refused_by(ends):
            self.make(action, officer, colour="pink")
        with refused_by(ends):
            self.make(action, officer, colour="")
        with refused_by("actions_set_colour_gives_a_reason"):
            self.make(action, officer, reason="")

    def test_without_a_rule_there_is_nothing_to_set(self, officer):
        action = ActionFactory()
        with pytest.raises(ColourError, match="No rule is in force"):
            self.set(action, officer)
        with refused_by("colour_is_set_under_a_rule"):
            self.make(action, officer)


def test_who_may_not_open_an_action_sees_none_of_the_colours_set_on_it(cast):
    in_force()
    action, officer = cast["owner"].action, cast["ig_officer"]
    made = set_colour(COLOURED, action, colour="green", until=day(9), reason="Seen", by=officer)
    sees = {who for who, person in cast.items() if ActionColour.objects.visible_to(person).exists()}
    assert {"owner", "siro", "internal_auditor"} <= sees
    assert not sees & {"other_owner", "outsider", "administrator"}
    assert made.recorded_as == "Ig officer"
