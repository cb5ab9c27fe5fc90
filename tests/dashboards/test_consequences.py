"""What is said before anybody plans a hand-over: others that meet it, and acceptances that it suspends."""

from datetime import timedelta

import pytest
import time_machine

from governance.core.dates import long_date, today
from governance.dashboards import services, tasks
from governance.dashboards.consequences import crossings, suspended, suspensions
from governance.dashboards.handing import number_held
from governance.dashboards.models import HandOver
from governance.figures.moment import Moment
from governance.people.models import Post
from risks.models import Acceptance, Risk
from risks.services.acceptance import end
from tests.cast import signed_in
from tests.dashboards.test_hand_overs_due import held_by, plan
from tests.factories import PostFactory, PostHoldingFactory
from tests.risks.factories_acceptance import NEXT_SPRING, accept, scored_risk

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def third(db):
    return PostHoldingFactory(post=PostFactory(title="Head of roads")).post


def words(days):
    return long_date(today() + days * DAY)


def said(post, to, days):
    return crossings([post], to, today() + days * DAY)


def check(person, post, to, days):
    """The page to check a hand-over."""
    typed = {"to": to.pk, "from_on": today() + days * DAY, "change_reason": "New structure"}
    return signed_in(person).post(f"/hand-over/{post.code}/", typed).content.decode()


def test_where_nothing_else_is_planned_nothing_is_said(owner, other_owner, third):
    assert said(owner.post, other_owner.post, 9) == []
    plan(owner, third, third_party(), 3)
    assert said(owner.post, other_owner.post, 9) == []


def third_party():
    return PostFactory(title="Head of parks")


def test_what_would_come_back_is_said_before_it_is_planned(owner, other_owner, ig_officer):
    plan(ig_officer, other_owner.post, owner.post, 30)
    sentence = (
        f"On {words(30)} all that the Other owner holds goes to the Owner, "
        "and what you hand over here comes back to it then."
    )
    assert said(owner.post, other_owner.post, 9) == [sentence]
    assert said(owner.post, other_owner.post, 0) == [sentence]
    page = check(owner, owner.post, other_owner.post, 9)
    assert sentence in page
    assert HandOver.objects.count() == 1, "nothing is planned by looking"


def test_what_is_said_of_coming_back_is_what_happens(owner, other_owner, ig_officer):
    all_of_it = number_held(owner.post) + number_held(other_owner.post)
    plan(ig_officer, other_owner.post, owner.post, 30)
    plan(owner, owner.post, other_owner.post, 9)
    for days in (9, 30):
        with time_machine.travel(today() + days * DAY, tick=False):
            tasks.carry_out_hand_overs()
    assert held_by(owner.post, other_owner.post) == [all_of_it, 0]


def test_a_chain_is_said_step_by_step_to_where_it_ends(owner, other_owner, ig_officer, third):
    parks = third_party()
    plan(ig_officer, other_owner.post, third, 20)
    plan(ig_officer, third, parks, 25)
    assert said(owner.post, other_owner.post, 9) == [
        f"On {words(20)} all that the Other owner holds goes to the Head of roads, "
        "and what you hand over here goes on to it then.",
        f"On {words(25)} all that the Head of roads holds goes to the Head of parks, "
        "and what you hand over here goes on to it then.",
    ]


def test_a_step_that_comes_too_early_carries_nothing_on(owner, other_owner, ig_officer, third):
    plan(ig_officer, other_owner.post, third, 20)
    plan(ig_officer, third, third_party(), 15)
    first, second = said(owner.post, other_owner.post, 9)
    assert "goes on to it then" in first
    assert second.endswith("earlier: what comes to it here stays with it.")


def test_two_that_swap_on_one_day_are_told_so(owner, other_owner, ig_officer):
    plan(ig_officer, other_owner.post, owner.post, 9)
    assert said(owner.post, other_owner.post, 9) == [
        f"On {words(9)} all that the Other owner holds goes to the Owner, the same day: "
        "each gives what it held before, and keeps what comes to it."
    ]


def test_a_circle_of_others_is_said_once(owner, other_owner, ig_officer, third):
    plan(ig_officer, other_owner.post, third, 20)
    plan(ig_officer, third, other_owner.post, 25)
    assert len(said(owner.post, other_owner.post, 9)) == 2


@pytest.mark.parametrize(
    ("days", "becomes"),
    [(5, "it goes along to the Other owner"), (9, "which keeps it"), (20, "which keeps it")],
)
def test_what_comes_to_the_post_that_gives_goes_along_only_if_it_comes_before(
    owner, other_owner, ig_officer, third, days, becomes
):
    plan(ig_officer, third, owner.post, days)
    (sentence,) = said(owner.post, other_owner.post, 9)
    assert sentence.startswith(f"On {words(days)} all that the Head of roads holds comes to the Owner")
    assert becomes in sentence


