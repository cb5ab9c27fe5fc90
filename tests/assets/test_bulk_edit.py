"""Changing many assets at once: what is checked is done, once, and nothing that moved since."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import signing
from django.db import connection

from assets.models import CLOSED, Asset, Exemption, Licence, Marking
from assets.services import bulk
from tests.assets.bulk import check, do, start, versions
from tests.cast import signed_in
from tests.factories import AssetFactory, PostFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_those_chosen_are_changed_with_one_version_each_and_the_reason(ig_officer):
    first, second, third = AssetFactory.create_batch(3)
    unit = UnitFactory()
    checked = check(ig_officer, "unit", {"unit": unit.pk}, chosen=[first.reference, second.reference])
    assert "Will change" in checked.content.decode()
    response = do(ig_officer, checked)
    assert response.url == "/assets/?"
    assert list(Asset.objects.filter(unit=unit)) == [first, second]
    version = first.history.order_by("-history_id").first()
    said = (version.history_change_reason, version.history_who)
    assert said == ("The service was reorganised", "The ig officer")
    assert versions() == 5
    assert third.history.count() == 1


def test_all_that_match_the_filters_are_changed_and_those_that_have_the_value_get_no_version(ig_officer):
    marking = Marking.objects.get(code="official-sensitive")
    AssetFactory.create_batch(3, form="paper")
    AssetFactory(form="paper", marking=marking)
    AssetFactory(form="data")
    checked = check(ig_officer, "marking", {"marking": marking.pk}, all="yes", kind="paper")
    do(ig_officer, checked)
    assert Asset.objects.filter(marking=marking).count() == 4
    assert versions() == 8


def test_the_check_says_how_many_change_stay_and_cannot(ig_officer):
    special = AssetFactory(special_category=True)
    AssetFactory.create_batch(2)
    AssetFactory(contains_personal_data=False)
    page = check(ig_officer, "personal_data", {"contains_personal_data": "False"}, all="yes").content.decode()
    facts = dict(re.findall(r"<dt[^>]*>\s*([^<]+?)\s*</dt>\s*<dd[^>]*>\s*([^<]+?)\s*</dd>", page))
    assert (facts["Will change"], facts["Have this value already"], facts["Cannot be changed"]) == (
        "2",
        "1",
        "1",
    )
    assert f"They stay as they are: {special.reference}" in page


def test_what_cannot_be_is_left_and_the_rest_is_done(ig_officer):
    AssetFactory(special_category=True)
    AssetFactory()
    do(ig_officer, check(ig_officer, "personal_data", {"contains_personal_data": "False"}, all="yes"))
    assert Asset.objects.filter(contains_personal_data=False).count() == 1


@pytest.mark.parametrize(
    "query",
    [
        {"marking": "99999"},
        {"unit": "99999"},
        {"owner": "abc"},
        {"state": "lost"},
        {"publish": "perhaps"},
        {"q": "x" * 101},
    ],
    ids=str,
)
def test_a_filter_that_cannot_be_read_matches_nothing_and_is_named(ig_officer, query):
    AssetFactory.create_batch(2)
    for page in (
        start(ig_officer, all="1", **query),
        check(ig_officer, "key", {"is_key": "True"}, all="1", **query),
    ):
        assert page.status_code == 400
        assert "A filter cannot be read" in page.content.decode()
        assert 'name="token"' not in page.content.decode()


def test_a_saved_filter_by_a_unit_that_no_longer_occurs_changes_nothing(ig_officer):
    gone = UnitFactory()
    AssetFactory()
    answer = check(ig_officer, "key", {"is_key": "True"}, all="1", unit=gone.pk)
    assert answer.status_code == 400
    assert "Unit" in answer.content.decode()


@pytest.mark.parametrize("state", CLOSED)
@pytest.mark.parametrize("by", ["chosen", "filter"])
def test_what_is_over_is_named_and_stays_as_it_is(ig_officer, state, by):
    over, live = AssetFactory(state=state), AssetFactory()
    query = {"chosen": [over.reference, live.reference]}
    if by == "filter":
        query = {"all": "1", "state": [state, "live"]}
    checked = check(ig_officer, "key", {"is_key": "True"}, **query)
    page = checked.content.decode()
    assert "They have been disposed of, transferred or withdrawn." in page
    assert f"They stay as they are: {over.reference}." in page
    assert do(ig_officer, checked).status_code == 302
    assert list(Asset.objects.filter(is_key=True)) == [live]


def test_what_is_over_by_the_time_it_is_done_is_left_and_named(ig_officer):
    asset = AssetFactory()
    checked = check(ig_officer, "key", {"is_key": "True"}, chosen=[asset.reference])
    Asset.objects.filter(pk=asset.pk).update(state="withdrawn")
    answer = do(ig_officer, checked)
    assert answer.status_code == 409
    assert asset.reference in answer.content.decode()
    assert not Asset.objects.filter(is_key=True).exists()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("publish", {"publish": "withhold"}, "Enter the reason for withholding"),
        ("publish", {"publish": "part", "publish_reason": "Names"}, "Select the exemption"),
        ("publish", {"publish": "perhaps"}, "There is a problem"),
        ("unit", {"unit": "999999"}, "There is a problem"),
        ("unit", {"unit": ""}, "There is a problem"),
        ("owner", {"owner": "abc"}, "There is a problem"),
        ("key", {"is_key": ""}, "There is a problem"),
        ("marking", {"marking": "1", "change_reason": ""}, "Answer “Why are you making this change?”"),
        ("marking", {"marking": "1", "change_reason": "x" * 5001}, "must be 5000 characters or fewer"),
        ("confidentiality", {"confidentiality": "3"}, "Enter the reason for the rating"),
        ("longest_outage_hours", {"longest_outage_hours": "-1"}, "must be 0 or more"),
        ("retention_from", {"retention_from_day": "31", "retention_from_month": "2"}, "There is a problem"),
        ("stars", {"stars": "6"}, "from the list"),
        ("form", {"form": ""}, "Select the form"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_words_and_what_was_typed_is_kept(
    ig_officer, field, typed, said
):
    AssetFactory()
    page = check(ig_officer, field, typed, all="yes")
    assert said in page.content.decode()
    assert 'name="token"' not in page.content.decode()
    assert versions() == 1


def test_what_is_left_empty_stays_in_each_asset_as_it_is(ig_officer):
    licence = Licence.objects.first()
    asset = AssetFactory(licence=licence, publish_reason="Asked for often")
    do(ig_officer, check(ig_officer, "publish", {"publish": "publish"}, all="yes"))
    asset.refresh_from_db()
    assert (asset.publish, asset.licence, asset.publish_reason) == ("publish", licence, "Asked for often")


def test_withholding_takes_its_reason_and_exemption_to_every_asset(ig_officer):
    AssetFactory.create_batch(2)
    exemption = Exemption.objects.get(code="foi-40")
    typed = {"publish": "withhold", "publish_reason": "About people", "exemption": exemption.pk}
    do(ig_officer, check(ig_officer, "publish", typed, all="yes"))
    assert Asset.objects.filter(publish="withhold", exemption=exemption).count() == 2


def test_a_retired_word_and_a_dissolved_unit_are_not_offered(ig_officer):
    AssetFactory()
    Marking.objects.filter(code="official").update(is_retired=True)
    official = Marking.objects.get(code="official")
    assert (
        "There is a problem"
        in check(ig_officer, "marking", {"marking": official.pk}, all="yes").content.decode()
    )


# What moved since


def test_an_asset_that_somebody_changed_since_the_check_is_left_and_named(ig_officer):
    moved, still = AssetFactory.create_batch(2)
    unit = UnitFactory()
    checked = check(ig_officer, "unit", {"unit": unit.pk}, all="yes")
    Asset.objects.filter(pk=moved.pk).update(title="Theirs")
    response = do(ig_officer, checked)
    assert response.status_code == 409
    page = response.content.decode()
    assert "1 changed, 1 left as it was" in page
    assert moved.reference in page
    assert still.reference not in page
    assert list(Asset.objects.filter(unit=unit)) == [still]


def test_a_change_confirmed_twice_counts_once(ig_officer):
    AssetFactory.create_batch(3)
    checked = check(ig_officer, "owner", {"owner": PostFactory().pk}, all="yes")
    assert do(ig_officer, checked).status_code == 302
    assert do(ig_officer, checked).status_code == 409
    assert versions() == 6


@pytest.mark.django_db(transaction=True)
def test_of_many_who_confirm_at_once_each_asset_is_changed_by_one(ig_officer):
    AssetFactory.create_batch(20)
    posts = PostFactory.create_batch(6)
    before = versions()
    checks = [check(ig_officer, "owner", {"owner": post.pk}, all="yes") for post in posts]

    def confirm(checked):
        try:
            return do(ig_officer, checked).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=6) as people:
        answers = sorted(people.map(confirm, checks))
    assert answers == [302] + [409] * 5
    assert versions() == before + 20


@pytest.mark.parametrize("forged", ["", "abc", "\x00", "x" * 5000])
def test_a_token_that_is_not_ours_changes_nothing(ig_officer, forged):
    AssetFactory()
    response = signed_in(ig_officer).post("/assets/change-many/do/", {"token": forged})
    assert response.status_code == 400
    assert "Start again" in response.content.decode()


def test_nobody_confirms_what_somebody_else_checked(ig_officer, records_manager):
    AssetFactory()
    checked = check(ig_officer, "owner", {"owner": PostFactory().pk}, all="yes")
    assert do(records_manager, checked).status_code == 400
    assert versions() == 1


def test_a_check_from_another_day_is_not_done(ig_officer):
    old = signing.TimestampSigner(salt=bulk.SALT).sign_object({"by": ig_officer.pk, "seen": []})
    with pytest.raises(bulk.TokenError, match="more than a day old or incomplete"):
        bulk.opened(old[:-3] + "xyz", ig_officer)


# The way there


def test_the_steps_ask_what_then_which_value(ig_officer):
    asset = AssetFactory()
    page = start(ig_officer, chosen=asset.reference).content.decode()
    assert "What do you want to change?" in page
    assert f'<input type="hidden" name="chosen" value="{asset.reference}">' in page
    assert "There is a problem" in start(ig_officer, chosen=asset.reference, field="title").content.decode()
    assert "New value" in start(ig_officer, chosen=asset.reference, field="key").content.decode()


@pytest.mark.parametrize(
    "query", [{}, {"chosen": "IA-9999"}, {"chosen": "\x00"}, {"all": "yes", "q": "no such"}]
)
def test_who_has_chosen_nothing_is_led_back_to_the_list_they_came_from(ig_officer, query):
    AssetFactory()
    browser = signed_in(ig_officer)
    response = browser.get("/assets/change-many/", {"kind": "paper"} | query)
    assert response.url.startswith("/assets/?kind=paper")
    assert "Choose at least one asset" in browser.get(response.url).content.decode()


@pytest.mark.parametrize("address", ["change-many/check/", "change-many/do/", "columns/"])
def test_a_reload_after_signing_in_again_leads_to_the_register_with_a_sentence(ig_officer, address):
    AssetFactory()
    response = signed_in(ig_officer).get(f"/assets/{address}", follow=True)
    assert response.redirect_chain[-1][0].startswith("/assets/")
    assert re.search("Choose the (assets again|columns here)", response.content.decode())
    assert versions() == 1


def test_all_that_match_a_mistyped_word_are_the_rows_that_the_page_shows(ig_officer):
    meant = AssetFactory(title="Council tax accounts")
    AssetFactory(title="Car parks")
    listed = signed_in(ig_officer).get("/assets/", {"q": "counsil tacks acounts"}).content.decode()
    assert meant.title in listed
    checked = check(ig_officer, "key", {"is_key": "True"}, all="yes", q="counsil tacks acounts")
    assert do(ig_officer, checked).status_code == 302
    assert list(Asset.objects.filter(is_key=True)) == [meant]


@pytest.mark.parametrize("query", [{"as_at": "2020-01-01"}, {"as_at_day": "1", "as_at_month": "2"}], ids=str)
def test_from_a_past_day_nothing_is_changed_and_it_is_said_why(ig_officer, query):
    AssetFactory()
    for answer in (
        start(ig_officer, all="yes", **query),
        check(ig_officer, "key", {"is_key": "True"}, all="yes", **query),
    ):
        assert answer.status_code == 400
        assert "You were looking at a past day" in answer.content.decode()
    assert versions() == 1


def test_more_than_can_be_changed_at_once_is_said_with_both_numbers(ig_officer, monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 2)
    AssetFactory.create_batch(3)
    page = start(ig_officer, all="yes").content.decode()
    assert "Your filters match 3 assets, and at most 2 can be changed at once" in page


def test_only_those_who_keep_the_register_are_offered_it(ig_officer, siro, owner):
    AssetFactory()
    for person, offered in ((ig_officer, True), (siro, False), (owner, False)):
        page = signed_in(person).get("/assets/").content.decode()
        assert ("Change those chosen" in page) is offered
    page = signed_in(ig_officer).get("/assets/", {"as_at": "2020-01-01"}).content.decode()
    assert "Change those chosen" not in page


def test_a_change_of_many_takes_as_many_queries_as_one_of_few(ig_officer, django_assert_max_num_queries):
    unit = UnitFactory()
    for number in (2, 60):
        AssetFactory.create_batch(number)
        checked = bulk.check(Asset.objects.exclude(unit=unit), {"unit_id": unit.pk}, "Why", ig_officer)
        with django_assert_max_num_queries(9):
            assert bulk.do(checked.token, ig_officer).changed == number


# Whatever the database refuses


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"publish": "withhold", "publish_reason": "", "exemption_id": None},
            "The rule is: asset withheld with reason and exemption",
        ),
        ({"owner_id": 10**9}, "taken off its list since"),
        ({"custodian_id": 10**9}, "taken off its list since"),
    ],
)
def test_what_the_database_refuses_is_said_in_a_sentence_and_nothing_is_changed(ig_officer, values, said):
    AssetFactory.create_batch(2)
    checked = bulk.check(Asset.objects.all(), values, "Tidying up", ig_officer)
    before = versions()

    response = signed_in(ig_officer).post("/assets/change-many/do/", {"token": checked.token})

    assert response.status_code == 400
    assert said in response.content.decode()
    assert "Nothing was changed" in response.content.decode()
    assert versions() == before
