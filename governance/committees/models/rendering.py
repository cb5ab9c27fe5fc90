"""Renderings: the rows that workers claim. The row is the truth, messages only wake (design 2.4)."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce, Now

from governance.committees.models.edition import Edition
from governance.committees.models.paper import Paper

# A layout that fails does so again: three times is enough. A worker that dies says nothing of the paper, so
# that attempts which ended with it count against a bound of their own, which only ends what never ends.
FAILURES = 3
ATTEMPTS = 20
# A hint younger than this is still on its way to a worker.
HINT_SECONDS = 2
GIVEN_UP = (
    f"The file could not be made: it was begun {ATTEMPTS} times and the worker stopped while it was at work. "
    "Try again; if it fails again, tell whoever looks after this service."
)

# The SHA-256 that the database finds the bytes of a row to have now.
DIGEST = Cast(Func(F("file"), template="encode(sha256(%(expressions)s), 'hex')"), models.TextField())


def facts_of(file: bytes) -> dict[str, Any]:
    """What is stored of a file: its bytes, their SHA-256 and number."""
    return {"file": file, "sha256": sha256(file).hexdigest(), "size": len(file)}


class RenderingQuerySet(models.QuerySet["Rendering"]):
    """Renderings by what they wait for; times are the database's."""

    def without_file(self) -> Self:
        """Everything but the bytes."""
        return self.defer("file")

    def checked(self) -> Self:
        """Everything but the bytes, with the SHA-256 that the database finds them to have now."""
        return self.without_file().annotate(found_sha256=DIGEST)

    def claimable(self) -> Self:
        """Queued, or held by a worker whose lease is over; a bundle once all that goes into it is made."""
        found = self.filter(Q(state=Rendering.State.QUEUED) | self.lapsed(), attempt__lt=ATTEMPTS)
        return found.exclude(Q(format=Rendering.Format.BUNDLE) & Exists(self.missing_in_a_bundle()))

    def unheld(self) -> Self:
        """Claimable, and no hint is on its way."""
        late = Q(state=Rendering.State.QUEUED, requested_at__lt=Now() - timedelta(seconds=HINT_SECONDS))
        return self.claimable().filter(late | self.lapsed())

    def exhausted(self) -> Self:
        """Begun as often as it may be, and no attempt came to an end."""
        return self.filter(Q(state=Rendering.State.QUEUED) | self.lapsed(), attempt__gte=ATTEMPTS)

    def give_up(self, sentence: str) -> int:
        """Say for good that these have failed. Returns how many."""
        failed = Rendering.State.FAILED
        return self.update(state=failed, error=sentence, lease_until=None, finished_at=Now())

    def create_done(self, paper: Paper, *, filename: str, file: bytes) -> Rendering:
        """Store the file of a paper issued before the product."""
        return self.create(
            paper=paper,
            format=Rendering.Format.ORIGINAL,
            state=Rendering.State.DONE,
            filename=filename,
            finished_at=Now(),
            **facts_of(file),
        )

    def of_edition(self, edition: Edition | None) -> Self:
        """Those of one edition; None is the paper as it was issued."""
        return self.filter(edition=edition)

    def ready(self) -> Self:
        """Those whose file is made."""
        return self.filter(state=Rendering.State.DONE)

    def failed(self) -> Self:
        """Those that could not be made."""
        return self.filter(state=Rendering.State.FAILED)

    @staticmethod
    def missing_in_a_bundle() -> QuerySet[Rendering]:
        """The files of the same edition of a paper that are not made yet."""
        same: Any = Rendering.objects.annotate(
            of=Coalesce("edition", 0), its=Coalesce(OuterRef("edition"), 0)
        )
        of_the_paper = same.filter(paper=OuterRef("paper"), of=F("its")).exclude(
            format=Rendering.Format.BUNDLE
        )
        missing: QuerySet[Rendering] = of_the_paper.exclude(state=Rendering.State.DONE)
        return missing

    @staticmethod
    def lapsed() -> Q:
        """Running, but the worker has not come back within its lease."""
        return Q(state=Rendering.State.RUNNING, lease_until__lt=Now())


