"""What one campaign counts is opened as that campaign's, whatever others asked the same service."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from assets.figures.assurance import confirmed_when_asked
from assets.models import Campaign, CampaignService
from assets.services.campaigns import ask, moment_of, returns
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from tests.assets.factories_attestation import attested
from tests.cast import signed_in
from tests.factories import AssetFactory, UnitFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def asked(unit, first, last):
    """A campaign between two days, so many days from today."""
    return ask(
        title="Round", words="", from_on=today() + first * DAY, until_on=today() + last * DAY, units=[unit]
    )


def cell_of(campaign):
    """How many are confirmed, with the way to them."""
    (row,) = returns(campaign.services.all(), campaign)
    return row.cells[0]


def test_the_way_to_the_confirmed_names_the_campaign(owner):
    campaign = asked(owner.asset.unit, -1, 1)
    query = parse_qs(urlsplit(cell_of(campaign).href).query)
    assert (query["campaign"], query["units"]) == ([str(campaign.pk)], [owner.asset.unit.code])


@pytest.mark.django_db(transaction=True)
def test_two_campaigns_one_after_the_other_each_open_their_own_confirmations(
    owner, ig_officer, owner_connection
):
    other = AssetFactory(owner=owner.post, unit=owner.asset.unit)
    with owner_connection.transaction():  # the register has known of both for a month
        owner_connection.execute("SELECT set_config('app.redacting', 'on', true)")
        owner_connection.execute(
            "UPDATE assets_historicalasset SET history_date = history_date - interval '30 days'"
        )
    attested(owner.asset, by=owner, days_ago=15)
    attested(other, by=owner, days_ago=2)
    first, second = asked(owner.asset.unit, -20, -10), asked(owner.asset.unit, -5, 5)
    for campaign, reference in ((first, owner.asset.reference), (second, other.reference)):
        cell = cell_of(campaign)
        page = signed_in(ig_officer).get(cell.href).content.decode()
        assert (cell.value, page.count('<th scope="row"')) == (1, 1)
        assert reference in page


def test_the_confirmed_are_counted_by_campaign(owner):
    elsewhere = AssetFactory(unit=UnitFactory())
    AssetFactory(unit=owner.asset.unit)
    mine, other = asked(owner.asset.unit, -1, 1), asked(elsewhere.unit, -1, 1)
    for asset in (owner.asset, elsewhere):
        attested(asset, by=owner)
    assert confirmed_when_asked.by(Moment.now(), Scope(), "campaign") == {mine.pk: 1, other.pk: 1}


def test_of_two_on_the_same_days_from_before_that_was_refused_the_later_counts(owner):
    """As no page lets it be, but the table may hold."""
    asked(owner.asset.unit, -9, 1)
    later = Campaign.objects.create(title="Second", from_on=today() - 3 * DAY, until_on=today() + DAY)
    CampaignService.objects.create(campaign=later, unit=owner.asset.unit)
    attested(owner.asset, by=owner, days_ago=2)
    counted = confirmed_when_asked.by(moment_of(later), Scope(), "campaign")
    assert counted == {later.pk: 1}


def test_a_campaign_that_nobody_knows_has_confirmed_nothing_and_breaks_nothing(owner, ig_officer):
    attested(owner.asset, by=owner)
    asked(owner.asset.unit, -1, 1)
    browser, address = signed_in(ig_officer), "/figures/assets.confirmed_when_asked/?campaign="
    assert browser.get(f"{address}999999").content.decode().count('<th scope="row"') == 0
    assert browser.get(f"{address}x").status_code == 400
