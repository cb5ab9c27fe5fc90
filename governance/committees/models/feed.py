"""The private address at which somebody's calendar program reads meetings and deadlines."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

if TYPE_CHECKING:
    from typing import Self

    from governance.people.models import User


def digest_of_token(token: str) -> str:
    """What is kept of a token: its SHA-256. The token has 256 random bits, so it needs no salt."""
    return sha256(token.encode()).hexdigest()


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Addresses of calendars."""

    def standing(self) -> Self:
        """Those that have not been revoked."""
        return self.filter(revoked_at=None)

    def opened_by(self, token: str) -> CalendarFeed | None:
        """The one whose token this is, of a person who may still sign in."""
        found = self.standing().filter(token_sha256=digest_of_token(token), person__is_active=True)
        return found.select_related("person").first()


class CalendarFeed(models.Model):
    """An address that opens without signing in, for one person. Only the digest of its token is kept."""

    person = models.ForeignKey("people.User", models.PROTECT, related_name="calendar_feeds")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                name="person_has_one_calendar_feed", fields=["person"], condition=Q(revoked_at=None)
            ),
            models.CheckConstraint(
                name="feed_keeps_a_digest",
                condition=Q(token_sha256__regex=r"^[0-9a-f]{64}$"),  # noqa: S106 - a form, not a token
            ),
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.person}"

    @classmethod
    def make(cls, person: User) -> str:
        """A new address for the person, the former revoked. Returns its token, which is kept nowhere."""
        token = secrets.token_urlsafe(32)
        cls.objects.standing().filter(person=person).update(revoked_at=Now())
        cls.objects.create(person=person, token_sha256=digest_of_token(token))
        return token
