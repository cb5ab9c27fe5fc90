"""Who sees who was told what."""

import pytest

from governance.reminders.forms import ChoiceForm
from governance.reminders.models import Digest, ReminderChoice
from tests.cast import signed_in
from tests.reminders.test_digests import a_digest

pytestmark = pytest.mark.django_db
OVERSEERS = {"ig_officer", "records_manager", "internal_auditor"}


def test_a_mail_is_seen_by_who_got_it_and_by_those_who_oversee(cast):
    digest = a_digest(cast["owner"])
    seeing = {who for who, person in cast.items() if Digest.objects.visible_to(person).filter(pk=digest.pk)}
    assert seeing == OVERSEERS | {"owner"}


def test_the_list_names_posts_and_never_people(owner, auditor):
    a_digest(owner)
    page = signed_in(auditor).get("/reminders/").content.decode()
    assert "Head of service" in page
    assert owner.display_name not in page


def test_a_person_chooses_to_be_told_less_and_the_choice_is_kept(owner):
    client = signed_in(owner)
    assert "Select what you want to be told" in client.post("/reminders/mine/", {"x": ""}).content.decode()
    for said in ("False", "True", "False"):
        client.post("/reminders/mine/", {"wants_all": said})
    choice = ReminderChoice.objects.get(person=owner)
    assert not choice.wants_all
    assert choice.history.count() == 3


def test_everybody_sees_what_they_were_told(owner):
    digest = a_digest(owner, items=[{"kind": "confirm", "words": "1 asset to confirm", "path": "/"}])
    client = signed_in(owner)
    assert "Assets to confirm" in client.get("/reminders/mine/").content.decode()
    assert "1 asset to confirm" in client.get(f"/reminders/{digest.pk}/").content.decode()


def test_an_officer_sees_what_failed_and_sends_it_again(owner, ig_officer):
    digest = a_digest(owner, state="failed", error="The mail server did not take it")
    client = signed_in(ig_officer)
    assert "1 mail could not be sent" in client.get("/reminders/").content.decode()
    assert "Send it again" in client.get(f"/reminders/{digest.pk}/").content.decode()
    client.post(f"/reminders/{digest.pk}/again/")
    digest.refresh_from_db()
    assert digest.state == "queued"
    said = client.post(f"/reminders/{digest.pk}/again/", follow=True).content.decode()
    assert "The mail has not failed" in said


@pytest.mark.parametrize("number", [10, 120])
def test_the_list_takes_few_queries(number, cast, django_assert_max_num_queries):
    from datetime import date, timedelta

    for day in range(number):
        a_digest(cast["owner"], date(2016, 1, 1) + timedelta(days=day))
    client = signed_in(cast["ig_officer"])
    with django_assert_max_num_queries(12):
        assert client.get("/reminders/").status_code == 200


def test_a_first_choice_made_twice_at_once_is_kept_once(owner):
    forms = [
        ChoiceForm({"wants_all": said}, instance=ReminderChoice(person=owner)) for said in ("True", "False")
    ]
    for form in forms:
        assert form.is_valid()
    for form in forms:
        form.keep()
    assert not ReminderChoice.objects.get(person=owner).wants_all
