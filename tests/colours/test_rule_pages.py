"""Writing a rule, seeing what it would turn, and putting it in force."""

from datetime import timedelta

import pytest
from django.urls import reverse

from governance.colours.models import ColourRule
from governance.colours.representations.definition import of_rule, shipped
from governance.colours.services.rule import begin
from governance.core.dates import today
from governance.people.models import Role
from tests.cast import play, signed_in
from tests.colours.factories import in_force
from tests.factories import ActionFactory, RoleAssignmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return play("ig_officer", Role.IG_OFFICER)


@pytest.fixture
def siro():
    return play("siro", Role.SIRO)


def typed(definition, **said):
    """What a browser sends of a draft that nobody has changed yet, with these answers in place."""
    *lines, last = definition.lines
    found = {
        "name": definition.name,
        "source": definition.source,
        "override_months": definition.override_months,
        "last_colour": last.colour,
        "last_words": last.words,
        "seen": definition.digest,
    }
    for number, line in enumerate(lines, start=1):
        for part, value in vars(line).items():
            found[f"line_{number}_{part}"] = "" if value is None else value
    return found | said


def write(who, rule, **said):
    address = reverse("colours:write_rule", args=[rule.number])
    return signed_in(who).post(address, typed(of_rule(rule), **said), follow=True)


def words(response):
    return " ".join(response.content.decode().split())


class TestBeginning:
    def test_it_begins_as_shipped_and_then_as_the_one_in_force(self, officer):
        browser, address = signed_in(officer), reverse("colours:new_rule", args=["actions"])
        assert "The one in force now" not in words(browser.get(address))
        browser.post(address, {"start": "shipped"})
        assert of_rule(ColourRule.objects.get()) == shipped("actions")
        in_force(name="Ours")
        assert "The one in force now: Ours" in words(browser.get(address))
        browser.post(address, {"start": "standing"})
        assert ColourRule.objects.first().name == "Ours"

    def test_what_is_not_offered_is_refused(self, officer):
        browser = signed_in(officer)
        answer = browser.post(reverse("colours:new_rule", args=["actions"]), {"start": "nonsense"})
        assert answer.status_code == 200
        assert not ColourRule.objects.exists()

    def test_there_is_no_rule_for_a_register_without_colours(self, officer):
        assert signed_in(officer).get(reverse("colours:new_rule", args=["papers"])).status_code == 404


class TestWriting:
    @pytest.fixture
    def draft(self):
        return begin(shipped("actions"))

    def test_what_was_not_changed_is_saved_as_it_was(self, officer, draft):
        assert "saved" in words(write(officer, draft))
        assert of_rule(draft) == shipped("actions")

    def test_a_line_is_changed_and_another_left_out(self, officer, draft):
        left_out = {f"line_2_{part}": "" for part in ("condition", "words")}
        write(officer, draft, line_3_days="14", **left_out)
        lines = of_rule(draft).lines
        assert len(lines) == len(shipped("actions").lines) - 1
        assert (lines[1].condition, lines[1].days) == ("overdue", 14)

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ({"name": ""}, "Enter the name"),
            ({"override_months": "13"}, "12"),
            ({"line_1_colour": "pink"}, "pink"),
            ({"line_1_colour": ""}, "Select a colour for line 1"),
            ({"line_1_words": ""}, "Enter what line 1 means"),
            ({"line_1_condition": "nonsense"}, "nonsense"),
            ({"line_1_condition": ""}, "Select a condition for line 1"),
            ({"line_3_days": ""}, "Enter the number of days for line 3"),
            ({"line_3_days": "-1"}, "0"),
            ({"line_3_days": "99999999999"}, "3650"),
            ({"line_1_days": "4"}, "Line 1 has a number of days that its condition does not take"),
            ({"line_1_and_days": "4"}, "Line 1 has a number of days that its condition does not take"),
            ({"line_1_and_condition": "overdue"}, "Enter the number of days for line 1"),
            ({"last_words": ""}, "every other case"),
            ({"line_1_words": "\x00"}, "line 1"),
        ],
    )
    def test_bad_input_is_said_at_its_field_and_nothing_is_saved(self, officer, draft, said, sentence):
        answer = write(officer, draft, **said, source="Typed and kept")
        assert answer.status_code == 200
        page = words(answer)
        assert "There is a problem" in page
        assert sentence in page
        assert "Typed and kept" in page
        assert of_rule(draft) == shipped("actions")

    def test_a_preview_says_what_would_turn_and_saves_nothing(self, officer, draft):
        in_force()
        ActionFactory(due_on=today() - timedelta(days=1))
        ActionFactory(due_on=today() + timedelta(days=90))
        page = words(write(officer, draft, line_3_colour="amber", preview="1"))
        assert "1 action would turn and 1 stays as it is" in page
        assert "1 would turn from red to amber" in page
        assert of_rule(draft) == shipped("actions")

    def test_of_two_who_write_the_slower_keeps_what_they_typed(self, officer, draft):
        write(officer, draft, name="Faster")
        page = words(write(officer, draft, name="Slower", seen=shipped("actions").digest))
        assert "Somebody else has changed this draft" in page
        assert "Slower" in page
        assert ColourRule.objects.get().name == "Faster"

    def test_what_is_adopted_leads_to_its_page(self, officer):
        made = in_force()
        assert "stands as it is" in words(write(officer, made))


