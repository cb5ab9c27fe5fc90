"""Verifications of the trail: rows that a worker claims, and what each found (design 2.4)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from governance.people.models import Role

if TYPE_CHECKING:
    from governance.people.models import User

LEASE = timedelta(minutes=20)
ATTEMPTS = 3
# Who proves the trail, and reads what was found.
PROVERS = (Role.INTERNAL_AUDITOR, Role.IG_OFFICER, Role.SIRO)
CHECKERS = (*PROVERS, Role.COMMITTEE_OFFICER)
GIVEN_UP = (
    "The verification did not come to an end. Ask for it again; if it fails again, tell whoever looks after "
    "this service, who finds the cause in the worker's log."
)


class VerificationQuerySet(models.QuerySet["Verification"]):
    """Verifications by what they wait for; times are the database's."""

    def visible_to(self, person: User) -> Self:
        """All of them to those who prove the trail."""
        return self.all() if person.holds(*PROVERS) else self.none()

    def claimable(self) -> Self:
        """Queued, or held by a worker whose lease is over."""
        return self.filter(Q(state=Verification.State.QUEUED) | self.lapsed())

    def exhausted(self) -> Self:
        """Begun as often as it may be, and no attempt came to an end."""
        return self.filter(self.lapsed(), attempt__gte=ATTEMPTS)

    def give_up(self) -> int:
        """Say for good that these have failed. Returns how many."""
        failed = Verification.State.FAILED
        return self.update(state=failed, error=GIVEN_UP, lease_until=None, finished_at=Now())

    @staticmethod
    def lapsed() -> Q:
        """Running, but the worker has not come back within its lease."""
        return Q(state=Verification.State.RUNNING, lease_until__lt=Now())


class Verification(models.Model):
    """The whole trail and every paper compared with their seals once: asked for, running, done or failed.

    `faults` and `removals` are sentences. Nobody named asked for those of each night.
    """

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "queued", "Waiting for a worker"
        RUNNING = "running", "Being compared"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    state = models.CharField(max_length=7, choices=State, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    asked_as = models.CharField(max_length=200, blank=True, default="")
    requested_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)
    block = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True, default="")
    faults = models.JSONField(default=list)
    removals = models.JSONField(default=list)
    error = models.TextField(blank=True, default="")

    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_verification_waits", fields=["state"], condition=Q(state="queued")
            ),
            models.CheckConstraint(
                name="verification_state_is_known",
                condition=Q(state__in=["queued", "running", "done", "failed"]),
            ),
            models.CheckConstraint(
                name="verification_ends_once",
                condition=Q(state__in=["done", "failed"], finished_at__isnull=False)
                | Q(state__in=["queued", "running"], finished_at=None),
            ),
            models.CheckConstraint(
                name="verification_runs_under_a_lease",
                condition=Q(state="running", lease_until__isnull=False)
                | ~Q(state="running") & Q(lease_until=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Verification {self.pk}: {self.get_state_display()}"

    # Changes: each is one conditional statement, so that of two at once one wins

    @classmethod
    def ask(cls, person: User | None = None) -> Verification:
        """Ask for one, unless one waits already: then that. One that runs is none: it may be past what has
        changed since. The caller wakes a worker."""
        wanted = Verification(asked_by=person, asked_as=person.post_title if person else "")
        Verification.objects.bulk_create([wanted], ignore_conflicts=True)
        return Verification.objects.filter(state__in=[cls.State.QUEUED, cls.State.RUNNING]).latest(
            "requested_at"
        )

    @classmethod
    def claim(cls, pk: int) -> Verification | None:
        """Take one that nobody holds; None if it is not to be had."""
        held = {"state": cls.State.RUNNING, "attempt": F("attempt") + 1, "lease_until": Now() + LEASE}
        taken = cls.objects.claimable().filter(pk=pk, attempt__lt=ATTEMPTS).update(**held)
        return cls.objects.get(pk=pk) if taken else None

    def finish(self, **found: Any) -> bool:
        """Keep what was found, unless another attempt has taken over."""
        return self._end(self.State.DONE, **found)

    def fail(self, error: str) -> bool:
        """This attempt came to no end."""
        return self._end(self.State.FAILED, error=error)

    def _end(self, state: str, **found: Any) -> bool:
        mine = Verification.objects.filter(pk=self.pk, state=self.State.RUNNING, attempt=self.attempt)
        return bool(mine.update(state=state, lease_until=None, finished_at=Now(), **found))

    # Facts

    @property
    def busy(self) -> bool:
        """Is somebody to wait for it?"""
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def by(self) -> str:
        """Who asked for it, by post."""
        return self.asked_as or (self.asked_by.display_name if self.asked_by else "the service itself")