def test_today_comes_before_all_that_is_planned_also_before_what_is_held_up(
    owner, other_owner, ig_officer, third
):
    with time_machine.travel(today() - 9 * DAY, tick=False):
        plan(ig_officer, other_owner.post, third, 5)
    assert said(owner.post, other_owner.post, 0) == [
        f"On {words(0)} all that the Other owner holds goes to the Head of roads, "
        "and what you hand over here goes on to it then."
    ]


def test_what_was_withdrawn_meets_nothing(owner, other_owner, ig_officer):
    services.withdraw(plan(ig_officer, other_owner.post, owner.post, 30), "Stays after all")
    assert said(owner.post, other_owner.post, 9) == []


@pytest.mark.parametrize("number", [1, 12])
def test_one_query_however_long_the_chain(number, owner, other_owner, ig_officer, django_assert_num_queries):
    holder = other_owner.post
    for days in range(number):
        into = PostFactory()
        plan(ig_officer, holder, into, 20 + days)
        holder = into
    with django_assert_num_queries(1):
        assert len(said(owner.post, other_owner.post, 9)) == number


class TestWithdrawing:
    @pytest.fixture
    def planned(self, owner, other_owner):
        return plan(owner, owner.post, other_owner.post, 5)

    def test_it_is_asked_first_and_nothing_is_withdrawn_by_looking(self, planned, owner):
        page = signed_in(owner).get(f"/hand-over/planned/{planned.pk}/withdraw/").content.decode()
        for part in ("Withdraw this hand-over", "Why is it withdrawn?", words(5), "New structure"):
            assert part in page
        planned.refresh_from_db()
        assert planned.state == "planned"

    def test_it_needs_a_reason_which_its_history_keeps(self, planned, owner):
        address = f"/hand-over/planned/{planned.pk}/withdraw/"
        refused = signed_in(owner).post(address, {"change_reason": " "})
        assert "Enter why it is withdrawn" in refused.content.decode()
        planned.refresh_from_db()
        assert planned.state == "planned"
        signed_in(owner).post(address, {"change_reason": "The successor did not come"})
        planned.refresh_from_db()
        assert planned.state == "withdrawn"
        version = planned.history.first()
        assert version.history_change_reason == "The successor did not come"
        assert version.history_user_id == owner.pk

    def test_home_leads_there_by_a_link_and_offers_no_deed(self, planned, owner):
        page = signed_in(owner).get("/").content.decode()
        assert f'href="/hand-over/planned/{planned.pk}/withdraw/"' in page
        assert f'action="/hand-over/planned/{planned.pk}/withdraw/"' not in page


class TestAcceptances:
    @pytest.fixture
    def accepted(self, ig_officer, siro):
        return accept(scored_risk(ig_officer), siro)

    def given(self, acceptance):
        return Post.objects.get(pk=acceptance.risk.owner_id)

    def test_those_that_another_owner_suspends_are_named_before(self, accepted, ig_officer, third):
        page = check(ig_officer, self.given(accepted), third, 0)
        assert "Acceptances of risks that this suspends" in page
        sentence = f"{accepted.risk}: accepted by Siro until {long_date(NEXT_SPRING)}"
        assert suspensions([self.given(accepted)], today()) == [sentence]
        assert f"<li>{sentence}</li>" in page

    def test_what_is_named_is_suspended_by_it(self, accepted, ig_officer, third):
        post = self.given(accepted)
        assert suspended([post], today()) == [accepted]
        services.plan(
            [post],
            seen=services.Bundle([post], ig_officer).seen,
            by=ig_officer,
            to=third,
            from_on=today(),
            change_reason="New structure",
        )
        assert Acceptance.objects.at(Moment.now()).get().state == "suspended"

    def test_one_that_ends_before_that_day_is_not_suspended(self, accepted):
        post = self.given(accepted)
        assert suspended([post], accepted.until) == [accepted]
        assert suspended([post], accepted.until + DAY) == []

    def test_one_that_was_taken_back_is_not_named(self, accepted, siro):
        end(accepted, reason="The money came", by=siro)
        assert suspended([self.given(accepted)], today()) == []

    @pytest.mark.parametrize("state", ["closed", "withdrawn"])
    def test_a_risk_that_is_over_is_neither_handed_over_nor_named(self, accepted, state):
        Risk.objects.filter(pk=accepted.risk_id).update(state=state)
        assert suspended([self.given(accepted)], today()) == []

    def test_risks_of_other_posts_are_not_named(self, accepted, third, ig_officer, owner):
        assert suspended([third], today()) == []
        assert "Acceptances of risks" not in check(ig_officer, owner.post, third, 0)

    def test_of_very_many_some_are_named_and_all_counted(self, accepted, ig_officer, siro, monkeypatch):
        post = self.given(accepted)
        another = scored_risk(ig_officer)
        Risk.objects.filter(pk=another.pk).update(owner=post)
        accept(another, siro)
        monkeypatch.setattr("governance.dashboards.consequences.SHOWN", 1)
        assert [each.startswith("IR-") for each in suspensions([post], today())] == [True, False]
        assert suspensions([post], today())[-1] == "and 1 more"
