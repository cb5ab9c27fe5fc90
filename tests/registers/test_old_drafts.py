"""What was typed and never saved goes after a month, also of who is not there any more."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from governance.people.models import Draft
from governance.people.models.draft import KEPT_FOR
from governance.people.tasks import delete_old_drafts
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def draft_of(person, age):
    saved_at = timezone.now() - age
    return Draft.objects.create(person=person, path="/x/", about="x", typed="y=z", saved_at=saved_at)


def test_the_drafts_of_a_leaver_go_after_a_month_and_those_of_others_stay_until_then():
    leaver, other = UserFactory.create_batch(2)
    type(leaver).objects.filter(pk__in=[leaver.pk, other.pk]).update(is_active=False)
    draft_of(leaver, KEPT_FOR)
    kept = draft_of(other, KEPT_FOR - timedelta(hours=1))
    also = draft_of(UserFactory(), timedelta())
    delete_old_drafts()
    assert set(Draft.objects.all()) == {kept, also}


def test_what_is_deleted_is_what_nobody_is_shown_any_more():
    """No draft is offered once more after it went, and none lies about that nobody sees."""
    for age in (KEPT_FOR - timedelta(minutes=5), KEPT_FOR, KEPT_FOR + timedelta(minutes=5)):
        person = UserFactory()
        draft = draft_of(person, age)
        is_shown = draft in Draft.objects.visible_to(person)
        assert is_shown is (draft not in Draft.objects.too_old())


def test_old_drafts_are_deleted_each_night_by_the_worker():
    scheduled = [each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()]
    assert f"{delete_old_drafts.__module__}.{delete_old_drafts.__name__}" in scheduled
    assert delete_old_drafts.name in scheduled
    assert settings.CELERY_BEAT_SCHEDULE["delete-old-drafts"]["schedule"].hour == {3}
