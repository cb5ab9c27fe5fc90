"""What stands signed under the position stays, and nobody is told that something else was signed."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from assets.models import PositionStatement
from assets.services.chain import SignedAlreadyError, sign, signed_already, signings
from assets.services.position import Position
from governance.core.dates import today
from governance.people.models import Role
from tests.cast import known, play, signed_in
from tests.factories import PostHoldingFactory, RoleAssignmentFactory, UnitFactory

pytestmark = pytest.mark.django_db
CLOSED = today().year - 1
ADDRESS = f"/assets/position/{CLOSED}/sign/"
WORDS = "All is well"


def give(person, words=WORDS):
    position = Position(CLOSED)
    return sign(position, signings(person, position)[0], words=words, by=person)


def key_on(client):
    return re.search(r'name="signing" value="([^"]+)"', client.get(ADDRESS).content.decode())[1]


def test_another_statement_is_refused_and_the_first_stays(siro):
    first = give(siro)
    with pytest.raises(SignedAlreadyError) as refused:
        give(siro, "I was wrong: three are lost")
    assert refused.value.given == first
    assert PositionStatement.objects.get().words == WORDS


def test_the_same_sent_twice_is_one(siro):
    assert give(siro) == give(siro)
    client = signed_in(siro)
    again = client.post(ADDRESS, {"signing": f"siro-{siro.post.pk}-0", "words": WORDS}, follow=True)
    assert "Signed as Siro" in again.content.decode()


def test_the_second_in_a_post_does_not_sign_what_the_first_has_signed(siro):
    deputy = PostHoldingFactory(post=siro.post, kind="acting").person
    give(siro)
    with pytest.raises(SignedAlreadyError):
        give(known(deputy, siro.post))


def test_the_page_says_who_signed_and_when_and_keeps_what_was_typed(siro):
    client = signed_in(siro)
    said = {"signing": key_on(client), "words": "I was wrong: three are lost"}
    give(siro)
    page = client.post(ADDRESS, said).content.decode()
    assert "It is signed already, as Siro on" in page
    assert "I was wrong: three are lost" in page
    assert siro.display_name not in page[page.index("<main") :]
    assert PositionStatement.objects.get().words == WORDS


def test_what_is_signed_is_not_offered_again(siro):
    unit = UnitFactory(name="Roads")
    RoleAssignmentFactory(post=siro.post, role=Role.DIRECTOR_APPROVER, unit=unit)
    siro = known(siro, siro.post)
    client = signed_in(siro)
    assert client.get(ADDRESS).content.decode().count('name="signing"') == 2
    for one in signings(siro, Position(CLOSED)):
        position = Position(CLOSED)
        assert signed_already(one, position) is None
        given = sign(position, one, words=WORDS, by=siro, ahead="Roads is late")
        assert signed_already(one, Position(CLOSED)) == given
        page = client.get(ADDRESS).content.decode()
        assert page.count("Signed already as Siro") == PositionStatement.objects.count()
        assert page.count('name="signing"') == 2 - PositionStatement.objects.count()
    assert "You have nothing more to sign for that year" in page
    assert "Your posts owned no asset" not in page


@pytest.mark.django_db(transaction=True)
def test_of_two_who_sign_at_once_in_one_post_one_is_told_that_it_is_signed():
    siro = play("siro", Role.SIRO)
    deputy = PostHoldingFactory(post=siro.post, kind="acting").person
    clients, ready = [signed_in(siro), signed_in(deputy)], Barrier(2)
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
