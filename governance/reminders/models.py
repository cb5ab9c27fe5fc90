"""Digest mails: rows that a worker sends. The row is the truth, and stays: who was told what, and when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now

from governance.core.dates import long_date
from governance.history.models import History, Recorded
from governance.people.models import Role
from governance.people.waiting import kept_from

if TYPE_CHECKING:
    from governance.people.models import User

# Who sees what everybody was told: those who run the registers, and those who check them.
OVERSEERS = (Role.IG_OFFICER, Role.RECORDS_MANAGER, Role.INTERNAL_AUDITOR)
# A server that refuses is asked again after 2, 4, 8 ... minutes: nine times, which is over a day.
FAILURES = 9
ATTEMPTS = 40
HINT_SECONDS = 5
GIVEN_UP = f"The mail was begun {ATTEMPTS} times and the worker stopped while it was at work."


class DigestQuerySet(models.QuerySet["Digest"]):
    """Digest mails by what they wait for; times are the database's."""

    def visible_to(self, person: User) -> Self:
        """All that they may know of for those who oversee, else the person's own."""
        return self.known_to(person) if person.holds(*OVERSEERS) else self.filter(person=person)

    def known_to(self, person: User) -> Self:
        """The person's own, and those that told of anything of which this person may know."""
        secret = sorted(kept_from(person))
        nothing_else = Q(kinds__contained_by=secret) & ~Q(kinds=[]) & ~Q(person=person)
        return self.exclude(nothing_else) if secret else self.all()

    def for_list(self) -> Self:
        """Everything but the words, what it told item by item, and the address, the latest first."""
        return self.defer("body", "items", "address").order_by("-day", "-pk")

    def of_kind(self, kind: str) -> Self:
        """Those that told of something of this kind."""
        return self.filter(items__contains=[{"kind": kind}])

    def about(self, reference: str) -> Self:
        """Those that told of this entry, whether alone or among others."""
        return self.filter(items__contains=[{"references": [reference]}])

    def with_kinds_about(self, reference: str) -> Self:
        """Each with `kinds_about`: of what kinds it told of this entry."""
        told = Func(
            Value(reference),
            template="jsonb_path_query_array(items, '$[*] ? (@.references[*] == $about).kind',"
            " jsonb_build_object('about', %(expressions)s::text))",
            output_field=models.JSONField(),
        )
        return self.annotate(kinds_about=told)

    def posts(self) -> list[str]:
        """The posts that were ever told anything, by title."""
        return list(self.order_by("post").values_list("post", flat=True).distinct())

    def claimable(self) -> Self:
        """Queued and not put off, or held by a worker whose lease is over."""
        ready = Q(state=Digest.State.QUEUED, not_before__lte=Now())
        return self.filter(ready | self.lapsed(), attempt__lt=ATTEMPTS)

    def unheld(self) -> Self:
        """Claimable, and no hint is on its way."""
        early = Now() - timedelta(seconds=HINT_SECONDS)
        return self.claimable().exclude(state=Digest.State.QUEUED, composed_at__gte=early)

    def exhausted(self) -> Self:
        """Begun as often as it may be, and no attempt came to an end."""
        return self.filter(Q(state=Digest.State.QUEUED) | self.lapsed(), attempt__gte=ATTEMPTS)

    def give_up(self, sentence: str) -> int:
        """Say for good that these have failed. Returns how many."""
        return self.update(state=Digest.State.FAILED, error=sentence, lease_until=None)

    def failed(self) -> Self:
        """Those that could not be sent."""
        return self.filter(state=Digest.State.FAILED)

    @staticmethod
    def lapsed() -> Q:
        """Being sent, but the worker has not come back within its lease."""
        return Q(state=Digest.State.RUNNING, lease_until__lt=Now())


