"""Hand-overs whose day has come: in which order they are carried out, in whose name, and what waits."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from queue import Queue

import pytest
import time_machine
from django.db import connection, transaction

from assets.models import Asset
from governance.core.dates import today
from governance.dashboards import services, tasks
from governance.dashboards.handing import hand_over, number_held
from governance.dashboards.models import HandOver
from governance.dashboards.planned import connected
from governance.people.models import PostHolding, Role, RoleAssignment, User
from tests.cast import known, play, play_owner, signed_in
from tests.factories import AssetFactory, PostFactory, PostHoldingFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def third(db):
    """A post with somebody in it that holds nothing."""
    return PostHoldingFactory(post=PostFactory(title="Head of roads")).post


def plan(by, post, to, days):
    said = {"to": to, "from_on": today() + days * DAY, "change_reason": "New structure"}
    (given,) = services.plan([post], seen=services.Bundle([post]).seen, by=by, **said)
    return given


def carry_out_after(days):
    with time_machine.travel(today() + days * DAY, tick=False):
        tasks.carry_out_hand_overs()


def held_by(*posts):
    return [number_held(post) for post in posts]


def empty(post, from_day=0):
    """Nobody is in the post from a day on."""
    PostHolding.objects.filter(post=post).update(
        from_on=date(2000, 1, 1), until_on=today() + (from_day - 1) * DAY
    )


def page_of(person, days):
    with time_machine.travel(today() + days * DAY, tick=False):
        return signed_in(person).get("/hand-over/").content.decode()


@pytest.mark.parametrize("turned", [False, True])
def test_of_days_that_were_missed_the_earlier_is_carried_out_first(
    owner, other_owner, ig_officer, third, turned
):
    plans = [(owner.post, other_owner.post, 1), (other_owner.post, third, 2)]
    for post, to, days in reversed(plans) if turned else plans:
        plan(ig_officer, post, to, days)
    carry_out_after(3)
    assert held_by(owner.post, other_owner.post, third) == [0, 0, 6]


def test_two_posts_that_swap_on_one_day_each_end_with_what_the_other_had(owner, other_owner, ig_officer):
    mixed = AssetFactory(owner=owner.post, custodian=other_owner.post)
    versions = mixed.history.count()
    one, two = owner.post, other_owner.post
    plans = [plan(ig_officer, one, two, 1), plan(ig_officer, two, one, 1)]
    carry_out_after(1)
    for person, post in ((owner, two), (other_owner, one)):
        for entry in (person.asset, person.risk, person.action):
            entry.refresh_from_db()
            assert entry.owner == post, entry
    mixed.refresh_from_db()
    assert (mixed.owner, mixed.custodian) == (two, one)
    assert mixed.history.count() == versions + 2
    assert [HandOver.objects.get(pk=each.pk).entries for each in plans] == [4, 4]


def test_what_a_post_gets_on_the_day_it_is_handed_over_stays_with_it(owner, other_owner, ig_officer, third):
    plan(ig_officer, owner.post, other_owner.post, 1)
    plan(ig_officer, other_owner.post, third, 1)
    carry_out_after(1)
    assert held_by(owner.post, other_owner.post, third) == [0, 3, 3]


def test_who_gives_to_a_post_that_could_not_be_emptied_waits_for_it(owner, other_owner, ig_officer, third):
    """Else what is brought would go on with the rest; of two that swap neither goes alone."""
    fourth = PostHoldingFactory().post
    plan(ig_officer, owner.post, other_owner.post, 1)
    plan(ig_officer, other_owner.post, third, 1)
    plan(ig_officer, fourth, owner.post, 2)
    empty(third)
    carry_out_after(2)
    assert held_by(owner.post, other_owner.post, third) == [3, 3, 0]
    page = page_of(ig_officer, 2)
    assert page.count("It waits until somebody is in the post that takes over") == 1
    for post in (other_owner.post, owner.post):
        assert f"It waits for the hand-over of the {post.title}, which is held up" in page
    PostHolding.objects.filter(post=third).update(until_on=None)
    carry_out_after(3)
    assert held_by(owner.post, other_owner.post, third) == [0, 3, 3]


def test_an_earlier_day_does_not_wait_for_a_later_one_that_is_held_up(owner, other_owner, ig_officer, third):
    plan(ig_officer, owner.post, other_owner.post, 1)
    plan(ig_officer, other_owner.post, third, 2)
    empty(third)
    carry_out_after(3)
    assert held_by(owner.post, other_owner.post, third) == [0, 6, 0]


def has_left(person):
    PostHolding.objects.filter(person=person).update(from_on=date(2000, 1, 1), until_on=today() + DAY)


def is_deactivated(person):
    User.objects.filter(pk=person.pk).update(is_active=False)


@pytest.mark.parametrize("gone", [has_left, is_deactivated])
def test_nothing_is_handed_over_in_the_name_of_who_may_no_more(owner, ig_officer, third, gone):
    given = plan(owner, owner.post, third, 5)
    gone(owner)
    carry_out_after(5)
    given.refresh_from_db()
    assert (given.state, number_held(owner.post)) == ("planned", 3)
    assert "may hand over this post no more" in page_of(ig_officer, 5)
    assert "may hand over this post no more" not in page_of(ig_officer, 4), "its day has not come"


def test_an_officers_plan_waits_once_the_officer_keeps_no_register(owner, ig_officer, third):
    given = plan(ig_officer, owner.post, third, 5)
    RoleAssignment.objects.filter(post=ig_officer.post).update(until_on=today() + DAY)
    carry_out_after(5)
    given.refresh_from_db()
    assert given.state == "planned"
    given.state = "withdrawn"
    given.save()
    plan(play("records_manager", Role.RECORDS_MANAGER), owner.post, third, 5)
    carry_out_after(5)
    assert held_by(owner.post, third) == [0, 3]


def test_who_will_have_left_by_then_is_told_so_before_it_is_planned(owner, third):
    client, address, told = signed_in(owner), f"/hand-over/{owner.post.code}/", "Choose an earlier day"
    PostHolding.objects.filter(person=owner).update(until_on=today() + 5 * DAY)
    for days, warned in ((5, False), (6, True)):
        said = {"to": third.pk, "from_on": today() + days * DAY, "change_reason": "I am leaving"}
        assert (told in client.post(address, said).content.decode()) is warned, days


def test_who_keeps_registers_then_is_not_told_so(ig_officer, owner, third):
    bundle = services.Bundle([owner.post])
    assert bundle.may_then(ig_officer, today() + 30 * DAY)
    RoleAssignment.objects.filter(post=ig_officer.post).update(until_on=today() + 29 * DAY)
    assert not bundle.may_then(known(ig_officer, ig_officer.post), today() + 30 * DAY)


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_takes_few_queries_while_nothing_is_held_up(
    number, ig_officer, third, django_assert_max_num_queries
):
    for post in [PostFactory() for _ in range(number)]:
        HandOver.objects.create(
            from_post=post, to_post=third, from_on=today() + DAY, reason="x", planned_by=ig_officer
        )
    client = signed_in(ig_officer)
    with django_assert_max_num_queries(12):
        assert client.get("/hand-over/").content.decode().count("Withdraw<") == number


@pytest.mark.django_db(transaction=True)
def test_of_two_posts_that_swap_neither_goes_where_one_fails_and_others_do(owner_connection):
    """Else one post would hold what both had."""
    owner, other, bystander = play_owner("owner"), play_owner("other_owner"), play_owner("bystander")
    officer, third = play("ig_officer", Role.IG_OFFICER), PostHoldingFactory().post
    plan(officer, owner.post, other.post, 1)
    plan(officer, bystander.post, third, 1)
    plan(officer, other.post, owner.post, 1)
    broken = f"CHECK (reference <> '{other.risk.reference}' OR owner_id <> {owner.post.pk})"
    owner_connection.execute(f"ALTER TABLE risks_risk ADD CONSTRAINT not_for_them {broken}")
    carry_out_after(1)
    assert held_by(owner.post, other.post, bystander.post, third) == [3, 3, 0, 3]
    owner_connection.execute("ALTER TABLE risks_risk DROP CONSTRAINT not_for_them")
    carry_out_after(2)
    assert held_by(owner.post, other.post) == [3, 3]
    assert Asset.objects.get(pk=owner.asset.pk).owner == other.post
    assert not HandOver.objects.planned().exists()


def a_plan(pk, post, to):
    return HandOver(pk=pk, from_post_id=post, to_post_id=to)


@pytest.mark.parametrize(
    ("of_a_day", "together"),
    [
        ([(1, 2), (3, 2)], [[1], [2]]),
        ([(1, 2), (2, 1)], [[1, 2]]),
        ([(1, 2), (5, 6), (2, 3)], [[2], [1, 3]]),
        ([(1, 2), (3, 4), (4, 1)], [[1, 2, 3]]),
        ([], []),
    ],
)
def test_what_hangs_together_on_a_day(of_a_day, together):
    plans = [a_plan(number, *posts) for number, posts in enumerate(of_a_day, 1)]
    assert [[each.pk for each in group] for group in connected(plans)] == together


def waits_for_a_lock(pid):
    """Does that connection wait for somebody? Asked until it does."""
    for _ in range(20_000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE pid = %s AND NOT granted)", [pid])
            if cursor.fetchone()[0]:
                return True
    return False


@pytest.mark.django_db(transaction=True)
def test_what_goes_is_locked_in_the_order_of_keys_as_in_any_other_change_of_many():
    """In any other order it and a bulk edit could wait for each other, and one of them would fail."""
    owner, to, pids = play_owner("owner"), PostHoldingFactory().post, Queue()
    first, second = owner.asset, AssetFactory(owner=owner.post)
    Asset.objects.filter(pk=first.pk).update(title="Now the last in the table")

    def go():
        try:
            connection.ensure_connection()
            pids.put(connection.connection.info.backend_pid)
            return hand_over(owner.post, to=to, reason="New structure")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Asset.objects.select_for_update(no_key=True, of=("self",)).get(pk=first.pk)
            going = pool.submit(go)
            assert waits_for_a_lock(pids.get(timeout=60))
            free = Asset.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=second.pk)
            assert [*free] == [second], "it waits for the first with nothing of the rest in its hands"
        assert going.result(timeout=60) == 4
