"""The council as data controller: one row, kept by those who keep the registers."""

import pytest
from django.db import IntegrityError, transaction

from governance.history.timeline import timeline
from governance.people.models import Controller
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
PAGE, EDIT = "/people/controller/", "/people/controller/edit/"
DETAILS = {
    "name": "Northmere City Council",
    "email": "information@northmere.example",
    "address": "Town Hall\nNorthmere",
    "telephone": "01632 960000",
    "dpo_name": "Data protection officer",
    "dpo_email": "dpo@northmere.example",
    "change_reason": "Entered for the first time",
}


def typed(**changes):
    return {**DETAILS, "seen_version": Controller.objects.current().standing_version(), **changes}


def test_there_is_one_council():
    with pytest.raises(IntegrityError, match="there_is_one_controller"), transaction.atomic():
        Controller.objects.create(id=2)


def test_it_has_the_name_of_the_council_until_another_is_entered(settings):
    settings.COUNCIL_NAME = "Northmere"
    council = Controller.objects.current()
    assert str(council) == "Northmere"
    council.name = "Northmere City Council"
    assert str(council) == "Northmere City Council"


def test_an_officer_enters_the_details_and_the_history_tells_why(ig_officer):
    answer = signed_in(ig_officer).post(EDIT, typed())

    assert answer.url == PAGE
    council = Controller.objects.current()
    assert (council.email, council.dpo_email) == ("information@northmere.example", "dpo@northmere.example")
    assert timeline(council)[0].why == "Entered for the first time"


def test_everybody_with_a_role_reads_them_and_is_told_what_is_missing(owner):
    page = signed_in(owner).get(PAGE).content.decode()
    assert "Data protection officer" in page
    assert "Change these details" not in page


def test_a_wrong_address_is_told_and_nothing_typed_is_lost(ig_officer):
    answer = signed_in(ig_officer).post(EDIT, typed(email="nowhere"))
    page = answer.content.decode()
    assert "Email address must be an e-mail address" in page
    assert "Town Hall" in page
    assert Controller.objects.current().email == ""


def test_of_two_who_change_it_the_second_is_asked(ig_officer, records_manager):
    early = typed(telephone="01632 960001")
    signed_in(records_manager).post(EDIT, typed(telephone="01632 960002"))
    assert signed_in(ig_officer).post(EDIT, early).status_code == 409
    assert Controller.objects.current().telephone == "01632 960002"