class Digest(models.Model):
    """One mail to one person on one day: everything that waits for them, with links. Or a letter `about` one
    thing that is told at once."""

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "queued", "Waiting to be sent"
        RUNNING = "running", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Could not be sent"

    person = models.ForeignKey("people.User", models.PROTECT, related_name="digests")
    post = models.CharField("post", max_length=200, help_text="held on the day")
    day = models.DateField()
    # Of a letter that was written at once: what it is about. Empty for the mail of the day.
    about = models.CharField(max_length=60, blank=True, default="", db_default="")
    address = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    items = models.JSONField(help_text="what waited, by kind")
    # Reckoned by the database, so that no list reads the items: a digest may name thousands of entries.
    kinds = models.GeneratedField(
        expression=Func(F("items"), template="jsonb_path_query_array(%(expressions)s, '$[*].kind')"),
        output_field=models.JSONField(),
        db_persist=True,
    )
    number = models.GeneratedField(
        expression=Func(
            F("items"),
            template="jsonb_array_length(jsonb_path_query_array(items, '$[*].references[*]'))"
            " + jsonb_array_length(jsonb_path_query_array(items, '$[*] ? (!exists(@.references[0]))'))",
        ),
        output_field=models.IntegerField(),
        db_persist=True,
        help_text="of how many things it told: each entry counts, and each item that is about none",
    )
    state = models.CharField(max_length=7, choices=State, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(db_default=Now())
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, default="")
    composed_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(name="digest_about", fields=["items"], opclasses=["jsonb_path_ops"])]
        constraints = [
            models.UniqueConstraint(
                name="person_gets_one_digest_a_day", fields=["person", "day"], condition=Q(about="")
            ),
            models.UniqueConstraint(
                name="person_gets_a_letter_once", fields=["person", "about"], condition=~Q(about="")
            ),
            models.CheckConstraint(
                name="digest_state_is_known", condition=Q(state__in=["queued", "running", "sent", "failed"])
            ),
            models.CheckConstraint(
                name="digest_is_sent_at_a_time",
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at=None),
            ),
            models.CheckConstraint(
                name="digest_is_sent_under_a_lease",
                condition=Q(state="running", lease_until__isnull=False)
                | ~Q(state="running") & Q(lease_until=None),
            ),
            models.CheckConstraint(
                name="digest_fails_with_a_sentence", condition=~Q(state="failed") | ~Q(error="")
            ),
            models.CheckConstraint(name="digest_has_words", condition=~Q(subject="") & ~Q(body="")),
        ]

    def __str__(self) -> str:
        return f"{self.subject}, {long_date(self.day)}"

    # Changes: each is one conditional UPDATE, so that of two workers one wins

    @classmethod
    def claim(cls, pk: int, *, lease: timedelta) -> Digest | None:
        """Take a digest nobody holds, for the length of a lease; None if it is not to be had."""
        with transaction.atomic():
            held = {"state": cls.State.RUNNING, "attempt": F("attempt") + 1, "lease_until": Now() + lease}
            taken = cls.objects.claimable().filter(pk=pk).update(**held)
            return cls.objects.get(pk=pk) if taken else None

    def finish(self) -> bool:
        """It is sent, unless another attempt has taken over. Says whether that was noted."""
        return bool(self._mine().update(state=self.State.SENT, sent_at=Now(), lease_until=None, error=""))

    def give_back(self, error: str, *, for_good: bool = False) -> bool:
        """This attempt failed: again later, each time after twice as long, or for good after the last."""
        failures = self.failures + 1
        last = for_good or failures >= FAILURES or self.attempt >= ATTEMPTS
        later = Now() + timedelta(minutes=2**failures)
        state = self.State.FAILED if last else self.State.QUEUED
        given: dict[str, Any] = {"state": state, "error": error, "failures": failures, "not_before": later}
        return bool(self._mine().update(lease_until=None, **given))

    def try_again(self) -> bool:
        """Queue one that failed anew, with all its attempts. Says whether it had failed."""
        fresh = {"state": self.State.QUEUED, "attempt": 0, "failures": 0, "error": "", "not_before": Now()}
        return bool(Digest.objects.failed().filter(pk=self.pk).update(**fresh))

    def _mine(self) -> DigestQuerySet:
        return Digest.objects.filter(pk=self.pk, state=self.State.RUNNING, attempt=self.attempt)


class ReminderChoice(Recorded):
    """What a person wants to be told by mail. Some things cannot be left out, such as assets to
    confirm and clocks of law (governance.people.waiting.ALWAYS)."""

    person = models.OneToOneField("people.User", models.PROTECT, related_name="reminder_choice")
    wants_all = models.BooleanField("tell me of everything that waits for me", default=True)

    history = History()

    def __str__(self) -> str:
        return f"{self.person}: {'everything' if self.wants_all else 'only what cannot be left out'}"


def last_digests(since: date) -> dict[int, Digest]:
    """The latest digest of each person since a day, by person."""
    found = (
        Digest.objects.filter(day__gte=since, about="").order_by("person_id", "-day").distinct("person_id")
    )
    return {digest.person_id: digest for digest in found}
