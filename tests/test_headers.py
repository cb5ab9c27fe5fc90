"""Security headers on every answer, whatever its status; cookies out of reach; no POST without its token."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from django.urls import path, reverse

from governance import urls as product
from tests.permission_table import DOORS

DOORS_OPEN_HERE = [door for door in DOORS if not door.development_only]
each_door = pytest.mark.parametrize("door", DOORS_OPEN_HERE, ids=str)
LOOKING = ["stranger", "outsider", "owner", "other_owner", "ig_officer", "committee_officer", "administrator"]


def directives(response):
    """The policy, as the browser reads it: name of a directive to its sources."""
    parts = response["Content-Security-Policy"].split(";")
    return {words[0]: words[1:] for part in parts if (words := part.split())}


def assert_guarded(response):
    policy = directives(response)
    allowed = {source.strip("'") for sources in policy.values() for source in sources}
    assert not allowed & {"unsafe-inline", "unsafe-eval", "unsafe-hashes", "*", "http:", "https:"}
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert set(policy["script-src"]) == {"'self'"} or any("nonce" in each for each in policy["script-src"])
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    for feature in ("camera", "geolocation", "microphone", "payment", "usb"):
        assert f"{feature}=()" in response["Permissions-Policy"]
    assert "Server" not in response
    assert "X-Powered-By" not in response


def assert_not_stored(response):
    said = {each.strip() for each in response["Cache-Control"].split(",")}
    assert said >= {"no-store", "private"}
    assert "public" not in said


@each_door
def test_every_answer_carries_the_headers(world, door):
    address = reverse(door.name, args=door.at(world))
    for who in LOOKING:
        response = world.browsers[who].get(address)
        assert_guarded(response)
        if who != "stranger" and "public" not in response.get("Cache-Control", ""):
            assert_not_stored(response)


def test_what_calls_itself_public_is_the_colours_alone(world):
    called_public = {
        door.name
        for door in DOORS_OPEN_HERE
        if "GET" in door.methods
        and "public"
        in world.browsers["ig_officer"].get(reverse(door.name, args=door.at(world))).get("Cache-Control", "")
    }
    assert called_public == {"core:theme"}


def test_the_headers_are_there_on_each_status(world):
    """The walk above would be worth little if every answer in it had been a 200."""
    met = {
        world.browsers[who].get(reverse(door.name, args=door.at(world))).status_code
        for door in DOORS_OPEN_HERE
        for who in ("stranger", "outsider")
    }
    assert met >= {200, 302, 403, 404}


@pytest.mark.parametrize(
    ("address", "status"), [("/nothing/here/", 404), ("/people", 301), ("/people/posts/no-such-post/", 404)]
)
def test_the_headers_are_there_where_nothing_is(world, address, status):
    response = world.browsers["ig_officer"].get(address)
    assert response.status_code == status
    policy = directives(response)
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert response["X-Content-Type-Options"] == "nosniff"


def fails(request):
    raise RuntimeError("the secret of the database")


class BrokenProduct:
    """The product's addresses, and one that breaks."""

    urlpatterns = [path("broken/", fails), *product.urlpatterns]
    handler500 = product.handler500


@pytest.mark.django_db
@pytest.mark.usefixtures("_quiet_errors")
def test_a_fault_says_nothing_of_the_inside_and_carries_the_headers(settings, ig_officer):
    settings.ROOT_URLCONF = BrokenProduct
    client = Client(raise_request_exception=False)
    client.force_login(ig_officer)
    response = client.get("/broken/")
    assert response.status_code == 500
    assert_guarded(response)
    assert_not_stored(response)
    for inside in ("secret", "Traceback", "RuntimeError", "/governance/", "SECRET_KEY", "SELECT"):
        assert inside not in response.content.decode()


@pytest.fixture
def _quiet_errors(caplog):
    import logging

    caplog.set_level(logging.CRITICAL + 1, "django.request")


@each_door
def test_no_form_is_taken_without_its_token(world, door):
    address = reverse(door.name, args=door.at(world))
    for who in ("stranger", "owner", "administrator", "committee_officer"):
        browser = Client(enforce_csrf_checks=True)
        if who != "stranger":
            browser.force_login(world.cast[who])
        response = browser.post(address, {"csrfmiddlewaretoken": "forged"})
        assert response.status_code == 403, who
        assert_guarded(response)


def test_no_page_has_a_script_or_a_style_of_its_own(world):
    """The policy would stop them in the browser; nothing should have to be stopped."""
    found = {}
    for door in DOORS_OPEN_HERE:
        for who in ("stranger", "ig_officer", "committee_officer", "administrator"):
            response = world.browsers[who].get(reverse(door.name, args=door.at(world)))
            if not response.get("Content-Type", "").startswith("text/html"):
                continue
            body = response.content.decode()
            inline = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>|<style\b|\sstyle=|\son\w+=|javascript:", body)
            if inline:
                found[str(door)] = inline
    assert found == {}


@pytest.mark.django_db
def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client, ig_officer):
    ig_officer.set_password("correct horse battery staple")
    ig_officer.save()
    given = {"login": ig_officer.email, "password": "correct horse battery staple"}
    client.get("/accounts/login/")
    client.post("/accounts/login/", given)
    assert set(client.cookies) >= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    for name, cookie in client.cookies.items():
        assert cookie["httponly"] is True, name
        assert cookie["samesite"] in ("Lax", "Strict"), name
        assert cookie["domain"] == "", name


PRODUCTION = """
import django
from django.conf import settings
django.setup()
for name in ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME"):
    assert getattr(settings, name).startswith("__Host-"), name
for kind in ("SESSION", "CSRF"):
    assert getattr(settings, f"{kind}_COOKIE_SECURE") is True, kind
    assert getattr(settings, f"{kind}_COOKIE_HTTPONLY") is True, kind
# A __Host- cookie is refused by the browser unless its path is / and it has no domain.
assert settings.SESSION_COOKIE_PATH == settings.CSRF_COOKIE_PATH == "/"
assert settings.SESSION_COOKIE_DOMAIN is None and settings.CSRF_COOKIE_DOMAIN is None
assert settings.SECURE_HSTS_SECONDS >= 31_536_000
assert settings.DEBUG is False
from django.urls import NoReverseMatch, reverse
try:
    reverse("core:components")
except NoReverseMatch:
    print("guarded")
"""


def test_in_production_cookies_are_bound_to_this_host_and_to_https():
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "governance.settings",
        "CUSTODIAN_ENV": "production",
        "SECRET_KEY": "for-this-test-alone-" + "k" * 50,
        "ALLOWED_HOSTS": "registers.northmere.example",
        "BROKER_URL": "redis://127.0.0.1:6379/0",
        "DATABASE_URL": "postgres://application@127.0.0.1/custodian",
    }
    ran = subprocess.run(
        [sys.executable, "-c", PRODUCTION], env=environment, capture_output=True, text=True, check=False
    )
    assert (ran.stdout.strip(), ran.stderr) == ("guarded", "")
