"""Before a commit: old words are confirmed, and what a file says of the council is taken over or not."""

import pytest
from django.urls import reverse

from assets.models import Asset, Marking, OldMarking
from governance.exchange.models import Batch
from governance.people.models import Controller
from tests.cast import signed_in
from tests.exchange.test_lga import A_TO_S
from tests.exchange.test_lga_in import checked, row
from tests.exchange.uploads import brought, csv_file

pytestmark = pytest.mark.django_db
TOLD = {
    "Data Controller Name": "Northmere Borough Council",
    "Data Controller Email": "information@northmere.example",
    "Data Controller Telephone": "01234 567890",
}


@pytest.fixture
def officer(ig_officer):
    return signed_in(ig_officer)


def commit(officer, batch, **ticked):
    said = {"seen": batch.rows.seen(), **ticked}
    return officer.post(reverse("exchange:commit", args=[batch.pk]), said, follow=True)


def old_words(person, asset, word):
    marking = Marking.objects.create(code="guarded", name="Guarded here")
    OldMarking.objects.create(word="Hush", marking=marking)
    return brought(csv_file([["Reference", "Protective marking"], [asset.reference, word]]), person)


def of_the_council(person, asset, **other):
    cells = row(asset.reference, Records_Description="Renamed")
    said = TOLD | other
    told = [said.get(name, cell) for name, cell in zip(A_TO_S, cells, strict=True)]
    return checked(person, csv_file([A_TO_S, told]))


# Old words


def test_old_words_are_listed_apart_and_confirmed_before_a_commit(officer, ig_officer, owner):
    batch = old_words(ig_officer, owner.asset, "hush")
    assert batch.found.read_as == {"Protective marking": {"hush": "Guarded here"}}
    page = officer.get(batch.get_absolute_url()).content.decode()
    assert "Old words, and what they are read as" in page

    refused = commit(officer, batch)

    assert "Confirm what the old words are read as, then commit" in refused.content.decode()
    assert Batch.objects.get(pk=batch.pk).state == "checked"
    commit(officer, batch, read_as="on")
    assert Asset.objects.get(pk=owner.asset.pk).marking.name == "Guarded here"


def test_words_of_today_need_no_confirmation(officer, ig_officer, owner):
    batch = old_words(ig_officer, owner.asset, "Guarded here")
    assert batch.found.read_as == {}
    commit(officer, batch)
    assert Asset.objects.get(pk=owner.asset.pk).marking.name == "Guarded here"


# The council


def test_what_the_file_says_of_the_council_is_shown_and_left_unless_ticked(officer, ig_officer, owner):
    batch = of_the_council(ig_officer, owner.asset)
    page = officer.get(batch.get_absolute_url()).content.decode()
    assert "The file says of the council" in page
    assert "Northmere Borough Council" in page
    commit(officer, batch)
    assert Batch.objects.get(pk=batch.pk).state == "committed"
    assert Controller.objects.current().name == ""


def test_what_is_ticked_is_taken_over_with_its_reason(officer, ig_officer, owner):
    batch = of_the_council(ig_officer, owner.asset)
    commit(officer, batch, take_over="on")
    council = Controller.objects.current()
    assert (council.name, council.email, council.telephone) == tuple(TOLD.values())
    version = Controller.history.latest("history_id")
    assert (version.history_change_reason, version.history_who) == (batch.reason, ig_officer.display_name)


def test_an_address_that_is_none_stops_the_commit_and_says_so(officer, ig_officer, owner):
    batch = of_the_council(ig_officer, owner.asset, **{"Data Controller Email": "nowhere"})
    answer = commit(officer, batch, take_over="on")
    assert "email address: Enter a valid email address" in answer.content.decode()
    assert Batch.objects.get(pk=batch.pk).state == "checked"


def test_what_the_record_says_already_is_not_offered(officer, ig_officer, owner):
    council = Controller.objects.current()
    council.name, council.email, council.telephone = TOLD.values()
    council.save()
    page = officer.get(of_the_council(ig_officer, owner.asset).get_absolute_url()).content.decode()
    assert "The file says of the council" not in page


def test_a_file_in_no_layout_says_nothing_of_the_council(ig_officer, owner):
    batch = brought(csv_file([["Reference", "Title"], [owner.asset.reference, "Renamed"]]), ig_officer)
    assert batch.found.council == {}