class TestAdopting:
    @pytest.fixture
    def draft(self, officer):
        signed_in(officer).post(reverse("colours:new_rule", args=["actions"]), {"start": "shipped"})
        return ColourRule.objects.get()

    def adopt(self, who, draft, **said):
        said = {
            "from_on": today().isoformat(),
            "reason": "Cabinet, minute 64",
            "seen": of_rule(draft).digest,
            **said,
        }
        address = reverse("colours:adopt_rule", args=[draft.number])
        return signed_in(who).post(address, said, follow=True)

    def test_the_siro_puts_in_force_what_another_wrote(self, siro, draft):
        assert "is in force from" in words(self.adopt(siro, draft))
        assert ColourRule.objects.of("actions").in_force(today()) == draft
        page = words(signed_in(siro).get(reverse("colours:rules")))
        assert "Past its due date" in page
        assert "Cabinet, minute 64" in words(signed_in(siro).get(draft.get_absolute_url()))

    def test_nobody_puts_their_own_in_force(self, siro, draft):
        RoleAssignmentFactory(post=siro.post, role=Role.IG_OFFICER)
        write(siro, draft, name="By the SIRO")
        assert self.adopt(siro, draft).status_code == 403

    def test_a_draft_that_was_changed_meanwhile_is_looked_at_again(self, siro, officer, draft):
        seen = of_rule(draft).digest
        write(officer, draft, name="Another")
        assert "look at it again" in words(self.adopt(siro, draft, seen=seen))
        assert ColourRule.objects.of("actions").in_force(today()) is None

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [({"from_on": ""}, "Enter the day"), ({"reason": ""}, "On whose decision")],
    )
    def test_it_needs_a_day_and_a_decision(self, siro, draft, said, sentence):
        assert sentence in words(self.adopt(siro, draft, **said))
        assert ColourRule.objects.of("actions").in_force(today()) is None

    def test_a_second_from_a_past_day_is_refused_in_words(self, siro, draft):
        in_force()
        past = (today() - timedelta(days=1)).isoformat()
        assert "a day that is past" in words(self.adopt(siro, draft, from_on=past))

    def test_the_first_day_offered_is_today_and_then_tomorrow(self, siro, draft):
        address = reverse("colours:adopt_rule", args=[draft.number])
        offered = [signed_in(siro).get(address).context["form"]["from_on"].initial]
        in_force()
        offered.append(signed_in(siro).get(address).context["form"]["from_on"].initial)
        assert offered == [today(), today() + timedelta(days=1)]

    def test_one_to_come_is_taken_back_with_a_reason(self, siro, officer, draft):
        self.adopt(siro, draft, from_on=(today() + timedelta(days=300)).isoformat())
        page = draft.get_absolute_url()
        assert "Put it back among the drafts" in words(signed_in(siro).get(page))
        assert "Put it back among the drafts" not in words(signed_in(officer).get(page))
        address = reverse("colours:withdraw_rule", args=[draft.number])
        assert signed_in(officer).post(address, {"reason": "x"}).status_code == 403
        assert "There is a problem" in words(signed_in(siro).post(address, {"reason": ""}))
        answer = signed_in(siro).post(address, {"reason": "The wrong year"}, follow=True)
        assert "is a draft again" in words(answer)
        assert "The wrong year" in words(answer)
        assert "is a draft already" in words(signed_in(siro).post(address, {"reason": "Again"}))


def test_before_the_first_rule_the_page_says_what_to_do(officer):
    assert "No rule is in force yet" in words(signed_in(officer).get(reverse("colours:rules")))
