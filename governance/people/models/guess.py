"""Guesses at passwords and codes, counted in Postgres so that many at once count as many."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from django.db import connection, models, transaction
from django.db.models.functions import Now

from governance.core.locks import Lock

# Cyber Essentials v3.3: no more than 10 guesses in 5 minutes.
ALLOWED = 10
WITHIN = timedelta(minutes=5)
# The first of the two numbers that name a Postgres advisory lock; the second is made from the key.
LOCK = Lock.GUESSES.value


class TooManyGuessesError(Exception):
    """An account or an address has used up its guesses for now. Nothing was compared."""


class Guess(models.Model):
    """One guess that has not been proved right, at one account or from one address. Kept for five minutes."""

    key = models.CharField(
        max_length=64, help_text="a digest: neither account nor address can be read from it"
    )
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "guesses"
        indexes = [models.Index(name="guess_by_key", fields=["key", "made_at"])]

    def __str__(self) -> str:
        return f"A guess at {self.made_at}"

    @classmethod
    def admit(cls, *, account: str, address: str) -> Sequence[Guess]:
        """Count a guess before it is compared; delete what comes back when it was right.

        Raises TooManyGuessesError when either has had its ten. Those who guess at once come one after
        the other: the lock is held to the end of the transaction. Accounts are locked before addresses,
        by everybody, so that nobody waits in a circle (docs/decisions, number 12).
        """
        keys = [_digest("account", account.strip().lower()), _digest("address", address)]
        with transaction.atomic():
            for key in keys:
                cls._refuse_if_spent(key)
            return Guess.objects.bulk_create([Guess(key=key) for key in keys])

    @classmethod
    def _refuse_if_spent(cls, key: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, key])
        earlier = cls.objects.filter(key=key)
        earlier.filter(made_at__lt=Now() - WITHIN).delete()
        if earlier.count() >= ALLOWED:
            raise TooManyGuessesError

    @classmethod
    def take_back(cls, guesses: Sequence[Guess]) -> None:
        """A guess that was right is none. Earlier wrong ones stay: a right one must not reset them."""
        cls.objects.filter(pk__in=[guess.pk for guess in guesses]).delete()


def _digest(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()
