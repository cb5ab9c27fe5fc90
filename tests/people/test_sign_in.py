"""Signing in: generic refusals, a new session, nothing left open behind."""

import re

import pytest
from django.test import Client

from governance.core.dates import today
from governance.people.wording import SENTENCES
from tests.cast import signed_in
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_passwords")]
PASSWORD = "correct horse battery staple"
SIGN_IN = "/accounts/login/"
REFUSAL = SENTENCES["email_password_mismatch"]
A_PAGE_FOR_THE_SIGNED_IN = "/accounts/2fa/"


@pytest.fixture
def person():
    return UserFactory(email="officer@northmere.example", password=PASSWORD)


def attempt(client, email="officer@northmere.example", password=PASSWORD, **extra):
    return client.post(SIGN_IN, {"login": email, "password": password}, **extra)


def is_signed_in(client):
    return client.get(A_PAGE_FOR_THE_SIGNED_IN).status_code == 200


def test_a_person_signs_in_with_address_and_password(person, client):
    response = attempt(client)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_signed_in(client)


def test_the_case_of_the_address_does_not_matter(person, client):
    assert attempt(client, email="Officer@Northmere.example").status_code == 302


def test_the_person_lands_where_they_were_going(person, client):
    asked = client.get(A_PAGE_FOR_THE_SIGNED_IN)
    assert asked["Location"] == f"{SIGN_IN}?next={A_PAGE_FOR_THE_SIGNED_IN}"
    page = client.get(asked["Location"])
    assert f'name="next" value="{A_PAGE_FOR_THE_SIGNED_IN}"' in page.content.decode()
    response = client.post(
        SIGN_IN, {"login": person.email, "password": PASSWORD, "next": A_PAGE_FOR_THE_SIGNED_IN}
    )
    assert response["Location"] == A_PAGE_FOR_THE_SIGNED_IN


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "http:evil.example",
        "https:/evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "https://127.0.0.1@evil.example/",
        "ftp://testserver/",
        " https://evil.example",
        "https://testserver.evil.example/",
    ],
)
def test_nobody_is_sent_to_another_site(person, client, elsewhere):
    response = client.post(SIGN_IN, {"login": person.email, "password": PASSWORD, "next": elsewhere})
    assert response["Location"] == "/"


def refusal(client, email, password):
    body = attempt(client, email, password).content.decode()
    body = body.replace(email, "ADDRESS")
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", body)


def test_an_unknown_and_a_known_person_are_refused_with_the_same_page(person, client):
    known = refusal(client, person.email, "wrong password here")
    assert REFUSAL in known
    assert refusal(client, "nobody@northmere.example", "wrong password here") == known


def test_a_deactivated_person_with_the_right_password_is_refused_with_the_same_page(person, client):
    wrong = refusal(client, person.email, "wrong password here")
    person.deactivate(today())
    assert refusal(client, person.email, PASSWORD) == wrong
    assert not is_signed_in(client)


def test_a_deactivated_person_is_refused_at_the_next_request(person):
    client = signed_in(person)
    assert is_signed_in(client)
    person.deactivate(today())
    assert client.get(A_PAGE_FOR_THE_SIGNED_IN)["Location"].startswith(SIGN_IN)


def test_a_person_without_a_password_cannot_sign_in_with_any(client):
    UserFactory(email="officer@northmere.example")
    assert REFUSAL in attempt(client, password="!").content.decode()


def test_signing_in_begins_a_new_session(person, client):
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    attempt(client)
    assert client.session.session_key != session.session_key
    assert not type(session)().exists(session.session_key)


def test_signing_out_ends_the_session_on_the_server(person, client):
    attempt(client)
    stolen = client.cookies["sessionid"].value
    assert client.post("/accounts/logout/")["Location"] == SIGN_IN
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert not is_signed_in(thief)


def test_following_a_link_to_sign_out_does_not_sign_out(person):
    client = signed_in(person)
    assert "Do you want to sign out?" in client.get("/accounts/logout/").content.decode()
    assert is_signed_in(client)


def test_the_session_ends_when_the_browser_closes(person, client):
    attempt(client)
    assert client.cookies["sessionid"]["max-age"] == ""


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "email/",
        "confirm-email/",
        "inactive/",
        "login/code/",
        "social/login/",
        "3rdparty/",
        "phone/verify/",
    ],
)
def test_what_else_allauth_offers_is_not_there(client, path):
    assert client.get(f"/accounts/{path}").status_code == 404
    assert client.post(f"/accounts/{path}").status_code == 404


def test_there_is_no_second_door(client):
    assert client.get("/admin/").status_code == 404
    assert client.get("/admin/login/").status_code == 404


def test_nothing_entered_says_what_to_enter(client):
    body = attempt(client, "", "").content.decode()
    assert "There is a problem" in body
    assert "Enter your email address" in body
    assert "Enter your password" in body


def test_the_password_is_not_sent_back(person, client):
    assert "wrong password here" not in attempt(client, password="wrong password here").content.decode()
