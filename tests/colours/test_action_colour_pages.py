"""The colours of actions on their pages: said in words, set and taken back."""

import pytest
from django.urls import reverse

from actions.models import ActionColour
from governance.people.models import Role
from tests.cast import play, signed_in
from tests.colours.actions import colour_of, day
from tests.colours.factories import in_force
from tests.factories import ActionFactory, PostFactory, PostHoldingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return play("ig_officer", Role.IG_OFFICER)


class TestPages:
    @pytest.fixture
    def action(self):
        in_force()
        return ActionFactory(due_on=day(-1))

    def post(self, who, action, **said):
        until = said.pop("until", day(9))
        typed = {"colour": "amber", "reason": "Nearly done", "until": until.isoformat(), "seen": "0", **said}
        return signed_in(who).post(reverse("actions:set_colour", args=[action.reference]), typed, follow=True)

    def page(self, who, action):
        return " ".join(signed_in(who).get(action.get_absolute_url()).content.decode().split())

    def test_the_page_says_the_colour_in_a_word_and_what_it_means(self, action, officer):
        page = self.page(officer, action)
        assert '<span class="app-status__word">Red</span>' in page
        assert "Past its due date" in page

    def test_a_set_colour_is_said_with_the_computed_one_the_post_the_day_and_the_reason(
        self, action, officer
    ):
        self.post(officer, action)
        page = self.page(officer, action)
        assert '<span class="app-status__word">Amber</span>' in page
        assert f"(computed: red; set by Ig officer until {day(9):%-d %B %Y}: Nearly done)" in page
        listed = signed_in(officer).get(action.plan.get_absolute_url()).content.decode()
        assert "set by Ig officer" in listed

    def test_bad_input_is_a_sentence_and_loses_nothing(self, action, officer):
        answer = self.post(officer, action, until=day(999)).content.decode()
        assert "must be between today and" in answer
        assert "Nearly done" in answer
        answer = self.post(officer, action, colour="", reason="").content.decode()
        assert "Answer “Which colour should be shown?”" in answer
        assert not ActionColour.objects.exists()

    def test_an_own_action_has_no_such_door(self, action, officer):
        PostHoldingFactory(post=action.owner, person=officer)
        assert self.post(officer, action).status_code == 403

    def test_taking_back_what_is_not_set_is_not_found(self, action, officer):
        address = reverse("actions:take_back_colour", args=[action.reference])
        assert signed_in(officer).get(address).status_code == 404
        self.post(officer, action)
        typed = {"reason": "It slipped", "seen": str(ActionColour.objects.get().pk)}
        done = signed_in(officer).post(address, typed, follow=True)
        assert "The computed colour" in done.content.decode()
        assert colour_of(action) == "red"

    def test_of_two_who_set_a_colour_at_once_the_second_is_shown_what_the_first_set(self, action, officer):
        other = play("second_officer", Role.IG_OFFICER)
        self.post(officer, action, colour="green")
        answer = self.post(other, action, colour="blue", reason="Mine").content.decode()
        assert "since this page was shown: look at it again" in answer
        assert "Mine" in answer
        first = ActionColour.objects.get()
        assert (first.colour, f'value="{first.pk}"' in answer) == ("green", True)
        self.post(other, action, colour="blue", seen=str(first.pk))
        assert colour_of(action) == "blue"

    @pytest.mark.parametrize("seen", ["", "x", "²", "9" * 30])
    def test_what_was_never_shown_sets_and_takes_back_nothing(self, action, officer, seen):
        self.post(officer, action, seen=seen)
        assert not ActionColour.objects.exists()
        self.post(officer, action)
        address = reverse("actions:take_back_colour", args=[action.reference])
        answer = signed_in(officer).post(address, {"reason": "It slipped", "seen": seen})
        assert "look at it again" in answer.content.decode()
        assert colour_of(action) == "amber"

    def test_the_form_carries_what_it_shows(self, action, officer):
        address = reverse("actions:set_colour", args=[action.reference])
        assert signed_in(officer).get(address).context["form"]["seen"].value() == "0"
        self.post(officer, action)
        last = str(ActionColour.objects.get().pk)
        assert signed_in(officer).get(address).context["form"]["seen"].value() == last

    def test_without_a_rule_the_form_leads_back(self, officer):
        action = ActionFactory()
        answer = self.post(officer, action)
        assert "has no colour" in answer.content.decode()

    def test_the_plan_finds_by_colour_and_says_how_many_of_each(self, action, officer):
        fine = ActionFactory(plan=action.plan, due_on=day(90))
        page = signed_in(officer).get(action.plan.get_absolute_url(), {"colour": "green"}).content.decode()
        assert f'"{fine.get_absolute_url()}?' in page
        assert f'"{action.get_absolute_url()}?' not in page
        assert "colour=red" in page

    @pytest.mark.parametrize("number", [5, 40])
    def test_a_plan_asks_no_more_for_more_actions(
        self, action, officer, number, django_assert_max_num_queries
    ):
        owner = PostFactory()
        for _ in range(number):
            ActionFactory(plan=action.plan, owner=owner, due_on=day(3))
        browser = signed_in(officer)
        with django_assert_max_num_queries(14):
            browser.get(action.plan.get_absolute_url())
