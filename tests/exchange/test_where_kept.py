"""Where a thing is kept comes in as the council says it, and leaves and comes back as system and places."""

import pytest
from django.urls import reverse

from assets.models import Asset, Keeping
from assets.representations.sheet_places import WHERE_KEPT, WHERE_TO_ADD
from governance.exchange.importing import commit, undo
from governance.exchange.importing.words import words_of
from governance.people.registers.cells import CellError
from tests.assets.factories import KeepingFactory, LocationFactory, SystemFactory
from tests.cast import signed_in
from tests.exchange.files import csv_rows
from tests.exchange.uploads import HEADINGS, brought, csv_file, row_of
from tests.factories import PostFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mosaic():
    """A system."""
    return SystemFactory(code="mosaic", name="Mosaic")


@pytest.fixture
def centre():
    """A place."""
    return LocationFactory(code="cc", name="Civic Centre")


@pytest.fixture
def store():
    """Another place."""
    return LocationFactory(code="store", name="Deep store; Cheshire")


def understood(text):
    """What the column reads in a cell."""
    return WHERE_KEPT.reader()(text)


def places_of(values):
    """The places that a cell names, with where in them."""
    return {new.said: new.fields["note"] for new in values.get("places", ())}


def where(asset, ig_officer, words, **options):
    """A batch that says of the asset where it is kept."""
    return brought(csv_file([[*HEADINGS, "Where kept"], [*row_of(asset), words]]), ig_officer, **options)


@pytest.mark.parametrize(
    ("words", "system", "places"),
    [
        ("Mosaic", True, {}),
        ("CIVIC CENTRE", False, {"Civic Centre": ""}),
        ("Mosaic; cc", True, {"Civic Centre": ""}),
        ("Civic Centre, basement, shelf 4", False, {"Civic Centre": "basement, shelf 4"}),
        ("cc, store", False, {"Civic Centre": "", "Deep store, Cheshire": ""}),
        ("Mosaic, Civic Centre", True, {"Civic Centre": ""}),
        ("Deep store, Cheshire\nmosaic", True, {"Deep store, Cheshire": ""}),
    ],
)
def test_systems_and_places_are_found_by_name_or_code(mosaic, centre, store, words, system, places):
    values = understood(words).values
    assert values.get("system") == (mosaic.pk if system else None)
    assert places_of(values) == places


@pytest.mark.parametrize("words", ["Shed", "Mosaic; Shed", "Shed, Civic Centre", "Mosaic, back room"])
def test_a_word_on_neither_list_is_wrong_and_not_left_out_in_silence(mosaic, centre, words):
    with pytest.raises(CellError, match="is neither a system nor a place on the lists"):
        understood(words)


def test_two_systems_are_too_many(mosaic):
    SystemFactory(name="Liberty")
    with pytest.raises(CellError, match="It names Mosaic and Liberty, and an asset has one system"):
        understood("Mosaic; Liberty")


def test_a_name_of_both_asks_for_the_code(mosaic):
    LocationFactory(code="m-2", name="Mosaic")
    mosaic.code = "m-1"
    mosaic.save()
    with pytest.raises(CellError, match="More than one system or place is called “mosaic”"):
        understood("mosaic")


def test_how_a_cell_was_read_is_said(mosaic, centre):
    assert understood("Mosaic; Civic Centre, basement").said == (
        "“Mosaic; Civic Centre, basement” is read as the system Mosaic, the place Civic Centre (basement)"
    )


def test_a_new_asset_comes_in_with_its_system_and_places(ig_officer, mosaic, centre):
    post, unit = PostFactory(), UnitFactory()
    row = ["", "Case files", "Paper", post.code, unit.code, "Mosaic; Civic Centre, basement"]
    batch = brought(csv_file([[*HEADINGS, "Where kept"], row]), ig_officer)
    page = signed_in(ig_officer).get(batch.get_absolute_url()).content.decode()
    assert "the place Civic Centre (basement)" in page
    commit(batch.pk)
    asset = Asset.objects.get(title="Case files")
    kept = asset.keepings.get()
    assert (asset.system, kept.location, kept.note) == (mosaic, centre, "basement")


def test_a_place_that_stands_keeps_its_boxes_and_one_not_named_goes(ig_officer, owner, centre, store):
    KeepingFactory(asset=owner.asset, location=centre, boxes=12, note="Aisle 3")
    KeepingFactory(asset=owner.asset, location=store)
    batch = where(owner.asset, ig_officer, "Civic Centre, basement")
    commit(batch.pk)
    kept = owner.asset.keepings.get()
    assert (kept.location, kept.boxes, kept.note) == (centre, 12, "Aisle 3")
    undo(batch.pk)
    assert set(owner.asset.keepings.values_list("location__code", flat=True)) == {"cc", "store"}


def test_a_system_alone_says_nothing_of_places(ig_officer, owner, mosaic, centre):
    KeepingFactory(asset=owner.asset, location=centre)
    batch = where(owner.asset, ig_officer, "Mosaic")
    assert batch.rows.get().patch == {"system_id": mosaic.pk}


def test_a_place_that_is_no_longer_offered_is_refused_where_it_is_new(ig_officer, owner, centre):
    centre.is_retired = True
    centre.save()
    faults = where(owner.asset, ig_officer, "Civic Centre").rows.get().faults
    assert "“Civic Centre” is no longer offered" in faults[0][2]


def test_an_unknown_word_goes_to_the_page_of_words_and_is_remembered(ig_officer, owner, centre):
    officer = signed_in(ig_officer)
    batch = where(owner.asset, ig_officer, "Room 12")
    assert [fault[2] for fault in batch.rows.get().faults] == [
        f"“Room 12” is neither a system nor a place on the lists. {WHERE_TO_ADD}"
    ]
    assert [word.word for word in words_of(batch)] == ["Room 12"]
    page = officer.get(reverse("exchange:words", args=[batch.pk]))
    form = page.context["form"]
    assert 'href="/assets/lists/location/"' in page.content.decode()
    assert "add it as a place, on the page “Lists, systems and places”" in WHERE_TO_ADD
    (field,) = form.columns()[0].fields
    officer.post(reverse("exchange:words", args=[batch.pk]), {field.name: f"place-{centre.pk}", **form.seen})
    commit(batch.pk)
    assert owner.asset.keepings.get().location == centre


def test_the_export_says_the_places_and_comes_back_changing_nothing(ig_officer, owner, mosaic, centre, store):
    owner.asset.system = mosaic
    owner.asset.save()
    for place in (centre, store):
        KeepingFactory(asset=owner.asset, location=place, boxes=3)
    officer = signed_in(ig_officer)
    answer = officer.get(reverse("exchange:export", args=["assets", "csv"]), {"file_columns": "all"})
    data = b"".join(answer.streaming_content)
    headings, cells = csv_rows(data)
    row = dict(zip(headings, cells, strict=True))
    assert (row["System"], row["Places"]) == ("Mosaic", "Civic Centre; Deep store, Cheshire")
    assert brought(data, ig_officer).unchanged_count == 1
    edited = data.replace(b"; Deep store, Cheshire", b"")
    commit(brought(edited, ig_officer, name="edited.csv").pk)
    assert list(Keeping.objects.values_list("location__code", "boxes")) == [("cc", 3)]
