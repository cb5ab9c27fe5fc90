"""Hand-overs on a day to come, of a person, withdrawn; what is over stays; what two do at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from playwright.sync_api import expect

from assets.models import System
from governance.core.dates import today
from governance.dashboards import services, tasks
from governance.dashboards.handing import held, number_held
from governance.dashboards.models import HandOver
from governance.dashboards.planned import carry_out
from governance.people.models import PostHolding, Role
from tests.assets.factories_processing import DpiaFactory
from tests.assets.factories_sharing import AgreementFactory, ContractFactory, ObligationFactory
from tests.browser import axe, sign_in
from tests.cast import known, play, play_owner, signed_in
from tests.factories import AssetFactory, PostFactory, PostHoldingFactory, RoleAssignmentFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = {"change_reason": "Stays after all"}


@pytest.fixture
def successor(db):
    return PostHoldingFactory(post=PostFactory(title="Head of roads")).post


def planned(owner, successor, days=7, *posts):
    posts = posts or (owner.post,)
    said = {"to": successor, "from_on": today() + days * DAY, "change_reason": "Retirement"}
    return services.plan(posts, seen=services.Bundle(posts).seen, by=owner, **said)


def test_what_the_database_refuses_about_hand_overs(owner, successor):
    (given,) = planned(owner, successor)
    rows = HandOver.objects.filter(pk=given.pk)
    refused = {
        "hand_over_goes_to_another_post": lambda: rows.update(to_post=owner.post),
        "hand_over_says_why": lambda: rows.update(reason=""),
        "hand_over_state_is_known": lambda: rows.update(state="lost"),
        "hand_over_done_says_when_and_how_many": lambda: rows.update(state="done"),
        "post_has_one_planned_hand_over": lambda: HandOver.objects.create(
            from_post=owner.post, to_post=successor, from_on=today(), reason="x", planned_by=owner
        ),
    }
    for constraint, write in refused.items():
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            write()


def test_a_hand_over_to_come_takes_effect_on_its_day_and_once(owner, successor):
    (given,) = planned(owner, successor, 7)
    for days, state, left in ((0, "planned", 3), (6, "planned", 3), (7, "done", 0), (8, "done", 0)):
        with time_machine.travel(today() + days * DAY, tick=False):
            tasks.carry_out_hand_overs()
        given.refresh_from_db()
        assert (given.state, number_held(owner.post)) == (state, left), days
    assert (given.entries, given.history.count()) == (3, 2)
    version = owner.asset.history.first()
    assert (version.history_change_reason, version.history_user_id) == ("Retirement", owner.pk)


def test_it_waits_while_nobody_is_in_the_post_that_takes_over(owner, ig_officer, successor):
    (given,) = planned(owner, successor, 0 + 1)
    PostHolding.objects.filter(post=successor).update(from_on=date(2000, 1, 1), until_on=today())
    with time_machine.travel(today() + 3 * DAY, tick=False):
        assert carry_out(given) is None
        page = signed_in(ig_officer).get("/hand-over/").content.decode()
    assert "It waits until somebody is in the post that takes over" in page
    assert number_held(owner.post) == 3


def test_one_that_fails_leaves_the_others_alone(owner, other_owner, successor, monkeypatch):
    for person in (owner, other_owner):
        planned(person, successor, 1)
    done = tasks.carry_out_together

    def broken(going):
        if any(given.from_post_id == owner.post.pk for given, _ in going):
            raise RuntimeError("it is broken")
        return done(going)

    monkeypatch.setattr(tasks, "carry_out_together", broken)
    with time_machine.travel(today() + DAY, tick=False):
        tasks.carry_out_hand_overs()
    assert (number_held(owner.post), number_held(other_owner.post)) == (3, 0)


def test_what_is_planned_is_shown_and_withdrawn_by_who_may(owner, other_owner, ig_officer, successor):
    (given,) = planned(owner, successor)
    for person, seen in ((owner, True), (ig_officer, True), (other_owner, False)):
        assert (given.words in signed_in(person).get("/hand-over/").content.decode()) is seen
    address = f"/hand-over/planned/{given.pk}/withdraw/"
    assert signed_in(other_owner).post(address, WHY).status_code == 404
    takes_over = PostHolding.objects.get(post=successor).person
    assert signed_in(takes_over).post(address, WHY).status_code == 403
    for said in ("The hand-over is withdrawn", "This hand-over is planned no more"):
        assert said in signed_in(owner).post(address, WHY, follow=True).content.decode()
    with time_machine.travel(today() + 9 * DAY, tick=False):
        tasks.carry_out_hand_overs()
    assert number_held(owner.post) == 3


def test_a_post_is_not_planned_twice(owner, successor):
    planned(owner, successor)
    with pytest.raises(services.PlannedAlreadyError):
        planned(owner, successor, 3)
    client, address = signed_in(owner), f"/hand-over/{owner.post.code}/"
    said = {"to": successor.pk, "from_on": today(), "change_reason": "x"}
    said["seen"] = services.Bundle([owner.post]).seen
    assert "withdraw that first" in client.post(address, said).content.decode()


def test_all_posts_of_a_person_are_handed_over_together(owner, successor):
    acting = AssetFactory(owner=PostFactory(title="Head of housing"))
    PostHoldingFactory(post=acting.owner, person=owner, kind="acting")
    client, address = signed_in(owner), f"/hand-over/people/{owner.pk}/"
    said = {"to": successor.pk, "from_on": today(), "change_reason": "I am leaving"}
    check = client.post(address, said).content.decode()
    assert "Head of housing, Owner" in check
    said["seen"] = services.Bundle([owner.post, acting.owner]).seen
    assert "4 entries handed over" in client.post(address, said, follow=True).content.decode()
    assert number_held(successor) == 4


def test_it_is_planned_in_the_post_that_is_handed_over_or_that_may(owner, successor):
    person = play("clerk")
    assert not services.Bundle([person.post]).count
    for title, role in (("Clerk to the council", None), ("Officer", Role.IG_OFFICER)):
        holding = PostHoldingFactory(post=PostFactory(title=title), person=person, kind="acting")
        if role:
            RoleAssignmentFactory(post=holding.post, role=role)
    person = known(person, person.post)
    said = {"to": successor, "from_on": today() + DAY, "change_reason": "Retirement"}
    for post, signed_as in ((owner.post, "Officer"), (person.post, "Clerk")):
        (given,) = services.plan([post], seen=services.Bundle([post]).seen, by=person, **said)
        assert given.planned_as == signed_as


def test_nobody_hands_over_for_another_person(owner, other_owner, ig_officer):
    address = f"/hand-over/people/{owner.pk}/"
    found = [signed_in(person).get(address).status_code for person in (owner, ig_officer, other_owner)]
    assert found == [200, 200, 403]


def test_what_is_over_stays_in_every_register(owner, successor):
    over = [
        System.objects.create(code="old", name="Old", owner=owner.post, is_retired=True),
        AgreementFactory(owner=owner.post, state="ended", ended_reason="Over", until_on=date(2017, 1, 1)),
        ContractFactory(owner=owner.post, from_on=date(2015, 1, 1), until_on=date(2016, 1, 1)),
        ObligationFactory(owner=owner.post, applies=False, applies_reason="None here"),
    ]
    assert number_held(owner.post) == 3
    planned(owner, successor, 0)
    for entry in over:
        entry.refresh_from_db()
        assert entry.owner == owner.post, entry


def test_an_impact_assessment_is_kept_under_review_by_who_takes_over(owner, successor):
    kept = DpiaFactory(kept_under_review_by=owner.post)
    assert "Impact assessments kept under review" in [part.heading for part in held(owner.post)]
    planned(owner, successor, 0)
    kept.refresh_from_db()
    assert kept.kept_under_review_by == successor


def test_who_ends_a_holding_or_an_account_is_told_what_is_held(owner, administrator):
    client, holding = signed_in(administrator), PostHolding.objects.get(post=owner.post)
    for address, way in (
        (f"/people/holdings/{holding.pk}/end/", f"/hand-over/{owner.post.code}/"),
        (f"/people/accounts/{owner.pk}/deactivate/", f"/hand-over/people/{owner.pk}/"),
    ):
        page = client.get(address).content.decode()
        assert "3 entries of the registers are held here" in page
        assert f'href="{way}"' in page


@pytest.mark.django_db(transaction=True)
def test_two_who_hand_over_one_post_at_once_move_it_once():
    owner, to = play_owner("owner"), PostHoldingFactory().post
    officer = play("officer", Role.IG_OFFICER)
    said = {"to": to.pk, "from_on": today(), "change_reason": "x"}
    said["seen"], ready = services.Bundle([owner.post]).seen, Barrier(2)

    def send(client):
        try:
            ready.wait(timeout=60)
            return client.post(f"/hand-over/{owner.post.code}/", said).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, [signed_in(owner), signed_in(officer)])) == [200, 302]
    assert HandOver.objects.get().entries == 3
    assert owner.asset.history.count() == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_owner_plans_a_hand_over_and_withdraws_it(any_page):
    owner, to = play_owner("owner"), PostHoldingFactory(post=PostFactory(title="Head of roads")).post
    sign_in(any_page, owner)
    any_page.goto(f"/hand-over/{owner.post.code}/")
    axe(any_page)
    any_page.get_by_label("To which post?").select_option(str(to.pk))
    coming = today() + 30 * DAY
    for part in ("day", "month", "year"):
        any_page.locator(f"#id_from_on_{part}").fill(str(getattr(coming, part)))
    any_page.get_by_label("Why is it handed over?").fill("Retirement")
    any_page.get_by_role("button", name="Check what goes").click()
    expect(any_page.get_by_role("heading", level=1, name="Check before you hand over")).to_be_visible()
    axe(any_page)
    any_page.get_by_role("button", name="Hand over all of this").click()
    expect(any_page.get_by_text("Planned: all of it goes to Head of roads")).to_be_visible()
    axe(any_page)
    any_page.get_by_role("link", name="Withdraw").click()
    expect(any_page.get_by_role("heading", level=1, name="Withdraw a hand-over")).to_be_visible()
    axe(any_page)
    any_page.get_by_label("Why is it withdrawn?").fill("Stays after all")
    any_page.get_by_role("button", name="Withdraw this hand-over").click()
    expect(any_page.get_by_text("The hand-over is withdrawn")).to_be_visible()
