"""What somebody who tries Northmere finds going on: everything the issue promises has something to show."""

import re

import pytest
from django.conf import settings

from actions.models import ActionAsset
from assets.models import Asset, GoAhead
from governance.dashboards.models import HandOver
from governance.demo.seeds.going_on import CONCERNS
from governance.people.models import Controller, User
from governance.reminders.models import Digest
from tests.cast import signed_in

pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]


def by(name):
    return signed_in(User.objects.get(email=f"{name}@northmere.example"))


def page(name, address):
    return by(name).get(address).content.decode()


def test_who_was_told_what_has_the_mails_of_a_morning():
    shown = page("information.governance.officer", "/reminders/")
    assert "Nobody has been told anything yet" not in shown
    assert Digest.objects.count() > 5
    assert "Head of Children" in shown


def test_each_mail_of_that_morning_is_about_something_that_waits():
    for digest in Digest.objects.all():
        assert digest.items
        assert digest.person.is_active


def test_one_hand_over_is_planned_and_can_be_withdrawn():
    planned = HandOver.objects.get()
    assert planned.state == "planned"
    assert "The post ends with the new structure" in page("business.support.childrens", "/hand-over/")


def test_the_siro_has_decided_on_one_activity_before_its_dpia():
    decision = GoAhead.objects.get()
    assert decision.counts
    shown = page("information.governance.officer", decision.activity.get_absolute_url())
    assert "Children are to be protected meanwhile" in shown


def test_actions_name_the_assets_that_they_concern():
    link = ActionAsset.objects.select_related("action", "asset").first()
    shown = page("information.governance.officer", link.action.get_absolute_url())
    assert link.asset.reference in shown
    assert ActionAsset.objects.count() == sum(len(named) for _, named in CONCERNS)


# What the public reads of it


def test_a_published_purpose_says_what_that_asset_is_for():
    said = list(Asset.objects.exclude(purpose="").values_list("purpose", flat=True))
    assert len(said) > 40
    assert len(set(said)) == len(said), "each has its own"
    assert not [each for each in said if re.match("To run the service", each)]


def test_the_catalogue_names_the_councils_own_contact(client):
    text = b"".join(client.get("/register/catalogue.jsonld").streaming_content).decode()
    assert Controller.objects.current().dpo_email in text
    assert settings.DEFAULT_FROM_EMAIL not in text
