"""Signing in and the directory in Chromium, with and without scripts, at 1280 and 320 px."""

import re
import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from playwright.sync_api import expect

from governance.people.models import PostHolding, Role
from governance.people.wording import SENTENCES
from tests.browser import axe, sign_in
from tests.cast import play
from tests.factories import PostFactory, PostHoldingFactory, RoleAssignmentFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "correct horse battery staple"


@pytest.fixture
def person():
    found = UserFactory(email="siro@northmere.example", display_name="The director", password=PASSWORD)
    post = RoleAssignmentFactory(role=Role.SIRO, post=PostFactory(title="Executive director")).post
    PostHoldingFactory(post=post, person=found)
    return found


def fill_in(page, **given):
    for label, typed in given.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(typed)


def test_a_person_signs_in_and_out(any_page, person):
    any_page.goto("/people/")
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Sign in")
    axe(any_page)

    fill_in(any_page, Email_address=person.email, Password="a wrong password")
    any_page.get_by_role("button", name="Sign in").click()
    summary = any_page.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_contain_text(SENTENCES["email_password_mismatch"])
    expect(any_page).to_have_title(re.compile("^Error: Sign in"))
    axe(any_page)

    fill_in(any_page, Password=PASSWORD)
    any_page.get_by_role("button", name="Sign in").click()
    expect(any_page.get_by_role("heading", level=1)).to_have_text("People and roles")

    any_page.get_by_role("button", name="Sign out").click()
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_person_sets_up_an_authenticator_app_and_signs_in_with_it(page, person):
    sign_in(page, person)
    page.goto("/accounts/2fa/")
    axe(page)
    page.get_by_role("link", name="Set up").click()
    axe(page)
    fill_in(page, Password=PASSWORD)
    page.get_by_role("button", name="Continue").click()

    picture = page.get_by_alt_text("The key as a QR code")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    axe(page)
    secret = page.locator("main strong").inner_text()
    fill_in(page, Code=code_now(secret))
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    axe(page)

    page.get_by_role("button", name="Sign out").click()
    fill_in(page, Email_address=person.email, Password=PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your code")
    axe(page)


def code_now(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_every_page_about_signing_in_is_without_barriers(page, person):
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    for path in (
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/1-forged/",
        "password/reset/key/done/",
    ):
        page.goto(f"/accounts/{path}")
        axe(page)
    sign_in(page, person)
    for path in ("logout/", "password/change/", "2fa/", "2fa/reauthenticate/"):
        page.goto(f"/accounts/{path}")
        axe(page)


def test_every_page_of_the_directory_is_without_barriers(page, person):
    administrator = play("administrator", Role.ADMINISTRATOR)
    holding = PostHolding.objects.get(person=person)
    address = holding.post.get_absolute_url()
    sign_in(page, administrator)
    for path in (
        "/people/",
        "/people/rules/",
        "/people/accounts/",
        f"/people/accounts/{person.pk}/deactivate/",
        "/people/accounts/new/",
        "/people/units/new/",
        "/people/new-post/",
        address,
        f"{address}appoint/",
        f"{address}give-role/",
        f"/people/holdings/{holding.pk}/end/",
    ):
        page.goto(path)
        axe(page)


def test_the_administrator_appoints_a_successor(any_page, person):
    UserFactory(display_name="The successor")
    sign_in(any_page, play("administrator", Role.ADMINISTRATOR))
    any_page.goto("/people/")
    any_page.get_by_role("link", name="Executive director").click()
    any_page.get_by_role("button", name="Appoint somebody").click()
    any_page.get_by_role("button", name="Appoint").click()
    expect(any_page.get_by_text("There is a problem")).to_be_visible()
    axe(any_page)

    any_page.get_by_label("Person").select_option("The successor")
    any_page.get_by_label("Acting").check()
    fill_in(any_page, Day="1", Month="april", Year="2017")
    any_page.get_by_role("button", name="Appoint").click()
    expect(any_page.get_by_text("The successor holds Executive director from 1 April 2017")).to_be_visible()
    expect(any_page.get_by_role("row", name="The successor")).to_contain_text("Acting")
