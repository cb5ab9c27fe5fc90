"""A register as it stood: entries, names and figures of a past day."""

from datetime import timedelta

import pytest

from governance.core.dates import end_of_day, today
from governance.figures.moment import Moment, Scope
from governance.history.trail import signed
from tests.cast import signed_in
from tests.factories import PostFactory, PostHoldingFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
FORTNIGHT_AGO = today() - timedelta(days=14)


@pytest.fixture
def renamed(room, a_month_passes):
    """An entry whose title, owner post and unit had other names a fortnight ago; another came since."""
    post = PostFactory(title="Head of Housing", unit=UnitFactory(name="Housing"))
    entry = room.factory(title="Housing register", owner=post)
    a_month_passes()
    with signed(None, reason="The service was reorganised"):
        room.model.objects.update(title="Homes register")
        type(post).objects.filter(pk=post.pk).update(title="Head of Homes")
        type(post.unit).objects.filter(pk=post.unit_id).update(name="Homes")
    room.factory(title="Came later", owner=post)
    return entry


def test_the_list_shows_what_was_there_by_the_names_of_that_day(room, renamed, ig_officer):
    page = signed_in(ig_officer).get(room.list, {"as_at": FORTNIGHT_AGO}).content.decode()
    for words in ("Housing register", "Head of Housing", "<td>Housing</td>", "Back to now"):
        assert words in page
    for words in ("Homes", "Came later"):
        assert words not in page


def test_today_shows_today(room, renamed, ig_officer):
    page = signed_in(ig_officer).get(room.list).content.decode()
    for words in ("Homes register", "Head of Homes", "Came later"):
        assert words in page
    assert "Back to now" not in page


def test_past_entries_are_filtered_by_the_words_of_that_day(room, renamed, ig_officer):
    client = signed_in(ig_officer)
    assert (
        renamed.reference in client.get(room.list, {"as_at": FORTNIGHT_AGO, "q": "housing"}).content.decode()
    )
    assert "Nothing matches" in client.get(room.list, {"as_at": FORTNIGHT_AGO, "q": "homes"}).content.decode()


def test_the_page_shows_the_entry_as_it_was_and_offers_no_change(room, renamed, ig_officer):
    client = signed_in(ig_officer)
    then = client.get(room.page(renamed), {"as_at": FORTNIGHT_AGO}).content.decode()
    assert "Housing register" in then
    assert "Head of Housing" in then
    assert "Homes" not in then
    assert f"Change this {room.one}" not in then
    now = client.get(room.page(renamed)).content.decode()
    assert "The service was reorganised" in now
    assert "<del>Housing register</del>" in now
    assert f"Change this {room.one}" in now


def test_before_it_came_the_page_says_when_it_was_added(room, renamed, ig_officer):
    page = signed_in(ig_officer).get(room.page(renamed), {"as_at": "2016-10-24"}).content.decode()
    assert "Not on the register then" in page
    assert f"{renamed.reference} was added to the register on" in page


def test_the_day_may_be_typed_in_three_fields(room, renamed, ig_officer):
    day = FORTNIGHT_AGO
    typed = {"as_at_day": day.day, "as_at_month": f"{day:%B}", "as_at_year": day.year}
    assert "Housing register" in signed_in(ig_officer).get(room.list, typed).content.decode()


def test_the_total_of_a_past_day_counts_what_was_there(room, renamed):
    total = room.figures.total
    assert total.value(Moment.of(FORTNIGHT_AGO), Scope()) == 1
    assert total.value(Moment.now(), Scope()) == 2
    assert [entry.subject for entry in total.entries(Moment.of(FORTNIGHT_AGO), Scope())] == [renamed.pk]


def test_what_was_not_yet_known_does_not_count(room, renamed):
    """One clock: a version written after the moment's knowledge ends is not part of it."""
    known_then = Moment(today(), end_of_day(FORTNIGHT_AGO))
    assert room.figures.total.value(known_then, Scope()) == 1


def test_an_entry_is_ownerless_on_the_days_when_nobody_was_in_the_post(room, renamed):
    PostHoldingFactory(post=renamed.owner, from_on=today() - timedelta(days=7))
    vacant_then = room.figures.ownerless.value(Moment.of(FORTNIGHT_AGO), Scope())
    assert (vacant_then, room.figures.ownerless.value(Moment.now(), Scope())) == (1, 0)


def ownerless_then_and_now(room):
    moments = (Moment.of(FORTNIGHT_AGO), Moment.now())
    return tuple(room.figures.ownerless.value(moment, Scope()) for moment in moments)


def test_a_holding_dated_back_afterwards_does_not_restate_who_had_no_owner(room, renamed):
    holding = PostHoldingFactory(post=renamed.owner, from_on=today() - timedelta(days=365))
    assert ownerless_then_and_now(room) == (1, 0)
    holding.delete()
    assert ownerless_then_and_now(room) == (1, 2)


def test_an_end_dated_back_afterwards_does_not_restate_who_had_an_owner(room, a_month_passes):
    entry = room.factory()
    holding = PostHoldingFactory(post=entry.owner, from_on=today() - timedelta(days=365))
    a_month_passes()
    assert ownerless_then_and_now(room) == (0, 0)
    holding.end(today() - timedelta(days=20))
    assert ownerless_then_and_now(room) == (0, 1)


def test_the_page_says_who_was_in_the_post_by_what_was_recorded_then(room, a_month_passes, ig_officer):
    entry = room.factory()
    person = UserFactory(display_name="Pat Smith")
    holding = PostHoldingFactory(post=entry.owner, person=person, from_on=today() - timedelta(days=365))
    a_month_passes()
    holding.end(today() - timedelta(days=20))
    client = signed_in(ig_officer)
    assert "Pat Smith" in client.get(room.page(entry), {"as_at": FORTNIGHT_AGO}).context["record"].in_post
    assert client.get(room.page(entry)).context["record"].in_post.startswith("Vacant since")


def test_the_list_says_vacant_by_what_was_recorded_then(room, renamed, ig_officer):
    PostHoldingFactory(post=renamed.owner, from_on=today() - timedelta(days=365))
    client = signed_in(ig_officer)
    assert "(vacant)" in client.get(room.list, {"as_at": FORTNIGHT_AGO}).content.decode()
    assert "(vacant)" not in client.get(room.list).content.decode()


def test_an_entry_that_was_deleted_still_counts_on_the_days_when_it_was_there(room, renamed, ig_officer):
    room.model.objects.all().delete()
    assert room.figures.total.value(Moment.of(FORTNIGHT_AGO), Scope()) == 1
    page = signed_in(ig_officer).get(room.list, {"as_at": FORTNIGHT_AGO})
    assert "The register holds 1" in page.content.decode()
