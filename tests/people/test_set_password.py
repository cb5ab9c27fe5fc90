"""Setting a password by a link sent to one's address, and changing it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from governance.people.models import User
from tests.cast import signed_in
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_passwords")]
PASSWORD, NEW = "correct horse battery staple", "nine purple badgers knit"
ASK = "/accounts/password/reset/"


@pytest.fixture
def person():
    return UserFactory(email="officer@northmere.example", password=PASSWORD)


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://registers.northmere.example"


def ask(client, email="officer@northmere.example", **extra):
    return client.post(ASK, {"email": email}, **extra)


def link():
    """The path of the link in the last mail."""
    return re.search(
        r"https://registers\.northmere\.example(/accounts/password/reset/key/\S+)", mail.outbox[-1].body
    )[1]


def choose(client, path, password=NEW):
    """Follow the link and give a password; the page that came last."""
    form = client.get(path, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": password, "password2": password}, follow=True)


def test_the_link_sets_a_password_once(person, client):
    ask(client)
    path = link()
    assert "Your password is set" in choose(client, path).content.decode()
    assert User.objects.get(pk=person.pk).check_password(NEW)
    assert "This link does not work" in Client().get(path, follow=True).content.decode()


def test_who_has_no_password_yet_sets_the_first_one_this_way(client):
    person = UserFactory(email="officer@northmere.example")
    ask(client)
    choose(client, link())
    assert User.objects.get(pk=person.pk).check_password(NEW)


def test_the_link_expires_after_a_day(person, client):
    ask(client)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert "This link does not work" in client.get(link(), follow=True).content.decode()


def test_a_known_and_an_unknown_address_get_the_same_answer_and_one_mail_each(person, client):
    known, unknown = ask(client), ask(client, "nobody@northmere.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [[person.email], ["nobody@northmere.example"]]
    assert "There is no such account" in mail.outbox[1].body
    assert "/reset/key/" not in mail.outbox[1].body


def test_a_deactivated_person_gets_no_link(person, client):
    person.is_active = False
    person.save()
    ask(client)
    assert "/reset/key/" not in mail.outbox[-1].body


def test_the_link_leads_to_the_council_whatever_the_request_said(person, client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    ask(
        client,
        HTTP_HOST="evil.example",
        HTTP_X_FORWARDED_HOST="evil.example",
        HTTP_X_FORWARDED_PROTO="gopher",
    )
    assert link()
    assert "evil" not in mail.outbox[-1].body + mail.outbox[-1].subject


@pytest.mark.parametrize("evil", ["a@x.example\nBcc: b@x.example", "a@x.example\r\nSubject: hello"])
def test_an_address_with_line_breaks_is_refused(client, evil):
    assert ask(client, evil).status_code == 200
    assert mail.outbox == []


def test_the_key_does_not_stay_in_the_address(person, client):
    ask(client)
    assert client.get(link())["Location"].endswith("-set-password/")


def test_a_new_password_signs_out_everywhere_else(person):
    elsewhere = signed_in(person)
    ask(Client())
    choose(Client(), link())
    assert elsewhere.get("/accounts/2fa/").status_code == 302


@pytest.mark.parametrize("weak", ["short", "password1234", "officer@northmere.example"])
def test_a_weak_password_is_refused_with_what_is_wrong(person, client, weak):
    ask(client)
    body = choose(client, link(), weak).content.decode()
    assert "There is a problem" in body
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)


def test_a_password_is_changed_by_who_knows_the_current_one(person):
    here, elsewhere = signed_in(person), signed_in(person)
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert "Enter your current password" in change(here, given | {"oldpassword": "guess"})
    assert "You must type the same password" in change(here, given | {"password2": "another"})
    assert "Your password is changed" in change(here, given)
    assert here.get("/accounts/2fa/").status_code == 200
    assert elsewhere.get("/accounts/2fa/").status_code == 302


def change(client, given):
    return client.post("/accounts/password/change/", given, follow=True).content.decode()


def test_who_has_no_password_is_led_to_the_link(client):
    client.force_login(UserFactory())
    page = client.get("/accounts/password/change/", follow=True)
    assert page.request["PATH_INFO"] == ASK


def test_the_trail_keeps_no_password(person):
    columns = {field.name for field in User.history.model._meta.get_fields()}
    assert "password" not in columns
