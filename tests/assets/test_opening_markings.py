"""What a marking opens to the public: decided by those who keep the register, who see first what it does."""

import re

import pytest

from assets.models import Licence, Marking
from assets.representations.public import entries
from tests.cast import signed_in
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db
REASON = {"change_reason": "The council's new policy"}


def said_of(marking, **changed):
    said = {"name": marking.name, "explanation": marking.explanation, "position": marking.position}
    if marking.may_be_public:
        said["may_be_public"] = "on"
    said |= {"seen_version": marking.standing_version(), **REASON, **changed}
    return {name: value for name, value in said.items() if value is not None}


def change(person, marking, **changed):
    return signed_in(person).post(f"/assets/lists/marking/{marking.pk}/edit/", said_of(marking, **changed))


def checked(page):
    return re.search(r'name="checked" value="([^"]+)"', page.content.decode())[1]


@pytest.fixture
def sensitive():
    return Marking.objects.get(code="official-sensitive")


def test_opening_a_marking_says_first_how_many_entries_anybody_could_read(ig_officer, sensitive):
    AssetFactory.create_batch(2, marking=sensitive, publish="publish")
    AssetFactory(marking=sensitive, publish="undecided")
    AssetFactory(marking=sensitive, publish="publish", state="withdrawn")
    page = change(ig_officer, sensitive, may_be_public="on")
    assert "2 assets so marked are decided to be published" in page.content.decode()
    assert REASON["change_reason"] in page.content.decode().replace("&#x27;", "'")
    sensitive.refresh_from_db()
    assert not sensitive.may_be_public
    assert not entries().exists()

    assert change(ig_officer, sensitive, may_be_public="on", checked=checked(page)).status_code == 302
    assert entries().count() == 2
    assert sensitive.history.order_by("history_id").last().history_change_reason == REASON["change_reason"]


def test_closing_one_says_how_many_vanish(records_manager):
    official = Marking.objects.get(code="official")
    AssetFactory(marking=official, publish="publish")
    page = change(records_manager, official, may_be_public=None)
    assert "1 asset so marked vanishes from the public register" in page.content.decode()
    assert entries().count() == 1
    change(records_manager, official, may_be_public=None, checked=checked(page))
    assert not entries().exists()


def test_what_was_checked_counts_only_for_the_number_that_was_seen(ig_officer, sensitive):
    AssetFactory(marking=sensitive, publish="publish")
    page = change(ig_officer, sensitive, may_be_public="on")
    AssetFactory(marking=sensitive, publish="publish")
    again = change(ig_officer, sensitive, may_be_public="on", checked=checked(page))
    assert "2 assets so marked" in again.content.decode()
    assert not entries().exists()


def test_another_change_of_a_marking_needs_no_check(ig_officer, sensitive):
    assert change(ig_officer, sensitive, explanation="Said more plainly").status_code == 302


@pytest.mark.parametrize(
    ("who", "may"), [("ig_officer", True), ("records_manager", True), ("administrator", False)]
)
def test_who_decides_what_is_open(cast, who, may, sensitive):
    AssetFactory(marking=sensitive, publish="publish")
    browser, licence = signed_in(cast[who]), Licence.objects.filter(is_open=False).first()
    page = browser.get(f"/assets/lists/marking/{sensitive.pk}/edit/").content.decode()
    assert ('name="may_be_public"' in page) is may
    page = browser.get("/assets/lists/licence/new/").content.decode()
    assert ('name="is_open"' in page) is may
    if not may:
        assert change(cast[who], sensitive, may_be_public="on", checked="1 in").status_code == 302
        assert not entries().exists()
        assert licence is None or not Licence.objects.get(pk=licence.pk).is_open
