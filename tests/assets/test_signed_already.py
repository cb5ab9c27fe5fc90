"""What stands signed under the position stays, and nobody is told that something else was signed."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
import time_machine
from django.db import connection

from assets.models import PositionStatement
from assets.services.chain import SignedAlreadyError, sign
from assets.services.position import Position
from assets.services.signing import signed_already, signings
from governance.core.dates import today
from governance.people.models import Role
from tests.cast import known, play_owner, signed_in
from tests.factories import PostHoldingFactory, RoleAssignmentFactory

pytestmark = pytest.mark.django_db
CLOSED = today().year + (today() > date(today().year, 3, 31))
ADDRESS = f"/assets/position/{CLOSED}/sign/"
WORDS = "All is well"


@pytest.fixture(autouse=True)
def after_the_year():
    """1 April: the year has closed over what the owner holds."""
    with time_machine.travel(date(CLOSED, 4, 1), tick=False):
        yield


def give(person, words=WORDS):
    position = Position(CLOSED)
    return sign(position, signings(person, position)[0], words=words, by=person)


def key_on(client):
    return re.search(r'name="signing" value="([^"]+)"', client.get(ADDRESS).content.decode())[1]


def test_another_statement_is_refused_and_the_first_stays(owner):
    first = give(owner)
    with pytest.raises(SignedAlreadyError) as refused:
        give(owner, "I was wrong: three are lost")
    assert refused.value.given == first
    assert PositionStatement.objects.get().words == WORDS


def test_the_same_sent_twice_is_one(owner):
    assert give(owner) == give(owner)
    client = signed_in(owner)
    again = client.post(ADDRESS, {"signing": f"owner-{owner.post.pk}-0", "words": WORDS}, follow=True)
    assert "Signed as Owner" in again.content.decode()


def test_the_second_in_a_post_does_not_sign_what_the_first_has_signed(owner):
    deputy = PostHoldingFactory(post=owner.post, kind="acting").person
    give(owner)
    with pytest.raises(SignedAlreadyError):
        give(known(deputy, owner.post))


def test_the_page_says_who_signed_and_when_and_keeps_what_was_typed(owner):
    client = signed_in(owner)
    said = {"signing": key_on(client), "words": "I was wrong: three are lost"}
    give(owner)
    page = client.post(ADDRESS, said).content.decode()
    assert "It is signed already, as Owner on" in page
    assert "I was wrong: three are lost" in page
    assert owner.display_name not in page[page.index("<main") :]
    assert PositionStatement.objects.get().words == WORDS


def test_what_is_signed_is_not_offered_again(owner):
    RoleAssignmentFactory(post=owner.post, role=Role.DIRECTOR_APPROVER, unit=owner.asset.unit)
    owner = known(owner, owner.post)
    client = signed_in(owner)
    assert client.get(ADDRESS).content.decode().count('name="signing"') == 2
    for one in signings(owner, Position(CLOSED)):
        position = Position(CLOSED)
        assert signed_already(one, position) is None
        given = sign(position, one, words=WORDS, by=owner, ahead="In haste")
        assert signed_already(one, Position(CLOSED)) == given
        page = client.get(ADDRESS).content.decode()
        assert page.count("Signed already as Owner") == PositionStatement.objects.count()
        assert page.count('name="signing"') == 2 - PositionStatement.objects.count()
    assert "You have nothing more to sign for that year" in page
    assert "Your posts owned no asset" not in page


@pytest.mark.django_db(transaction=True)
def test_of_two_who_sign_at_once_in_one_post_one_is_told_that_it_is_signed():
    owner = play_owner("owner")
    deputy = PostHoldingFactory(post=owner.post, kind="acting").person
    clients, ready = [signed_in(owner), signed_in(deputy)], Barrier(2)
    key = key_on(clients[0])

    def send(client):
        try:
            ready.wait(timeout=60)
            return client.post(ADDRESS, {"signing": key, "words": WORDS}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, clients)) == [200, 302]
    assert PositionStatement.objects.count() == 1
