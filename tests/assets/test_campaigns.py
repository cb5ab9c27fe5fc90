"""Asking services once: returned, chased, or holding nothing."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from assets.figures import total
from assets.figures.assurance import confirmed_when_asked, services_asked, services_outstanding
from assets.forms.campaigns import CampaignForm
from assets.models import Campaign, CampaignService, Chase
from assets.services.campaigns import (
    HoldsAssetsError,
    OverError,
    ReturnedError,
    ask,
    chase,
    moment_of,
    return_nil,
    returns,
    tiles_of,
)
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from tests.assets.factories_attestation import attested
from tests.cast import play, signed_in
from tests.factories import (
    AssetFactory,
    PostFactory,
    PostHoldingFactory,
    RoleAssignmentFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2016, 1, 4)


def asking(*units, since=None, until=None):
    since = since or today()
    return ask(title="Round", words="Please", from_on=since, until_on=until or since, units=units)


def state(service):
    (found,) = returns(service.campaign.services.filter(pk=service.pk), service.campaign)
    return found


def assert_refused(constraint, write):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


def test_what_the_database_refuses_about_campaigns(ig_officer):
    campaign = asking(UnitFactory())
    service = campaign.services.get()
    refused = {
        "campaign_has_a_title": lambda: Campaign.objects.create(title="", from_on=DAY, until_on=DAY),
        "campaign_ends_after_it_begins": lambda: Campaign.objects.create(
            title="Round", from_on=DAY, until_on=DAY - timedelta(days=1)
        ),
        "campaign_asks_a_service_once": lambda: campaign.services.create(unit=service.unit),
        "nil_return_names_its_post": lambda: campaign.services.update(nil_on=DAY),
        "chase_names_the_post": lambda: service.chases.create(chased_by=ig_officer, chased_as=""),
    }
    for constraint, write in refused.items():
        assert_refused(constraint, write)


def test_a_service_has_returned_when_all_it_holds_is_confirmed_since_it_was_asked(owner):
    second = AssetFactory(owner=owner.post)
    service = asking(owner.asset.unit).services.get()
    attested(owner.asset, by=owner, days_ago=3)
    assert not state(service).is_in
    attested(owner.asset, by=owner)
    attested(second, by=owner, days_ago=1)
    assert (state(service).confirmed, state(service).assets, state(service).is_in) == (1, 2, False)
    attested(second, by=owner)
    assert state(service).is_in


def test_a_service_that_holds_nothing_says_so_itself():
    unit = UnitFactory()
    manager = play("manager", Role.SERVICE_MANAGER, unit)
    service = asking(unit).services.get()
    assert not state(service).is_in
    page = signed_in(manager).get(service.campaign.get_absolute_url()).content.decode()
    assert "We hold nothing" in page
    said = signed_in(manager).post(f"/assets/attestation/services/{service.pk}/nil/", follow=True)
    assert "Holds nothing" in said.content.decode()
    service.refresh_from_db()
    assert (service.nil_on, service.nil_post) == (today(), manager.post)


def test_a_nil_return_said_twice_is_one_change():
    unit = UnitFactory()
    manager = play("manager", Role.SERVICE_MANAGER, unit)
    service = asking(unit).services.get()
    return_nil(service, by=manager)
    return_nil(service, by=manager)
    assert service.history.count() == 2


def test_a_service_that_said_it_holds_nothing_and_holds_something_since_is_outstanding(ig_officer):
    unit = UnitFactory()
    manager = play("manager", Role.SERVICE_MANAGER, unit)
    service = asking(unit).services.get()
    return_nil(service, by=manager)
    assert state(service).is_in
    asset = AssetFactory(unit=unit, owner=PostFactory(unit=unit))
    assert (state(service).is_in, state(service).said.word) == (False, "Outstanding")
    assert services_outstanding.value(Moment.now(), Scope()) == 1
    assert chase(service, by=ig_officer)
    attested(asset, by=manager)
    assert state(service).is_in


def test_who_holds_two_posts_returns_and_chases_in_the_one_that_may(ig_officer):
    unit = UnitFactory()
    person = play("clerk")
    for title, role, of in (("Manager", Role.SERVICE_MANAGER, unit), ("Officer", Role.IG_OFFICER, None)):
        post = PostFactory(title=title)
        PostHoldingFactory(post=post, person=person, kind="acting")
        RoleAssignmentFactory(post=post, role=role, unit=of)
    service = asking(unit).services.get()
    assert chase(service, by=person).chased_as == "Officer"
    return_nil(service, by=person)
    service.refresh_from_db()
    assert service.nil_post.title == "Manager"


def test_a_campaign_is_over_after_its_last_day_and_its_result_stands(owner, ig_officer):
    empty = UnitFactory()
    manager = play("manager", Role.SERVICE_MANAGER, empty)
    yesterday, before = today() - timedelta(days=1), today() - timedelta(days=9)
    campaign = asking(owner.asset.unit, empty, since=before, until=yesterday)
    attested(owner.asset, by=owner)
    for service, by, deed in (
        (campaign.services.get(unit=empty), manager, lambda each: return_nil(each, by=manager)),
        (campaign.services.get(unit=empty), ig_officer, lambda each: chase(each, by=ig_officer)),
    ):
        with pytest.raises(OverError):
            deed(service)
        door = "nil" if by == manager else "chase"
        said = signed_in(by).post(f"/assets/attestation/services/{service.pk}/{door}/", follow=True)
        assert "The campaign is over" in said.content.decode()
    CampaignService.objects.filter(unit=empty).update(nil_on=today(), nil_post=manager.post)
    found = {row.service.unit: (row.assets, row.is_in) for row in returns(campaign.services.all(), campaign)}
    assert found == {owner.asset.unit: (0, False), empty: (0, False)}, "nothing was there or said by then"
    assert services_outstanding.value(Moment.now(), Scope()) == 0
    assert services_outstanding.value(Moment.of(yesterday), Scope()) == 2


def test_a_service_with_assets_cannot_say_that_it_holds_nothing(owner):
    service = asking(owner.asset.unit).services.get()
    with pytest.raises(HoldsAssetsError):
        return_nil(service, by=owner)
    said = signed_in(owner).post(f"/assets/attestation/services/{service.pk}/nil/", follow=True)
    assert "holds assets on the register" in said.content.decode()


def test_an_officer_chases_once_a_day_and_not_who_has_returned(owner, ig_officer):
    service = asking(owner.asset.unit).services.get()
    address = f"/assets/attestation/services/{service.pk}/chase/"
    client = signed_in(ig_officer)
    assert "is chased" in client.post(address, follow=True).content.decode()
    assert "was chased today already" in client.post(address, follow=True).content.decode()
    assert Chase.objects.count() == 1
    attested(owner.asset, by=owner)
    with pytest.raises(ReturnedError):
        chase(service, by=ig_officer)
    assert "has returned, so nobody is chased" in client.post(address, follow=True).content.decode()


def test_an_officer_asks_services_and_is_told_what_is_missing(ig_officer):
    unit = UnitFactory()
    client = signed_in(ig_officer)
    refused = client.post("/assets/attestation/campaigns/new/", {"title": ""}).content.decode()
    assert "Enter the title" in refused
    assert "Select the services to ask" in refused
    said = {"title": "Round of 2016", "words": "Please", "units": [unit.pk]}
    days = {"from_on_day": "4", "from_on_month": "1", "from_on_year": "2016"}
    wrong = {"until_on_day": "3", "until_on_month": "1", "until_on_year": "2016"}
    refused = client.post("/assets/attestation/campaigns/new/", said | days | wrong).content.decode()
    assert "To be returned by must be the same as or after asked from" in refused
    client.post("/assets/attestation/campaigns/new/", said | days | wrong | {"until_on_day": "9"})
    assert Campaign.objects.get().services.get().unit == unit


@pytest.mark.parametrize("number", [3, 60])
def test_the_page_of_a_campaign_takes_few_queries(number, ig_officer, django_assert_max_num_queries):
    campaign = asking(*[AssetFactory().unit for _ in range(number)])
    client = signed_in(ig_officer)
    with django_assert_max_num_queries(12):
        page = client.get(campaign.get_absolute_url()).content.decode()
    assert page.count('<th scope="row">') == number


def test_services_that_have_not_returned_are_counted_as_the_page_says(owner):
    empty, silent = UnitFactory(), UnitFactory()
    later = AssetFactory(owner=owner.post, unit=silent)
    campaign = asking(owner.asset.unit, empty, silent)
    manager = play("manager", Role.SERVICE_MANAGER, empty)
    for deed in (
        lambda: None,
        lambda: attested(owner.asset, by=owner),
        lambda: return_nil(campaign.services.get(unit=empty), by=manager),
        lambda: attested(later, by=owner),
    ):
        deed()
        page = {row.service.pk for row in returns(campaign.services.all(), campaign) if not row.is_in}
        counted = services_outstanding.rows(Moment.now(), Scope())
        assert set(counted.values_list("pk", flat=True)) == page
    assert page == set()
    assert services_asked.by(Moment.now(), Scope(), "unit") == {
        unit.code: 1 for unit in (owner.asset.unit, empty, silent)
    }
    assert services_asked.value(Moment.of(today() - timedelta(days=1)), Scope()) == 0


def test_each_number_of_a_campaign_opens_as_many_rows(owner, ig_officer):
    empty = UnitFactory()
    second = AssetFactory(owner=owner.post, unit=owner.asset.unit)
    AssetFactory()
    campaign = asking(owner.asset.unit, empty)
    attested(second, by=owner)
    client = signed_in(ig_officer)
    page = client.get(campaign.get_absolute_url()).content.decode()
    numbers = re.findall(r'href="(/figures/[^"]+)"[^>]*>(?:<span[^>]*>)?(\d+)<', page)
    assert [int(value) for _, value in numbers] == [2, 2, 1, 2, 0, 0], numbers
    for href, value in numbers:
        opened = client.get(href.replace("&amp;", "&")).content.decode()
        assert opened.count('<th scope="row"') == int(value), href


@pytest.mark.parametrize("over", [False, True])
def test_what_is_confirmed_is_one_rule_on_the_page_and_in_the_figure(owner, over):
    begun = today() - timedelta(days=5)
    until = today() - timedelta(days=2 * over)
    assets = [owner.asset, *AssetFactory.create_batch(3, owner=owner.post, unit=owner.asset.unit)]
    for asset, days in zip(assets, (0, 3, 5, 9), strict=True):
        attested(asset, by=owner, days_ago=days)
    campaign = asking(owner.asset.unit, since=begun, until=until)
    (row,) = returns(campaign.services.all(), campaign)
    scope = Scope(units=(owner.asset.unit.code,))
    moment = moment_of(campaign)
    assert row.confirmed == confirmed_when_asked.value(moment, scope)
    assert (row.is_in, row.assets) == (row.service.pk not in outstanding(moment), total.value(moment, scope))


def outstanding(moment):
    return set(services_outstanding.rows(moment, Scope()).values_list("pk", flat=True))


def test_a_campaign_that_has_not_begun_has_confirmed_nothing(owner):
    attested(owner.asset, by=owner)
    coming = today() + timedelta(days=3)
    campaign = asking(owner.asset.unit, since=coming)
    assert [tile.value for tile in tiles_of(campaign)] == [0, 0]
    (row,) = returns(campaign.services.all(), campaign)
    assert [cell.value for cell in row.cells] == [0, 1]
    assert confirmed_when_asked.value(Moment.now(), Scope()) == 0


def test_no_service_is_asked_by_two_campaigns_at_once(ig_officer):
    unit, other = UnitFactory(name="Housing"), UnitFactory(name="Roads")
    asking(unit, since=today(), until=today() + timedelta(days=30))
    coming = today() + timedelta(days=20)
    said = {"title": "Second", "words": "", "from_on": coming, "until_on": coming}
    form = CampaignForm(said | {"units": [unit.pk, other.pk]})
    assert not form.is_valid()
    assert form.errors["units"] == ["Another campaign asks these services on the same days: Housing (Round)"]
    for allowed in (
        {"units": [other.pk]},
        {"units": [unit.pk]} | {name: today() + timedelta(days=31) for name in ("from_on", "until_on")},
    ):
        assert CampaignForm(said | allowed).is_valid()
