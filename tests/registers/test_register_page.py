"""The page of a register: what it lists, for whom, in which order, and what the address says."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from governance.core.dates import today
from governance.people.models import PostHolding, Role
from tests.cast import play, signed_in
from tests.factories import PostFactory, PostHoldingFactory, UnitFactory

pytestmark = pytest.mark.django_db


def rows(response):
    """The references listed, in their order."""
    return re.findall(r'<th scope="row"[^>]*><a[^>]*>(I[AR]-\d+)</a>', response.content.decode())


def ask(room, person, **query):
    response = signed_in(person).get(f"{room.list}?{urlencode(query, doseq=True)}")
    assert response.status_code == 200
    return response


def test_those_who_read_the_register_see_every_entry(room, ig_officer):
    entries = room.factory.create_batch(3)
    assert rows(ask(room, ig_officer)) == sorted(entry.reference for entry in entries)


def test_an_owner_sees_their_own_and_is_told_how_many_more_there_are(room, owner, other_owner):
    page = ask(room, owner)
    assert rows(page) == [getattr(owner, room.one).reference]
    assert "And 1 that you may not open." in page.content.decode()
    assert "1 of them is open to you; the figures count all." in page.content.decode()


def test_a_post_that_owns_an_entry_opens_the_list_without_any_role(room, outsider):
    entry = room.factory(owner=outsider.post)
    room.factory()
    assert rows(ask(room, outsider)) == [entry.reference]


def test_without_a_role_and_without_an_entry_the_list_stays_closed(room, outsider):
    room.factory()
    assert signed_in(outsider).get(room.list).status_code == 403


def test_fifty_entries_stand_on_a_page_and_the_title_names_the_page(room, ig_officer):
    room.make_many(PostFactory(), 51)
    first, second = ask(room, ig_officer), ask(room, ig_officer, page=2)
    assert (len(rows(first)), len(rows(second))) == (50, 1)
    assert "(page 2 of 2)" in second.content.decode()
    assert rows(ask(room, ig_officer, page=99)) == rows(first)


def test_a_search_wants_every_word_in_the_reference_or_the_title(room, ig_officer):
    both = room.factory(reference=f"I{room.name[0].upper()}-9001", title="Housing benefit claims")
    room.factory(title="Housing register")
    assert rows(ask(room, ig_officer, q="claims housing")) == [both.reference]
    assert rows(ask(room, ig_officer, q="9001")) == [both.reference]
    assert rows(ask(room, ig_officer, q="housing 9001")) == [both.reference]


def test_an_entry_is_found_by_its_unit_and_by_its_owner(room, ig_officer):
    wanted, _ = room.factory.create_batch(2)
    assert rows(ask(room, ig_officer, unit=wanted.unit_id)) == [wanted.reference]
    assert rows(ask(room, ig_officer, owner=wanted.owner_id)) == [wanted.reference]


def test_only_units_and_owners_that_occur_are_offered(room, ig_officer):
    entry = room.factory()
    elsewhere = PostFactory(title="A post that owns nothing")
    page = ask(room, ig_officer).content.decode()
    assert entry.owner.title in page
    assert entry.unit.name in page
    assert elsewhere.title not in page
    assert elsewhere.unit.name not in page


def test_entries_whose_owner_post_is_vacant_can_be_found_and_are_said_to_be(room, ig_officer):
    vacant, filled = room.factory.create_batch(2)
    PostHoldingFactory(post=filled.owner, kind=PostHolding.Kind.ACTING)
    page = ask(room, ig_officer, vacant="on")
    assert rows(page) == [vacant.reference]
    assert "(vacant)" in page.content.decode()


def test_each_filter_in_force_can_be_taken_off_by_itself(room, ig_officer):
    entry = room.factory(title="Housing register")
    page = ask(room, ig_officer, q="housing", owner=entry.owner_id, sort="-title").content.decode()
    tags = re.findall(r'<a class="moj-filter__tag" href="([^"]*)"', page)
    assert [tag.replace("&amp;", "&") for tag in tags] == [
        f"?owner={entry.owner_id}&sort=-title",
        "?q=housing&sort=-title",
    ]


def test_a_heading_sorts_and_a_second_click_turns_the_order_round(room, ig_officer):
    room.factory(title="Alpha")
    room.factory(title="Beta")
    upwards = rows(ask(room, ig_officer, sort="title"))
    assert rows(ask(room, ig_officer, sort="-title")) == upwards[::-1]
    assert 'aria-sort="ascending"' in ask(room, ig_officer, sort="title").content.decode()


@pytest.mark.parametrize(
    "nonsense",
    [
        {"page": "abc"},
        {"page": "-1"},
        {"sort": "owner__password"},
        {"sort": "-"},
        {"unit": "abc"},
        {"unit": "999999999999999999999"},
        {"owner": "' OR 1=1"},
        {"kind": "gas"},
        {"personal_data": "perhaps"},
        {"q": "\x00"},
        {"q": "x" * 5000},
        {"as_at": "2016-13-45"},
        {"as_at": "0001-01-01"},
        {"as_at": "9999-12-31"},
        {"as_at_day": "31", "as_at_month": "2", "as_at_year": "2016"},
        {"known_at": "yesterday"},
    ],
)
def test_an_address_that_makes_no_sense_is_answered_with_a_page(room, ig_officer, nonsense):
    room.factory()
    ask(room, ig_officer, **nonsense)


def test_a_day_that_cannot_be_is_said_to_be_and_the_page_shows_today(room, ig_officer):
    entry = room.factory()
    tomorrow = today() + timedelta(days=1)
    page = ask(room, ig_officer, as_at=tomorrow.isoformat())
    assert "There is a problem" in page.content.decode()
    assert "The day to look at must be today or in the past" in page.content.decode()
    assert rows(page) == [entry.reference]


def test_what_people_typed_is_shown_and_never_run(room, ig_officer):
    hostile = "<script>alert(1)</script>{{ 7|add:7 }}{% now 'Y' %}"
    room.factory(title=hostile)
    page = ask(room, ig_officer, q="<script>").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}{% now &#x27;Y&#x27; %}" in page


# Nothing to list: each page says why, and what to do


def test_an_empty_register_says_where_entries_come_from(room, ig_officer):
    page = ask(room, ig_officer).content.decode()
    assert f"No {room.one} has been recorded yet" in page
    assert {"assets": "Bring in the spreadsheet", "risks": "Bring in the list of risks"}[room.name] in page


def test_where_nothing_matches_the_way_back_to_the_whole_register_is_offered(room, ig_officer):
    room.factory()
    page = ask(room, ig_officer, q="no such words").content.decode()
    assert "Nothing matches your filters" in page
    assert f'href="{room.list}"' in page


def test_where_nothing_may_be_opened_the_page_says_whom_to_ask(room):
    room.factory.create_batch(2)
    page = ask(room, play("new_owner", Role.IAO, UnitFactory())).content.decode()
    assert "There is nothing here that you may open" in page
    assert "The register holds 2" in page


def test_before_the_first_entry_the_page_says_that_a_register_cannot_be_restated(room, ig_officer):
    room.factory()
    page = ask(room, ig_officer, as_at="2016-10-24").content.decode()
    assert "The register was empty then" in page
    assert "You are looking at the register as at <strong>24 October 2016</strong>." in page


def queries(room, person, django_assert_max_num_queries, most, **query):
    client = signed_in(person)
    with django_assert_max_num_queries(most) as asked:  # with the savepoint of the test, set and released
        assert client.get(room.list, query).status_code == 200
    return len(asked)


@pytest.mark.parametrize("who", ["ig_officer", "owner"])
def test_a_register_of_a_thousand_takes_no_more_queries_than_one_of_ten(
    room, request, who, django_assert_max_num_queries
):
    person = request.getfixturevalue(who)
    asked = []
    for number, start in ((10, 5000), (990, 6000)):
        room.make_many(person.post, number, start)
        for query in ({}, {"q": "entry", "owner": person.post.pk, "sort": "-unit_name", "page": 1}):
            asked.append(queries(room, person, django_assert_max_num_queries, 12 + 2, **query))
    assert asked[:2] == asked[2:]
