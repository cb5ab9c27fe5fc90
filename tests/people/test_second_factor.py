"""The authenticator app: set up after confirming who one is, asked for at sign-in, guessed at ten times."""

import base64
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.test import Client

from governance.core.dates import today
from governance.people.models.guess import ALLOWED
from governance.people.wording import CODE_SENTENCES, SENTENCES
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_passwords")]
PASSWORD = "correct horse battery staple"
CODE_PAGE = "/accounts/2fa/authenticate/"


@pytest.fixture
def secret():
    return generate_totp_secret()


@pytest.fixture
def person(secret):
    """Somebody with an authenticator app."""
    found = UserFactory(email="officer@northmere.example", password=PASSWORD)
    TOTP.activate(found, secret)
    return found


def code_now(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_password(person):
    client = Client()
    given = {"login": person.email, "password": PASSWORD}
    response = client.post("/accounts/login/", given)
    assert response["Location"] == CODE_PAGE
    return client


def is_signed_in(client):
    return client.get("/accounts/2fa/").status_code == 200


def test_the_password_alone_does_not_sign_in_who_has_an_app(person):
    client = with_password(person)
    assert not is_signed_in(client)
    assert "Enter your code" in client.get(CODE_PAGE).content.decode()


def test_the_code_of_the_app_signs_in(person, secret):
    client = with_password(person)
    assert client.post(CODE_PAGE, {"code": code_now(secret)})["Location"] == "/"
    assert is_signed_in(client)


def test_a_code_is_used_once(person, secret):
    code = code_now(secret)
    with_password(person).post(CODE_PAGE, {"code": code})
    second = with_password(person)
    second.post(CODE_PAGE, {"code": code})
    assert not is_signed_in(second)


def test_a_recovery_code_signs_in_once(person):
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    first, second = with_password(person), with_password(person)
    first.post(CODE_PAGE, {"code": code})
    second.post(CODE_PAGE, {"code": code})
    assert (is_signed_in(first), is_signed_in(second)) == (True, False)


def test_ten_codes_are_compared_and_no_more_however_often_the_password_is_given_anew(person, secret):
    for number in range(ALLOWED):
        body = with_password(person).post(CODE_PAGE, {"code": f"{number:06}"}).content.decode()
        assert CODE_SENTENCES["incorrect_code"] in body
    # Ten wrong codes count for the account, so the right password is no longer compared either.
    refused = Client().post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert SENTENCES["too_many_login_attempts"] in refused.content.decode()


def test_the_right_code_is_not_compared_after_ten_wrong_ones(person, secret):
    client = with_password(person)
    for number in range(ALLOWED):
        client.post(CODE_PAGE, {"code": f"{number:06}"})
    body = client.post(CODE_PAGE, {"code": code_now(secret)}).content.decode()
    assert SENTENCES["too_many_login_attempts"] in body
    assert not is_signed_in(client)


def test_who_is_deactivated_between_password_and_code_is_refused(person, secret):
    client = with_password(person)
    person.deactivate(today())
    assert client.post(CODE_PAGE, {"code": code_now(secret)})["Location"] == "/accounts/login/"
    assert not is_signed_in(client)


def test_the_code_page_is_nothing_to_a_stranger(client):
    assert client.get(CODE_PAGE)["Location"] == "/accounts/login/"


def test_setting_up_an_app_asks_for_the_password_once_more_and_gives_recovery_codes(client):
    person = UserFactory(password=PASSWORD)
    client.force_login(person)
    asked = client.get("/accounts/2fa/totp/activate/")
    assert asked["Location"].startswith("/accounts/reauthenticate/?next=")
    client.post(asked["Location"], {"password": PASSWORD})

    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    assert b"<svg" in base64.b64decode(re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', page)[1])
    secret = re.search(r"Key: <strong>(\w+)</strong>", page)[1]
    done = client.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})
    codes = client.get(done["Location"]).content.decode()
    assert "10 of 10 are unused" in codes
    assert re.findall(r"<code>(\w+)</code>", codes) != []
    assert Authenticator.objects.filter(user=person).count() == 2


def test_removing_the_app_asks_for_the_password_or_a_code_once_more(person, client):
    client.force_login(person)
    for address in ("/accounts/2fa/totp/deactivate/", "/accounts/2fa/recovery-codes/generate/"):
        assert client.post(address)["Location"].startswith("/accounts/reauthenticate/")
    assert Authenticator.objects.filter(user=person).count() == 1


def test_an_app_is_removed_and_its_recovery_codes_with_it(person, client):
    RecoveryCodes.activate(person)
    client.force_login(person)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert "Remove the app" in client.get("/accounts/2fa/totp/deactivate/").content.decode()
    assert client.post("/accounts/2fa/totp/deactivate/")["Location"] == "/accounts/2fa/"
    assert not Authenticator.objects.filter(user=person).exists()


def test_new_recovery_codes_replace_the_old(person, client):
    before = RecoveryCodes.activate(person).get_unused_codes()
    client.force_login(person)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert "will stop working" in client.get("/accounts/2fa/recovery-codes/generate/").content.decode()
    client.post("/accounts/2fa/recovery-codes/generate/")
    text = client.get("/accounts/2fa/recovery-codes/download/")
    assert text["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    after = text.content.decode().split()
    assert len(after) == 10
    assert not set(after) & set(before)
