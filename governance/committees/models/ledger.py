"""The ledger of published figures: what a committee was told, and which records made it. Append-only."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from governance.committees.models.paper import Paper
from governance.core.dates import LONDON, long_date
from governance.figures.figure import Entry
from governance.figures.moment import Moment, Scope


def fingerprint(content: dict[str, Any]) -> str:
    """SHA-256 (hexadecimal) of a paper's content: JSON with sorted keys, no spaces, UTF-8.

    Anybody can compute it again from the stored content, whatever order the database keeps keys in.
    """
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


class Issue(models.Model):
    """A paper as it left the house: everything printed, and the moment its figures were frozen."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="issue")
    issued_at = models.DateTimeField(db_default=Now(), editable=False)
    issued_by = models.ForeignKey("people.User", models.PROTECT, related_name="issued_papers")
    issued_as = models.CharField(max_length=200, blank=True, default="")
    as_at = models.DateField()
    known_before = models.DateTimeField()
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)

    append_only: ClassVar[bool] = True

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="issue_knows_nothing_of_the_future", condition=Q(known_before__lte=F("issued_at"))
            ),
            models.CheckConstraint(
                name="issue_carries_its_fingerprint", condition=Q(content_sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper}, frozen {self.moment}"

    def save(self, *args: Any, **options: Any) -> None:
        """Append, and read back the database's clock."""
        super().save(*args, **options)
        self.refresh_from_db(fields=["issued_at"])

    @property
    def moment(self) -> Moment:
        """The moment of every figure in the paper."""
        return Moment(self.as_at, self.known_before)

    @property
    def told(self) -> str:
        """When and by whom: "at 09:30 on 14 October 2016 by Committee officer"."""
        at = self.issued_at.astimezone(LONDON)
        return f"at {at:%H:%M} on {long_date(at.date())} by {self.issued_as or self.issued_by.display_name}"

    def is_as_issued(self) -> bool:
        """Does the stored content still have the fingerprint that was printed?"""
        return fingerprint(self.content) == self.content_sha256


class PublishedFigureQuerySet(models.QuerySet["PublishedFigure"]):
    """Figures of issued papers."""

    def counted(self) -> Self:
        """Plain counts, without movements, and without what an author put into a text."""
        return self.filter(movement="", inserted=False)

    def of_risks(self) -> Self:
        """Counts of information risks in the whole council, in papers that left the house and still stand."""
        counted = self.counted().filter(key__startswith="risks.", scope={}, dimension={})
        return counted.filter(paper__in=Paper.objects.served().values("pk"))


class PublishedFigure(models.Model):
    """One printed figure. `value` is the number of its entries (a deferred trigger compares them).

    `dimension` narrows the figure to a part ({"scope_area_id": 3}): by key, as titles change. A movement
    counts what came into (entered) or went out of (left) the figure `earlier` of an earlier paper. One that
    an author `inserted` in a text may be as at an earlier day than the paper. One that stands in exempt parts
    alone is `exempt`, and printed in Part 2.
    """

    class Movement(models.TextChoices):
        """Which side of a movement is counted."""

        ENTERED = "entered", "Entered"
        LEFT = "left", "Left"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="figures")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    definition = models.TextField()
    as_at = models.DateField()
    known_before = models.DateTimeField()
    scope = models.JSONField(default=dict)
    dimension = models.JSONField(default=dict)
    movement = models.CharField(max_length=7, choices=Movement, blank=True, default="")
    earlier = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="later")
    value = models.PositiveIntegerField()
    has_entries = models.BooleanField(default=True)
    inserted = models.BooleanField(default=False, db_default=False)
    exempt = models.BooleanField(default=False, db_default=False)

    append_only: ClassVar[bool] = True
    objects = PublishedFigureQuerySet.as_manager()

    class Meta:
        ordering = ["paper", "position"]
        constraints = [
            models.UniqueConstraint(name="figure_has_its_own_position", fields=["paper", "position"]),
            models.CheckConstraint(
                name="movement_is_from_an_earlier_figure",
                condition=Q(movement="", earlier=None)
                | Q(movement__in=["entered", "left"], earlier__isnull=False),
            ),
            models.CheckConstraint(
                name="only_an_inserted_figure_is_exempt", condition=Q(exempt=False) | Q(inserted=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.value}"

    @property
    def day(self) -> date:
        """The day it tells of: that of its paper, or of the older paper of which it restates a figure."""
        told = self.dimension.get("as_at")
        return date.fromisoformat(told) if told else self.as_at

    @property
    def parts(self) -> dict[str, Any]:
        """What narrows it to a part of its figure."""
        return {name: value for name, value in self.dimension.items() if name not in ("as_at", "restates")}

    @property
    def moment(self) -> Moment:
        """The day it tells of, as known when it was frozen."""
        return Moment(self.day, self.known_before)

    @property
    def counted(self) -> Scope:
        """What was counted."""
        return Scope.from_json(self.scope)

    @property
    def frozen(self) -> str:
        """The moment in words: "as at 12 October 2016, as known on 12 October 2016"."""
        return f"as at {long_date(self.day)}, as known on {long_date(self.moment.known_at)}"

    def listed(self) -> list[Entry]:
        """The entries as the registry's figures give them, by reference."""
        kept = self.entries.order_by("reference").values_list(
            "subject", "reference", "evidence_kind", "evidence"
        )
        return [Entry(*row) for row in kept]


class PublishedEntry(models.Model):
    """One record behind a printed figure, and the evidence that put it there."""

    figure = models.ForeignKey(PublishedFigure, models.PROTECT, related_name="entries")
    subject = models.BigIntegerField()
    reference = models.CharField(max_length=80)
    evidence_kind = models.CharField(max_length=50)
    evidence = models.BigIntegerField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ["figure", "reference"]
        verbose_name_plural = "published entries"
        constraints = [
            models.UniqueConstraint(name="subject_counts_once_in_a_figure", fields=["figure", "subject"])
        ]

    def __str__(self) -> str:
        return self.reference
