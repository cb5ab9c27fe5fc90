"""Lists, systems and places, kept on pages by officers."""

import re

import pytest
from playwright.sync_api import expect

from assets.models import Function, ListEntry, Location, System
from assets.representations.kept import kinds
from tests.assets.factories import KeepingFactory, LocationFactory, SystemFactory
from tests.browser import axe, sign_in
from tests.cast import signed_in
from tests.factories import AssetFactory

REASON = {"change_reason": "The council agreed"}
db = pytest.mark.django_db


def test_every_list_there_is_has_its_page():
    models = {kind.model for kind in kinds().values()}
    assert {model for model in ListEntry.__subclasses__() if not model._meta.abstract} <= models
    assert {System, Location} <= models


@db
@pytest.mark.parametrize("kind", kinds())
def test_every_list_opens_and_so_does_its_form(ig_officer, kind):
    client = signed_in(ig_officer)
    assert client.get(f"/assets/lists/{kind}/").status_code == 200
    assert client.get(f"/assets/lists/{kind}/?q=%00a&page=99").status_code == 200
    assert client.get(f"/assets/lists/{kind}/new/").status_code == 200
    assert client.post(f"/assets/lists/{kind}/new/", {}).status_code == 200
    if entry := kinds()[kind].model.objects.first():
        for page in ("", "edit/"):
            assert client.get(f"/assets/lists/{kind}/{entry.pk}/{page}").status_code == 200


@db
def test_an_entry_is_added_changed_and_retired_and_its_history_says_so(administrator):
    client = signed_in(administrator)
    said = {"code": "allotments", "name": "Allotments", "explanation": "", "position": "30"}
    assert client.post("/assets/lists/function/new/", said).status_code == 302
    entry = Function.objects.get(code="allotments")
    page = f"/assets/lists/function/{entry.pk}/"
    seen = {"seen_version": entry.standing_version()} | REASON
    changed = {"code": "other", "name": "Allotments and growing", "position": "30"} | seen
    assert client.post(page + "edit/", changed).status_code == 302
    seen["seen_version"] = entry.standing_version()
    assert client.post(page + "offer/", seen).status_code == 302
    entry.refresh_from_db()
    assert (entry.code, entry.name, entry.is_retired) == ("allotments", "Allotments and growing", True)
    assert Function.history.filter(id=entry.pk).count() == 3
    assert "No longer offered" in client.get(page).content.decode()


@db
@pytest.mark.parametrize(
    ("kind", "said", "sentence"),
    [
        ("function", {"code": "finance", "name": "x", "position": "1"}, "Code is taken already"),
        ("function", {"code": "a b", "name": "x", "position": "1"}, "There is a problem"),
        ("function", {"code": "x", "name": "", "position": "1"}, "Enter the name"),
        (
            "system",
            {"code": "x", "name": "X", "kind": "other", "hosting": "cloud", "state": "live"},
            "Cloud needs a country: say where the data are kept",
        ),
        ("location", {"code": "x", "name": "X", "kind": "cloud"}, "Cloud needs a country"),
    ],
)
def test_what_cannot_be_is_said_in_words(ig_officer, kind, said, sentence):
    page = signed_in(ig_officer).post(f"/assets/lists/{kind}/new/", said)
    assert page.status_code == 200
    assert sentence in page.content.decode()


@db
def test_an_entry_says_how_many_assets_use_it_and_opens_them(ig_officer):
    function = Function.objects.get(code="finance")
    used = AssetFactory(function=function)
    client = signed_in(ig_officer)
    page = client.get(f"/assets/lists/function/{function.pk}/")
    use = page.context["line"].use
    assert use.number == 1
    assert used.reference in client.get(use.href).content.decode()


@db
def test_a_place_and_a_system_list_the_assets_kept_there_that_the_reader_may_open(owner, other_owner):
    place, system = LocationFactory(), SystemFactory()
    for person in (owner, other_owner):
        KeepingFactory(asset=person.asset, location=place)
        type(person.asset).objects.filter(pk=person.asset.pk).update(system=system)
    for address in (f"location/{place.pk}", f"system/{system.pk}"):
        page = signed_in(owner).get(f"/assets/lists/{address}/").content.decode()
        assert owner.asset.reference in page
        assert other_owner.asset.reference not in page


@db
def test_where_an_asset_is_kept_is_said_changed_and_taken_back(owner):
    place, client, asset = LocationFactory(), signed_in(owner), owner.asset
    page = asset.get_absolute_url()
    said = {"location": place.pk, "boxes": "12", "note": "Shelf 4"} | REASON
    assert client.post(page + "places/new/", said).status_code == 302
    assert f"{place}, 12 boxes: Shelf 4" in client.get(page).content.decode()
    again = client.post(page + "places/new/", said).content.decode()
    assert f"It is recorded already that it is kept at {place}" in again
    keeping = asset.keepings.get()
    seen = {"seen_version": keeping.standing_version()}
    assert client.post(f"{page}places/{keeping.pk}/", said | seen | {"boxes": "9"}).status_code == 302
    assert client.post(f"{page}places/{keeping.pk}/remove/").status_code == 302
    assert asset.keepings.count() == 0
    assert type(keeping).history.filter(id=keeping.pk).count() == 3


@db
@pytest.mark.parametrize("number", [10, 60])
def test_a_list_takes_the_same_few_queries_however_long_it_is(
    ig_officer, number, django_assert_max_num_queries
):
    SystemFactory.create_batch(number)
    client = signed_in(ig_officer)
    client.get("/assets/lists/")
    with django_assert_max_num_queries(12):
        assert client.get("/assets/lists/system/").status_code == 200


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_from_a_new_asset_through_its_sections_to_the_register(ig_officer, page_without_script):
    page = page_without_script
    sign_in(page, ig_officer)
    page.goto("/assets/new/")
    axe(page)
    page.get_by_label("Title").fill("Allotment tenancies")
    page.get_by_label("Data", exact=True).check()
    page.get_by_label("Owner").select_option(label="Ig officer")
    page.get_by_label("Unit").select_option(index=1)
    page.get_by_role("button", name="Enter this asset").click()
    axe(page)
    page.wait_for_url(re.compile(r"/assets/IA-\d+/$"))
    page.goto(page.url + "edit/")
    axe(page)
    page.get_by_role("link", name="Protection").click()
    axe(page)
    page.get_by_label("Serious", exact=False).first.check()
    page.get_by_label("Why are you making this change?").fill("First collection")
    page.get_by_role("button", name="Save changes").click()
    axe(page)
    page.get_by_label("Reason for the rating of confidentiality").fill("Names and addresses")
    page.get_by_role("button", name="Save changes").click()
    page.get_by_role("link", name="Change its state").click()
    axe(page)
    page.get_by_label("Live: On the register").check()
    page.get_by_label("Why are you making this change?").fill("Checked")
    page.get_by_role("button", name="Change the state").click()
    expect(page.get_by_text("is now live")).to_be_visible()
    for address in ("/assets/lists/", "/assets/lists/marking/", "/assets/lists/system/new/"):
        page.goto(address)
        axe(page)


@db
def test_the_register_leads_to_a_new_asset_and_to_the_lists(ig_officer, siro):
    ways = ['href="/assets/new/"', 'href="/assets/lists/"']
    assert all(way in signed_in(ig_officer).get("/assets/").content.decode() for way in ways)
    assert ways[0] not in signed_in(siro).get("/assets/").content.decode()
