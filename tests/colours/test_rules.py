"""A version of a rule: whole when adopted, never changed after, written by one person at a time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from governance.colours.models import REGISTERS, ColourLine, ColourRule, every_line, lines_of, lines_on
from governance.colours.representations.definition import Line, of_rule, shipped
from governance.colours.services.rule import adopt, begin, last_day, write
from governance.core.dates import today
from governance.core.steps import StepError
from governance.figures.moment import Moment
from governance.history.adopting import withdraw
from tests.colours.factories import LONG_AGO, OTHERS, in_force
from tests.risks.refused import refused_by

pytestmark = pytest.mark.django_db
SHIPPED = shipped("actions")
REASON = "Cabinet, minute 64"
TOMORROW, YESTERDAY = today() + timedelta(days=1), today() - timedelta(days=1)


@pytest.fixture
def draft():
    return begin(SHIPPED)


@pytest.mark.parametrize("register", ["actions", "risks"])
def test_what_is_shipped_comes_into_force_as_it_is_and_names_conditions_that_there_are(register):
    made = in_force(register)
    assert of_rule(made) == shipped(register)
    assert all(when for _, when, _ in of_rule(made).told())


def test_every_condition_is_said_with_its_number():
    known = REGISTERS["actions"].by_key
    assert known["overdue"].said(1) == "is past its due date by more than 1 day"
    assert known["overdue"].said(30) == "is past its due date by more than 30 days"
    assert SHIPPED.lines[-1].when("actions") == "in every other case"
    both = Line("amber", "x", "not_started", None, "due_within", 30)
    assert both.when("actions") == "if it is not started, and is due within 30 days"


class TestInForce:
    def test_none_is_in_force_before_the_first(self, draft):
        assert ColourRule.objects.of("actions").in_force(today()) is None

    def test_on_each_day_the_last_that_has_begun_is_in_force(self):
        first = in_force()
        later = in_force(from_on=today() + timedelta(days=30))
        assert ColourRule.objects.of("actions").in_force(today()) == first
        assert ColourRule.objects.of("actions").in_force(LONG_AGO - timedelta(days=1)) is None
        assert ColourRule.objects.of("actions").in_force(later.from_on) == later

    @pytest.mark.parametrize("days", [-9999, -1, 0, 29, 30, 31])
    def test_the_lines_read_along_with_another_row_are_those_of_the_day(self, days):
        in_force()
        in_force("actions", Line("red", "Late", "overdue", 3), from_on=today() + timedelta(days=30))
        moment = Moment.of(today() + timedelta(days=days))
        told = ColourRule.objects.annotate(told=every_line("actions")).values_list("told", flat=True)[0]
        found = [(each.colour, each.condition, each.days) for each in lines_on(told, moment)]
        expected = lines_of(REGISTERS["actions"], moment)
        assert found == [(each.colour, each.condition, each.days) for each in expected]

    def test_a_rule_of_one_register_gives_no_colour_to_another(self):
        in_force()
        assert ColourRule.objects.of("risks").in_force(today()) is None

    def test_a_second_is_not_in_force_from_a_day_that_is_past(self, draft):
        in_force()
        for day in (YESTERDAY, today()):
            with pytest.raises(StepError, match="a day that is past or from today"):
                adopt(draft, from_on=day, reason=REASON)
        assert adopt(draft, from_on=TOMORROW, reason=REASON).from_on == TOMORROW

    def test_none_is_planned_for_longer_than_a_year_ahead(self, draft):
        with pytest.raises(StepError, match="must not be after"):
            adopt(draft, from_on=last_day() + timedelta(days=1), reason=REASON)
        assert adopt(draft, from_on=last_day(), reason=REASON).from_on == last_day()

    def test_before_its_day_one_goes_back_among_the_drafts_and_another_comes_earlier(self, draft):
        in_force()
        adopt(draft, from_on=last_day(), reason=REASON)
        assert withdraw(draft, reason="The wrong year").standing == "Draft"
        write(draft, replace(SHIPPED, name="Ours"), seen=SHIPPED.digest)
        assert adopt(draft, from_on=TOMORROW, reason=REASON).from_on == TOMORROW
        with pytest.raises(StepError, match="is a draft already"):
            withdraw(begin(SHIPPED), reason="x")

    def test_from_its_day_on_it_stands(self):
        with pytest.raises(StepError, match="in force, so it stands"):
            withdraw(in_force(from_on=today()), reason="Too late")

    def test_lines_read_along_are_none_where_the_rule_was_adopted_later(self, draft):
        before = Moment(today(), timezone.now())
        adopt(draft, from_on=LONG_AGO, reason=REASON)
        told = ColourRule.objects.annotate(told=every_line("actions")).values_list("told", flat=True)[0]
        assert lines_on(told, before) == lines_of(REGISTERS["actions"], before) == []
        assert len(lines_on(told, Moment.now())) == len(SHIPPED.lines)

    def test_none_goes_before_one_that_is_planned(self, draft):
        in_force(from_on=today() + timedelta(days=9))
        with pytest.raises(StepError, match="Choose a later day"):
            adopt(draft, from_on=today() + timedelta(days=9), reason=REASON)

    def test_what_is_adopted_twice_says_so(self):
        with pytest.raises(StepError, match="adopted already"):
            adopt(in_force(), from_on=today(), reason=REASON)

    def test_nobody_adopts_another_text_than_they_saw(self, draft):
        write(draft, replace(SHIPPED, name="Ours"), seen=SHIPPED.digest)
        with pytest.raises(StepError, match="was changed since"):
            adopt(draft, from_on=today(), reason=REASON, seen=SHIPPED.digest)


class TestTheDatabase:
    def test_keeps_the_order_of_the_days(self, draft):
        in_force()
        with refused_by("colour_rule_follows_the_last"):
            ColourRule.objects.filter(pk=draft.pk).update(from_on=date(2014, 1, 1))

    def test_lets_none_begin_in_the_past_beside_another(self, draft):
        in_force()
        with refused_by("colour_rule_is_not_in_force_from_the_past"):
            ColourRule.objects.filter(pk=draft.pk).update(from_on=YESTERDAY)
        with refused_by("colour_rule_is_not_in_force_from_the_past"):
            ColourRule.objects.filter(pk=draft.pk).update(from_on=today())

    def test_lets_none_be_planned_for_longer_than_a_year_ahead(self, draft):
        with refused_by("colour_rule_is_in_force_within_a_year"):
            ColourRule.objects.filter(pk=draft.pk).update(from_on=last_day() + timedelta(days=1))

    @pytest.mark.parametrize("change", [{"name": "x"}, {"from_on": None, "name": "x"}, {"from_on": today()}])
    def test_lets_one_to_come_be_taken_back_and_not_changed(self, draft, change):
        rules = ColourRule.objects.filter(pk=adopt(draft, from_on=TOMORROW, reason=REASON).pk)
        with refused_by("colour_rule_adopted_stands"):
            rules.update(**change)
        with refused_by("colour_rule_adopted_stands"):
            rules._raw_delete("default")
        rules.update(from_on=None)
        rules.update(name="x")

    @pytest.mark.parametrize("change", [{"name": "Other"}, {"override_months": 9}, {"from_on": None}])
    def test_lets_nothing_adopted_change(self, change):
        made = in_force()
        with refused_by("colour_rule_adopted_stands"):
            ColourRule.objects.filter(pk=made.pk).update(**change)

    def test_lets_no_line_of_it_change_come_or_go(self):
        made = in_force()
        lines = ColourLine.objects.filter(rule=made)
        with refused_by("colour_rule_adopted_stands"):
            lines.update(colour="green")
        with refused_by("colour_rule_adopted_stands"):
            lines.first().delete()
        with refused_by("colour_rule_adopted_stands"):
            ColourLine.objects.create(rule=made, position=12, colour="red", words="x", condition="closed")

    def test_lets_no_adopted_rule_go(self):
        made = in_force()
        with refused_by("colour_rule_adopted_stands"):
            ColourRule.objects.filter(pk=made.pk)._raw_delete("default")

    def test_lets_a_line_stay_with_its_version(self, draft):
        other = begin(SHIPPED)
        ColourLine.objects.filter(rule=other).delete()
        with refused_by("colour_line_stays_with_its_version"):
            ColourLine.objects.filter(rule=draft).update(rule=other)

    @pytest.mark.parametrize(
        "lines",
        [
            (),
            (Line("red", "Never", "closed"),),
            (OTHERS, Line("red", "Never tried", "closed")),
            (OTHERS, OTHERS),
        ],
        ids=["no line", "none that always holds", "one behind the last", "two that always hold"],
    )
    def test_lets_no_rule_in_force_that_is_not_whole(self, lines):
        draft = begin(replace(SHIPPED, lines=lines))
        with refused_by("colour_rule_is_whole"):
            ColourRule.objects.filter(pk=draft.pk).update(from_on=today())

    def test_lets_no_rule_in_force_with_a_gap(self, draft):
        ColourLine.objects.filter(rule=draft, position=2).delete()
        with refused_by("colour_rule_is_whole"):
            ColourRule.objects.filter(pk=draft.pk).update(from_on=today())

    @pytest.mark.parametrize(
        ("change", "rule"),
        [
            ({"colour": "pink"}, "colour_line_has_a_known_colour"),
            ({"words": ""}, "colour_line_says_what_it_means"),
            ({"position": 13}, "colour_line_is_one_of_twelve"),
            ({"condition": "A B"}, "colour_line_names_a_condition"),
            ({"and_days": 3, "and_condition": ""}, "colour_line_has_no_days_without_a_condition"),
            ({"condition": "otherwise", "days": 3}, "colour_line_that_always_holds_asks_nothing_more"),
        ],
    )
    def test_keeps_each_line_in_order(self, draft, change, rule):
        with refused_by(rule):
            ColourLine.objects.filter(rule=draft, position=1).update(**change)

    def test_knows_each_place_once(self, draft):
        with refused_by("colour_line_has_its_place"):
            ColourLine.objects.create(rule=draft, position=1, colour="red", words="x", condition="closed")

    @pytest.mark.parametrize(
        ("change", "rule"),
        [
            ({"name": ""}, "colour_rule_has_a_name"),
            ({"register": "Not One"}, "colour_rule_is_of_a_register"),
            ({"override_months": 13}, "colour_rule_lets_a_colour_be_set_for_a_year_at_most"),
            ({"override_months": 0}, "colour_rule_lets_a_colour_be_set_for_a_year_at_most"),
        ],
    )
    def test_keeps_each_rule_in_order(self, draft, change, rule):
        with refused_by(rule):
            ColourRule.objects.filter(pk=draft.pk).update(**change)

    def test_knows_each_number_once(self, draft):
        with pytest.raises(IntegrityError), transaction.atomic():
            ColourRule.objects.create(number=draft.number, register="risks", name="x", override_months=1)


class TestWriting:
    def test_a_draft_says_what_was_written_with_fewer_lines_and_more(self, draft):
        short = replace(SHIPPED, lines=(Line("red", "Late", "overdue", 3), OTHERS))
        write(draft, short, seen=SHIPPED.digest)
        assert of_rule(ColourRule.objects.get(pk=draft.pk)) == short
        write(draft, SHIPPED, seen=short.digest)
        assert of_rule(ColourRule.objects.get(pk=draft.pk)) == SHIPPED

    def test_a_line_that_stays_as_it_was_leaves_no_version(self, draft):
        write(draft, replace(SHIPPED, name="Ours"), seen=SHIPPED.digest)
        line = draft.lines.first()
        assert line.history.count() == 1

    def test_of_two_who_write_the_second_is_told(self, draft):
        write(draft, replace(SHIPPED, name="Ours"), seen=SHIPPED.digest)
        with pytest.raises(StepError, match="Somebody else has changed this draft"):
            write(draft, replace(SHIPPED, name="Mine"), seen=SHIPPED.digest)

    def test_what_is_adopted_is_not_written_any_more(self):
        with pytest.raises(StepError, match="stands as it is"):
            write(in_force(), SHIPPED, seen=SHIPPED.digest)

    def test_each_new_version_has_the_next_number(self, draft):
        assert [begin(SHIPPED).number, begin(SHIPPED).number] == [draft.number + 1, draft.number + 2]
