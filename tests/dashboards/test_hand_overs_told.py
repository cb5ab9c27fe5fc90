"""Who is told of a hand-over: giver and receiver while it is planned, its planner when it is held up."""

from datetime import timedelta

import pytest
import time_machine

from governance.core.dates import long_date, today
from governance.dashboards import services
from governance.dashboards.models import HandOver
from governance.people.models import PostHolding
from governance.people.waiting import all_waiting
from tests.cast import known, signed_in
from tests.dashboards.test_hand_overs_due import empty, plan
from tests.factories import PostFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MOST = 12


def told(person, kind):
    return [each.words for each in all_waiting(known(person, person.post)) if each.kind == kind]


def home(person):
    return signed_in(person).get("/").content.decode()


@pytest.fixture
def planned(owner, other_owner):
    """The owner hands over to the other owner in five days."""
    return plan(owner, owner.post, other_owner.post, 5)


def sentence(planned):
    day = long_date(planned.from_on)
    return f"Planned for {day}: all that the Owner holds goes to the Other owner"


def test_giver_and_receiver_find_what_is_planned_on_home_and_nobody_else(
    planned, owner, other_owner, ig_officer
):
    for person in (owner, other_owner):
        assert sentence(planned) in home(person)
        assert told(person, "hand_over") == [sentence(planned)]
    assert sentence(planned) not in home(ig_officer)
    assert told(ig_officer, "hand_over") == []


def test_the_giver_withdraws_it_from_home_and_the_receiver_cannot(planned, owner, other_owner):
    address = f"/hand-over/planned/{planned.pk}/withdraw/"
    assert address not in home(other_owner)
    assert address in home(owner)
    signed_in(owner).post(address, {"change_reason": "Stays after all"})
    for person in (owner, other_owner):
        assert "Planned for" not in home(person)
        assert told(person, "hand_over") == []


def test_what_has_been_handed_over_is_planned_no_more(owner, other_owner):
    plan(owner, owner.post, other_owner.post, 0)
    assert told(owner, "hand_over") == told(other_owner, "hand_over") == []


def test_a_plan_that_is_held_up_is_told_to_its_planner_and_to_keepers(
    planned, owner, other_owner, ig_officer, siro
):
    empty(other_owner.post, 5)
    assert told(owner, "held_up") == [], "its day has not come"
    with time_machine.travel(today() + 5 * DAY, tick=False):
        for person in (owner, ig_officer):
            (words,) = told(person, "held_up")
            assert words.startswith("Held up: planned for ")
            assert words.endswith("It waits until somebody is in the post that takes over.")
            page = home(person)
            assert sentence(planned) in page
            assert "It waits until somebody is in the post that takes over." in page
        assert told(siro, "held_up") == []
        assert "Planned for" not in home(siro)
    PostHolding.objects.filter(post=other_owner.post).update(until_on=None)
    with time_machine.travel(today() + 5 * DAY, tick=False):
        assert told(owner, "held_up") == told(ig_officer, "held_up") == []


def test_who_planned_for_another_is_told_too(owner, other_owner, records_manager):
    plan(records_manager, owner.post, other_owner.post, 2)
    empty(other_owner.post)
    with time_machine.travel(today() + 2 * DAY, tick=False):
        assert len(told(records_manager, "held_up")) == 1
        assert told(owner, "held_up") == []


@pytest.mark.parametrize("number", [1, 20])
def test_home_asks_once_for_what_is_planned(number, ig_officer, owner, django_assert_max_num_queries):
    for post in PostFactory.create_batch(number):
        said = {"from_on": today() + DAY, "reason": "x", "planned_by": ig_officer}
        HandOver.objects.create(from_post=post, to_post=owner.post, **said)
    client = signed_in(owner)
    with django_assert_max_num_queries(MOST + 2):
        assert client.get("/").content.decode().count("Planned for") == number


def test_the_list_of_hand_overs_says_it_in_the_same_words(planned, owner, other_owner):
    for person in (owner, other_owner):
        assert sentence(planned) in signed_in(person).get("/hand-over/").content.decode()
    assert services.withdraw(planned, "Stays")
    assert sentence(planned) not in signed_in(owner).get("/hand-over/").content.decode()
