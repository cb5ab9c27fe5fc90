"""Writing about an activity or in a DPIA: what is typed is kept, two may write at once, steps are tasks."""

import pytest
from django.urls import reverse

from assets.models import Dpia, DpiaAuthor, ProcessingActivity
from governance.people.models import Draft, Role
from tests.assets.factories_processing import ActivityFactory, AdviceFactory, DpiaFactory
from tests.assets.test_processing_past import shown
from tests.cast import play, signed_in

pytestmark = pytest.mark.django_db


DRAFTED = [
    ("edit_activity", ["data"], {"purposes": "Half a sen"}),
    ("new_row", ["transfers"], {"country": "Norw"}),
    ("new_row", ["assets"], {"reference": "IA-99"}),
    ("screening", [], {"reason": "Because we"}),
]


@pytest.mark.parametrize(("name", "more", "typed"), DRAFTED)
def test_what_is_typed_about_an_activity_is_kept_until_it_is_saved(ig_officer, name, more, typed):
    activity = ActivityFactory()
    client, address = signed_in(ig_officer), reverse(f"assets:{name}", args=[activity.reference, *more])
    assert b"Draft kept at" in client.post(address, typed | {"keep-draft": "quietly"}).content
    page = client.get(address).content.decode()
    (words,) = typed.values()
    assert words in page
    assert "You began this on" in page
    assert activity.reference in Draft.objects.get().about


@pytest.mark.parametrize(
    ("name", "more", "field"), [("dpia_step", ["need"], "need"), ("new_dpia_risk", [], "description")]
)
def test_what_is_typed_in_a_dpia_is_kept_until_it_is_saved(ig_officer, name, more, field):
    dpia = DpiaFactory()
    client, address = signed_in(ig_officer), reverse(f"assets:{name}", args=[dpia.reference, *more])
    client.post(address, {field: "Half a sen", "keep-draft": "quietly"})
    assert "Half a sen" in client.get(address).content.decode()
    assert not DpiaAuthor.objects.exists()
    whole = {"title": dpia.title, field: "A whole sentence", "seen_version": dpia.standing_version()}
    whole |= {"likelihood": "remote", "severity": "minimal", "overall": "low"}
    assert client.post(address, whole).status_code == 302
    assert not Draft.objects.exists()


def test_two_may_write_in_two_steps_at_once(ig_officer):
    dpia = DpiaFactory()
    seen = dpia.standing_version()
    Dpia.objects.filter(pk=dpia.pk).update(necessity="Theirs")
    client, address = (
        signed_in(ig_officer),
        reverse("assets:dpia_step", args=[dpia.reference, "consultation"]),
    )
    assert client.post(address, {"consultation": "Mine", "seen_version": seen}).status_code == 302
    dpia.refresh_from_db()
    assert (dpia.consultation, dpia.necessity) == ("Mine", "Theirs")
    stale = client.post(address, {"consultation": "Mine again", "seen_version": seen})
    assert stale.status_code == 409


def test_two_may_change_two_sections_of_an_activity_at_once(ig_officer):
    activity = ActivityFactory()
    seen = activity.standing_version()
    ProcessingActivity.objects.filter(pk=activity.pk).update(security="Theirs")
    address = reverse("assets:edit_activity", args=[activity.reference, "individuals"])
    typed = {"privacy_notice": "On our site", "seen_version": seen, "change_reason": "Workshop"}
    assert signed_in(ig_officer).post(address, typed).status_code == 302
    activity.refresh_from_db()
    assert (activity.privacy_notice, activity.security) == ("On our site", "Theirs")


# The steps as tasks


def test_a_draft_says_which_steps_are_written_and_what_comes_next(ig_officer):
    page = shown(ig_officer, DpiaFactory(consultation=""))
    assert page.count("To be written") == 1
    assert page.count(">Written<") == 3
    assert "None named" in page
    assert "Go through the steps below" in page


def test_while_it_waits_for_advice_nobody_is_led_to_sign_it_off():
    siro = play("siro", Role.SIRO)
    dpia = DpiaFactory(state="with_dpo")
    address = reverse("assets:sign_off_dpia", args=[dpia.reference])
    page = shown(siro, dpia)
    assert "It waits for the advice of the data protection officer" in page
    assert address not in page
    AdviceFactory(activity=dpia.activity, dpia=dpia)
    assert address in shown(siro, dpia)
