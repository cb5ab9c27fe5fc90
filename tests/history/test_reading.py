"""The timeline in words, and a register as at a date."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assets.models import Asset
from governance.core.components import Change
from governance.core.dates import today
from governance.history.timeline import timeline
from governance.history.trail import because, signed
from tests.factories import AssetFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_timeline_says_who_changed_what_from_what_to_what_and_why():
    first, second = PostFactory(title="Head of Libraries"), PostFactory(title="Head of Culture")
    asset = AssetFactory(title="Card index", owner=first, contains_personal_data=False)
    with signed(UserFactory(display_name="Records Manager")), because("Reorganisation"):
        asset.owner, asset.contains_personal_data = second, True
        asset.save()
    latest, added = timeline(asset)
    assert (latest.kind, latest.who, latest.why) == ("changed", "Records Manager", "Reorganisation")
    assert set(latest.changes) == {
        Change("Owner", "Head of Libraries", "Head of Culture"),
        Change("Contains personal data", "no", "yes"),
    }
    assert (added.kind, added.who) == ("added", "Not recorded")


def test_past_versions_show_names_as_they_were():
    post = PostFactory(title="Head of Libraries")
    asset = AssetFactory(owner=PostFactory(title="Clerk"))
    asset.owner = post
    asset.save()
    post.title = "Head of Culture"
    post.save()
    assert [change.after for change in timeline(asset)[0].changes] == ["Head of Libraries"]


def test_a_related_entry_that_is_gone_is_still_named():
    post = PostFactory(title="Head of Libraries")
    asset = AssetFactory(owner=post)
    asset.owner = PostFactory()
    asset.save()
    post.delete()
    assert timeline(asset)[0].changes[0].before == "Head of Libraries"


def test_a_timeline_costs_the_same_for_two_versions_and_for_fifty(django_assert_num_queries):
    asset = AssetFactory(title="One")
    asset.title = "Two"
    asset.save()
    with django_assert_num_queries(4):
        timeline(asset)
    for number in range(50):
        asset.title = f"Title {number}"
        asset.save()
    with django_assert_num_queries(4):
        assert len(timeline(asset)) == 52


def test_the_register_as_at_a_date_is_a_filter_that_composes_with_others():
    asset = AssetFactory(title="Now")
    gone = AssetFactory(title="Gone")
    gone.delete()
    assert set(Asset.history.as_at(today()).values_list("title", flat=True)) == {"Now"}
    assert not Asset.history.as_at(today() - timedelta(days=1)).exists()
    assert Asset.history.as_at(today()).filter(owner=asset.owner).count() == 1


def test_the_register_before_an_instant_shows_each_entry_once():
    asset = AssetFactory(title="One")
    between = timezone.now()
    asset.title = "Two"
    asset.save()
    assert [row.title for row in Asset.history.before(between)] == ["One"]
    assert [row.title for row in Asset.history.before(timezone.now() + timedelta(hours=1))] == ["Two"]
    versions = Asset.history.filter(id=asset.pk).order_by("history_id")
    assert [row.title for row in Asset.history.before(versions[1].history_date)] == ["One"]
