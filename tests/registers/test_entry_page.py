"""The page of one entry: facts, who is in its owner post, its history, and what each reader may do."""

from datetime import date

import pytest

from governance.history.trail import signed
from governance.people.models import PostHolding, Role
from tests.cast import signed_in
from tests.factories import PostHoldingFactory, RiskFactory, UserFactory

pytestmark = pytest.mark.django_db


def read(room, person, entry, **query):
    response = signed_in(person).get(room.page(entry), query)
    assert response.status_code == 200
    return response.content.decode()


def test_who_is_in_the_owner_post_is_named_and_who_stands_in_is_said_to_be_acting(room, ig_officer):
    entry = room.factory()
    PostHoldingFactory(post=entry.owner, person=UserFactory(display_name="The head"))
    PostHoldingFactory(
        post=entry.owner, person=UserFactory(display_name="The stand-in"), kind=PostHolding.Kind.ACTING
    )
    assert "The head, The stand-in (acting)" in read(room, ig_officer, entry)


def test_a_vacant_owner_post_is_said_to_be_vacant_and_since_when(room, ig_officer):
    entry = room.factory()
    assert "Vacant: nobody has held it" in read(room, ig_officer, entry)
    PostHoldingFactory(post=entry.owner, until_on=date(2016, 2, 29))
    assert "Vacant since 1 March 2016" in read(room, ig_officer, entry)


def test_every_change_stands_in_the_history_with_who_and_why_and_from_what_to_what(room, siro, ig_officer):
    entry = room.factory(title="Housing register")
    with signed(siro, reason="It has a new name"):
        entry.title = "Homes register"
        entry.save()
    page = read(room, ig_officer, entry)
    for words in (
        "The siro",
        "Siro",
        "It has a new name",
        "<del>Housing register</del>",
        "<ins>Homes register</ins>",
    ):
        assert words in page


def test_an_entry_of_others_is_not_there(room, owner, other_owner):
    client = signed_in(owner)
    entry = getattr(other_owner, room.one)
    for address in (room.page(entry), room.edit(entry)):
        assert client.get(address).status_code == 404
        assert client.get(address.replace(entry.reference, "XX-0000")).status_code == 404


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (Role.IG_OFFICER, True),
        (Role.RECORDS_MANAGER, True),
        ("owner", True),
        (Role.SIRO, False),
        (Role.INTERNAL_AUDITOR, False),
    ],
)
def test_the_next_step_is_offered_to_those_who_may_take_it(room, cast, who, may):
    entry = getattr(cast["owner"], room.one)
    client = signed_in(cast[who])
    assert (f"Change this {room.one}" in client.get(room.page(entry)).content.decode()) is may
    assert client.get(room.edit(entry)).status_code == (200 if may else 403)


def test_the_way_back_leads_to_the_list_as_it_was(room, ig_officer):
    entry = room.factory(title="Housing register")
    page = read(room, ig_officer, entry, q="housing", sort="-title", page=1)
    state = "?q=housing&amp;sort=-title&amp;page=1"
    assert f'href="{room.list}{state}"' in page
    assert f'href="{room.offered(entry)}{state}"' in page


def test_what_people_typed_is_shown_and_never_run(room, ig_officer):
    hostile = '<img src="http://example.org/x" onerror="alert(1)">{{ 7|add:7 }}\nSecond line'
    facts = ["description"] if room.one == "asset" else ["cause", "event", "consequence"]
    entry = room.factory(title=hostile.replace("\n", " "), **dict.fromkeys(facts, hostile))
    page = read(room, ig_officer, entry)
    assert "<img" not in page
    assert "{{ 7|add:7 }}<br>Second line" in page


def test_an_entry_shows_its_page_with_the_same_queries_however_large_the_register_is(
    room, ig_officer, django_assert_max_num_queries
):
    entry = room.factory()
    asked = []
    for number, start in ((10, 5000), (990, 6000)):
        room.make_many(ig_officer.post, number, start)
        if room.one == "asset":
            RiskFactory.create_batch(number // 90, asset=entry)
        client = signed_in(ig_officer)
        with django_assert_max_num_queries(42) as queries:
            assert client.get(room.page(entry)).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
