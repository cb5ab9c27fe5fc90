"""How complete an entry is: the same on its page, in the list's column, and to the list's filter."""

import pytest

from assets.models import Asset, Function, ImpactLevel, Licence, Marking, VolumeBand
from assets.representations.bands import in_band
from assets.representations.completeness import BANDS, Completeness
from governance.figures.moment import Moment
from tests.cast import signed_in
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db


def answers():
    """What answers each question that one table of values can answer."""
    level = ImpactLevel.objects.first()
    rated = dict.fromkeys(("confidentiality", "integrity", "availability"), level)
    return {
        "description": "All of it",
        "purpose": "To run the service",
        "function": Function.objects.first(),
        "users": "The team",
        "data_subjects": "Tenants",
        "volume": VolumeBand.objects.first(),
        "marking": Marking.objects.get(code="official"),
        **{f"{name}_reason": "Because" for name in rated},
        **rated,
        "access_rule": "The team alone",
        "publish": "publish",
        "licence": Licence.objects.get(code="ogl-3"),
    }


def stock():
    """Entries from nearly empty to full, on paper and not, with personal data, without, and unknown."""
    said = [*answers().items()]
    for count in range(0, len(said) + 1, 2):
        for form in ("paper", "data"):
            for personal in (True, False, None):
                AssetFactory(form=form, contains_personal_data=personal, **dict(said[:count]))


def test_the_database_and_the_page_put_every_entry_into_the_same_band():
    stock()
    by_page = {asset.pk: Completeness.of_version(asset).band for asset in Asset.objects.all()}
    for code, words, _ in BANDS:
        found = set(in_band(Asset.objects.all(), code).values_list("pk", flat=True))
        assert found == {key for key, band in by_page.items() if band == words}, words
    assert len({*by_page.values()}) > 2


def test_versions_of_a_past_moment_are_put_into_bands_too():
    stock()
    versions = Asset.history.at(Moment.now())
    counted = [in_band(versions, code).count() for code, _, _ in BANDS]
    assert sum(counted) == Asset.objects.count()


def test_an_entry_that_says_everything_is_complete():
    asset = AssetFactory(form="paper", contains_personal_data=False, **answers())
    band = Completeness.of_version(asset)
    assert [gap.words for gap in band.missing] == ["How long it is kept"]
    assert band.band == "Three quarters or more"


def test_the_list_is_filtered_by_it_and_shows_it_as_a_column(ig_officer):
    AssetFactory(title="Nearly nothing is said")
    AssetFactory(title="Much is said", **answers())
    browser = signed_in(ig_officer)
    page = browser.get("/assets/", {"completeness": "little"}).content.decode()
    assert "Nearly nothing is said" in page
    assert "Much is said" not in page
    browser.post("/assets/columns/", {"column": "completeness"})
    page = browser.get("/assets/").content.decode()
    assert "Three quarters or more" in page
    assert "Less than half" in page


def test_the_page_of_an_asset_says_its_band_and_leads_to_each_gap(ig_officer):
    asset = AssetFactory()
    page = signed_in(ig_officer).get(asset.get_absolute_url()).content.decode()
    assert "questions about this asset are answered: less than half." in page
    for section in Completeness.of_version(asset).by_section():
        assert f"/assets/{asset.reference}/edit/{section}/" in page
