"""The private address of a calendar: made, shown once, revoked, and not asked too often."""

from __future__ import annotations

from django.core.cache import cache
from django.db import transaction
from django.db.models.functions import Now

from governance.committees.models import CalendarFeed
from governance.people.models import User

ALLOWED, WITHIN = 60, 3600  # times in so many seconds: programs ask every few hours


@transaction.atomic
def make(person: User) -> str:
    """A new address, the former revoked. Returns its token: shown once, and kept nowhere."""
    User.objects.select_for_update(of=("self",)).get(pk=person.pk)  # of two clicks the second waits
    return CalendarFeed.make(person)


def revoke(person: User) -> bool:
    """The address opens nothing any more. False if there was none."""
    return bool(CalendarFeed.objects.standing().filter(person=person).update(revoked_at=Now()))


def is_asked_too_often(feed: CalendarFeed) -> bool:
    """Count this time; True once an hour's worth is used up."""
    key = f"calendar-feed-{feed.pk}"
    cache.add(key, 0, WITHIN)
    try:
        return cache.incr(key) > ALLOWED
    except ValueError:  # it ran out between the two
        return False
