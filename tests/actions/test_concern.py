"""Which assets an action concerns: said on the action's page, read on the asset's."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from playwright.sync_api import expect

from actions.models import ActionAsset
from tests.actions.pages import a_plan, action_page, an_action, plan_page, text
from tests.browser import axe, sign_in
from tests.cast import signed_in
from tests.factories import ActionAssetFactory, ActionFactory, AssetFactory

pytestmark = pytest.mark.django_db


def adding(action):
    return reverse("actions:add_concern", args=[action.reference])


def page_of(person, thing):
    return signed_in(person).get(thing.get_absolute_url()).content.decode()


def test_an_action_and_an_asset_are_linked_once(db):
    link = ActionAssetFactory()
    with pytest.raises(IntegrityError, match="action_concerns_an_asset_once"), transaction.atomic():
        ActionAssetFactory(action=link.action, asset=link.asset)


def test_what_is_linked_stands_on_both_pages_with_its_note(ig_officer):
    action, asset = ActionFactory(title="Lock the cabinets"), AssetFactory(title="Paper files")
    typed = {"asset": asset.reference.lower(), "note": "The cabinets on floor 2"}
    assert signed_in(ig_officer).post(adding(action), typed).url == action.get_absolute_url()
    for page in (page_of(ig_officer, action), page_of(ig_officer, asset)):
        assert "The cabinets on floor 2" in page
    assert "Paper files" in page_of(ig_officer, action)
    assert "Lock the cabinets" in page_of(ig_officer, asset)
    assert "Not started" in page_of(ig_officer, asset)


def test_who_linked_it_and_who_took_it_off_is_kept(ig_officer):
    link = ActionAssetFactory()
    address = reverse("actions:remove_concern", args=[link.action.reference, link.pk])
    assert "Take it off" in signed_in(ig_officer).get(address).content.decode()
    assert signed_in(ig_officer).post(address).url == link.action.get_absolute_url()
    assert not ActionAsset.objects.exists()
    last = ActionAsset.history.order_by("history_id").last()
    assert (last.history_type, last.history_who) == ("-", "The ig officer")
    assert last.history_change_reason == f"Taken off {link.action.reference}"


@pytest.mark.parametrize("typed", ["", "IA-9999", "nonsense", "\x00", "x" * 13])
def test_a_reference_that_names_no_asset_is_refused_in_words_and_kept(ig_officer, typed):
    action = ActionFactory()
    page = signed_in(ig_officer).post(adding(action), {"asset": typed, "note": "Kept words"})
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert "Kept words" in page.content.decode()
    assert not ActionAsset.objects.exists()


def test_an_owner_links_only_assets_that_they_may_open(owner, other_owner):
    browser = signed_in(owner)
    refused = browser.post(adding(owner.action), {"asset": other_owner.asset.reference}).content.decode()
    assert "that you may open" in refused
    assert other_owner.asset.title not in refused
    assert browser.post(adding(owner.action), {"asset": owner.asset.reference}).status_code == 302


def test_neither_page_tells_of_what_its_reader_may_not_open(owner, other_owner):
    ActionAssetFactory(action=owner.action, asset=other_owner.asset)
    ActionAssetFactory(action=other_owner.action, asset=owner.asset)
    assert other_owner.asset.reference not in page_of(owner, owner.action)
    assert other_owner.action.reference not in page_of(owner, owner.asset)


def test_nobody_takes_off_an_asset_that_they_may_not_open(owner, other_owner):
    link = ActionAssetFactory(action=owner.action, asset=other_owner.asset)
    address = reverse("actions:remove_concern", args=[owner.action.reference, link.pk])
    assert signed_in(owner).post(address).status_code == 404
    assert ActionAsset.objects.filter(pk=link.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_link_the_same_at_once_the_second_is_told(ig_officer):
    action, asset = ActionFactory(), AssetFactory()
    browsers = [signed_in(ig_officer) for _ in range(4)]

    def link(browser):
        try:
            return browser.post(adding(action), {"asset": asset.reference}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as people:
        answers = sorted(people.map(link, browsers))
    assert answers == [200, 200, 200, 302]
    assert ActionAsset.objects.count() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_owner_links_an_asset_and_takes_it_off_again(any_page, owner):
    sign_in(any_page, owner)
    any_page.goto(owner.action.get_absolute_url())
    any_page.get_by_role("link", name="Add an asset").click()
    axe(any_page)
    any_page.get_by_label("Reference of the asset").fill(owner.asset.reference)
    any_page.get_by_role("button", name="Save").click()
    off = any_page.get_by_role("link", name=f"Take off {owner.asset.reference}")
    expect(off).to_be_visible()
    axe(any_page)
    off.click()
    any_page.get_by_role("button", name="Take it off").click()
    expect(any_page.get_by_text("No asset that you may open is recorded here.")).to_be_visible()


def test_past_pages_offer_nothing_to_change(ig_officer):
    plan = a_plan()
    action, browser = an_action(plan), signed_in(ig_officer)
    for page, offered in (
        (
            action_page(action, "{}"),
            ("Add an asset", "Add an incident", "Add a risk", "Say who"),
        ),
        (plan_page(plan, "{}"), ("Say who approves", "Add a milestone", "Change the plan")),
    ):
        now, past = (text(browser.get(page.format(asked))) for asked in ("", "as_at=2016-02-01"))
        for words in offered:
            assert words in now
            assert words not in past
