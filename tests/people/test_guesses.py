"""At most ten guesses in five minutes at an account and from an address, also when they come at once."""

import http.client
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test import Client

from governance.people.models import Guess, TooManyGuessesError, User
from governance.people.models.guess import ALLOWED
from governance.people.wording import SENTENCES
from tests.factories import UserFactory

PASSWORD = "correct horse battery staple"
COMPARED, NOT_COMPARED = SENTENCES["email_password_mismatch"], SENTENCES["too_many_login_attempts"]


@pytest.fixture
def person(db, quick_passwords):
    return UserFactory(email="officer@northmere.example", password=PASSWORD)


def attempt(
    client, email="officer@northmere.example", password="a wrong password", address="192.0.2.1", **extra
):
    """What happened: "in", "compared" or "not compared"."""
    given = {"login": email, "password": password}
    response = client.post("/accounts/login/", given, REMOTE_ADDR=address, **extra)
    return outcome(response.status_code, response.content.decode())


def outcome(status, body):
    if status == 302:
        return "in"
    return "compared" if COMPARED in body else "not compared" if NOT_COMPARED in body else f"{status}: {body}"


def let_pass(minutes):
    Guess.objects.update(made_at=F("made_at") - timedelta(minutes=minutes))


def test_ten_guesses_at_an_account_are_compared_and_no_more_wherever_they_come_from(person, client):
    tried = [attempt(client, address=f"192.0.2.{number}") for number in range(12)]
    assert tried == ["compared"] * ALLOWED + ["not compared"] * 2
    assert attempt(client, password=PASSWORD, address="192.0.2.99") == "not compared"


def test_ten_guesses_from_an_address_are_compared_and_no_more_whoever_they_are_at(person, client):
    tried = [attempt(client, email=f"person-{number}@northmere.example") for number in range(12)]
    assert tried == ["compared"] * ALLOWED + ["not compared"] * 2
    assert attempt(client, password=PASSWORD) == "not compared"
    assert attempt(client, password=PASSWORD, address="192.0.2.2") == "in"


def test_a_forged_header_is_no_other_address(person, client):
    headers = ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_CLIENT_IP"]
    tried = [
        attempt(client, f"person-{number}@x.example", **{headers[number % 4]: f"198.51.100.{number}"})
        for number in range(12)
    ]
    assert tried == ["compared"] * ALLOWED + ["not compared"] * 2


def test_behind_a_proxy_that_is_ours_the_address_it_saw_counts(person, client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    proxy = {"address": "10.0.0.1"}
    tried = [
        attempt(
            client, f"a-{number}@x.example", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}, 192.0.2.7", **proxy
        )
        for number in range(12)
    ]
    assert tried == ["compared"] * ALLOWED + ["not compared"] * 2
    assert attempt(client, email="b@x.example", HTTP_X_FORWARDED_FOR="192.0.2.8", **proxy) == "compared"


def test_after_five_minutes_one_may_try_again(person, client):
    for _ in range(ALLOWED):
        attempt(client)
    let_pass(minutes=4)
    assert attempt(client, password=PASSWORD) == "not compared"
    let_pass(minutes=2)
    assert attempt(client, password=PASSWORD) == "in"


def test_the_right_password_does_not_reset_the_count(person, client):
    for _ in range(ALLOWED - 1):
        attempt(client)
    assert attempt(Client(), password=PASSWORD) == "in"
    assert attempt(Client(), password=PASSWORD) == "in"
    assert attempt(client) == "compared"
    assert attempt(client) == "not compared"


def test_case_and_spaces_are_no_other_account(person, client):
    for number in range(ALLOWED):
        attempt(client, email=" Officer@NORTHMERE.example ", address=f"192.0.2.{number}")
    assert attempt(client, address="192.0.2.99") == "not compared"