class Rendering(models.Model):
    """A paper, or an edition of it, in one format: asked for, being made, made or failed.

    Once made it never changes. Without an `edition` it is of the paper as it was issued.
    """

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "queued", "Waiting for a worker"
        RUNNING = "running", "Being made"
        DONE = "done", "Ready"
        FAILED = "failed", "Failed"

    class Format(models.TextChoices):
        """What the file is."""

        PDF = "pdf", "PDF"
        HTML = "html", "Web page"
        DOCX = "docx", "Word document"
        XLSX = "xlsx", "Tables as a workbook"
        CSV = "csv", "Tables as comma-separated values"
        BUNDLE = "bundle", "Everything in one archive"
        ORIGINAL = "original", "File of a paper issued before the product"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="renderings")
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, blank=True, related_name="renderings")
    format = models.CharField(max_length=8, choices=Format, default=Format.PDF)
    state = models.CharField(max_length=7, choices=State, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0, db_default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, default="")
    requested_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)
    filename = models.CharField(max_length=200)
    file = models.BinaryField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveBigIntegerField(null=True, blank=True)

    objects = RenderingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rendering_format_is_known",
                condition=Q(format__in=["pdf", "html", "docx", "xlsx", "csv", "bundle", "original"]),
            ),
            models.UniqueConstraint(
                name="paper_is_rendered_once_in_a_format",
                fields=["paper", "edition", "format"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="rendering_state_is_known",
                condition=Q(state__in=["queued", "running", "done", "failed"]),
            ),
            models.CheckConstraint(
                name="rendering_is_done_with_its_file",
                condition=Q(state="done", file__isnull=False, size__gt=0, finished_at__isnull=False)
                & Q(sha256__regex=r"^[0-9a-f]{64}$")
                | ~Q(state="done") & Q(file=None, size=None, sha256=""),
            ),
            models.CheckConstraint(
                name="rendering_runs_under_a_lease",
                condition=Q(state="running", lease_until__isnull=False)
                | ~Q(state="running") & Q(lease_until=None),
            ),
            models.CheckConstraint(
                name="rendering_fails_with_a_sentence", condition=~Q(state="failed") | ~Q(error="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filename}: {self.get_state_display()}"

    # Changes: each is one conditional UPDATE, so that of two workers one wins

    @classmethod
    def claim(cls, pk: int, *, lease: timedelta) -> Rendering | None:
        """Take a rendering nobody holds, for the length of a lease; None if it is not to be had."""
        with transaction.atomic():
            taken = cls.objects.claimable().filter(pk=pk)
            held = {"state": cls.State.RUNNING, "attempt": F("attempt") + 1, "lease_until": Now() + lease}
            return cls.objects.without_file().get(pk=pk) if taken.update(**held) else None

    def finish(self, file: bytes) -> bool:
        """Store the file, unless another attempt has taken over. Says whether it was stored."""
        return bool(
            self._mine().update(
                state=self.State.DONE,
                finished_at=Now(),
                lease_until=None,
                error="",
                **facts_of(file),
            )
        )

    def give_back(self, error: str) -> bool:
        """This attempt failed: queue it again, or say so for good once it has failed too often."""
        failures = self.failures + 1
        last = failures >= FAILURES or self.attempt >= ATTEMPTS
        state = self.State.FAILED if last else self.State.QUEUED
        finished = Now() if last else None
        given_back = {"state": state, "error": error, "failures": failures}
        return bool(self._mine().update(lease_until=None, finished_at=finished, **given_back))

    def try_again(self) -> bool:
        """Queue a failed rendering anew, with all its attempts. Says whether it had failed."""
        failed = Rendering.objects.filter(pk=self.pk, state=self.State.FAILED)
        fresh = {
            "state": self.State.QUEUED,
            "attempt": 0,
            "failures": 0,
            "error": "",
            "finished_at": None,
            "requested_at": Now(),
        }
        return bool(failed.update(**fresh))

    def _mine(self) -> RenderingQuerySet:
        return Rendering.objects.filter(pk=self.pk, state=self.State.RUNNING, attempt=self.attempt)

    # Facts

    @property
    def is_as_made(self) -> bool:
        """Has the stored file the SHA-256 that was kept of it? True while there is none."""
        if self.state != self.State.DONE:
            return True
        found = getattr(self, "found_sha256", None) or sha256(self.file or b"").hexdigest()
        return bool(found == self.sha256)

    @property
    def busy(self) -> bool:
        """Is somebody to wait for it?"""
        return self.state in (self.State.QUEUED, self.State.RUNNING)