def test_an_unknown_account_is_counted_like_a_known_one(client, person):
    tried = [attempt(client, email="nobody@x.example", address=f"192.0.2.{number}") for number in range(12)]
    assert tried == ["compared"] * ALLOWED + ["not compared"] * 2


def test_the_count_says_neither_account_nor_address(person, client):
    attempt(client)
    kept = " ".join(Guess.objects.values_list("key", flat=True))
    assert "officer" not in kept
    assert "192.0.2.1" not in kept


def test_guesses_are_forgotten_when_they_no_longer_count(person, client):
    attempt(client)
    let_pass(minutes=6)
    attempt(client, password=PASSWORD)
    assert not Guess.objects.exists()


def test_the_current_password_is_guessed_at_ten_times_and_no_more(person, client):
    client.force_login(person)
    given = {"oldpassword": "wrong", "password1": "a new long password", "password2": "a new long password"}
    for _ in range(ALLOWED):
        Guess.admit(account=person.email, address="198.51.100.1")
    given["oldpassword"] = PASSWORD
    assert NOT_COMPARED in client.post("/accounts/password/change/", given).content.decode()
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)


def test_to_confirm_who_one_is_is_a_guess_as_well(person, client):
    client.force_login(person)
    for _ in range(ALLOWED):
        Guess.admit(account=person.email, address="198.51.100.1")
    response = client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert NOT_COMPARED in response.content.decode()


@pytest.fixture
def busy_server(live_server):
    """The address of a real web server at which fifty may knock at once; Django lets ten."""
    live_server.thread.httpd.socket.listen(100)
    return live_server.url


@pytest.mark.django_db(transaction=True)
def test_of_fifty_guesses_at_once_ten_are_compared(busy_server):
    UserFactory(email="officer@northmere.example", password=PASSWORD)
    guess = guesser(busy_server)
    with ThreadPoolExecutor(50) as at_once:
        tried = Counter(at_once.map(lambda _: guess("a wrong password"), range(50)))
    assert tried == {"compared": ALLOWED, "not compared": 50 - ALLOWED}
    assert guess(PASSWORD) == "not compared"


@pytest.mark.django_db(transaction=True)
def test_people_who_sign_in_at_once_do_not_count_against_each_other(busy_server):
    for number in range(8):
        UserFactory(email=f"person-{number}@northmere.example", password=PASSWORD)
    guess = guesser(busy_server)
    with ThreadPoolExecutor(8) as at_once:
        tried = Counter(
            at_once.map(lambda number: guess(PASSWORD, f"person-{number}@northmere.example"), range(8))
        )
    assert tried == {"in": 8}
    assert not Guess.objects.exists()


def guesser(address):
    """A function that signs in over HTTP, each call on a connection of its own."""
    where = urlsplit(address)

    def send(method, **request):
        connected = http.client.HTTPConnection(where.hostname, where.port, timeout=60)
        connected.request(method, "/accounts/login/", **request)
        response = connected.getresponse()
        body = response.read().decode()
        connected.close()
        return response, body

    page, body = send("GET")
    cookie = page.headers["Set-Cookie"].split(";")[0]
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', body)[1]
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}

    def guess(password, email="officer@northmere.example"):
        form = {"login": email, "password": password, "csrfmiddlewaretoken": token}
        response, body = send("POST", body=urlencode(form), headers=headers)
        return outcome(response.status, body)

    return guess


@pytest.mark.django_db(transaction=True)
def test_guesses_at_each_others_accounts_from_each_others_addresses_never_wait_in_a_circle():
    def guess(number):
        try:
            with transaction.atomic():
                Guess.admit(account=f"account-{number % 2}", address=f"address-{number % 3}")
        except TooManyGuessesError:
            return "refused"
        finally:
            connection.close()
        return "counted"

    with ThreadPoolExecutor(12) as at_once:
        tried = Counter(at_once.map(guess, range(60)))
    assert set(tried) == {"counted", "refused"}
    assert tried["counted"] <= 2 * ALLOWED
