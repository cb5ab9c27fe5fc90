"""What leaves the house beside the paper as issued: Part 2, and public versions with something lifted."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from governance.committees.models.exemption import Exemption
from governance.committees.models.ledger import fingerprint
from governance.committees.models.paper import Paper
from governance.committees.models.resolution import Resolution
from governance.core.dates import LONDON, long_date


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions by what they are."""

    def part_2(self) -> Self:
        """What is not for publication."""
        return self.filter(kind=Edition.Kind.PART_2)

    def public(self) -> Self:
        """Public versions made later, the first one first."""
        return self.filter(kind=Edition.Kind.LIFTED).order_by("number")


class Edition(models.Model):
    """A content of an issued paper that stands beside it. The paper as issued never changes.

    Part 2 is written when the paper is issued; its content has a secret in it, so that the digest of it that
    the public part prints says nothing of what it holds. A lifted edition is a public version in which
    `lifts` is no longer withheld, by the proper officer or by a resolution of the meeting.
    """

    class Kind(models.TextChoices):
        """For whom it is."""

        PART_2 = "part_2", "Part 2, not for publication"
        LIFTED = "lifted", "Public version with an exemption lifted"

    class Decided(models.TextChoices):
        """Who lifts an exemption."""

        OFFICER = "officer", "The proper officer decided it"
        MEETING = "meeting", "The meeting resolved it"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="editions")
    kind = models.CharField(max_length=6, choices=Kind)
    number = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    made_as = models.CharField(max_length=200, blank=True, default="")
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    lifts = models.OneToOneField(Exemption, models.PROTECT, null=True, blank=True, related_name="lifted_in")
    decided = models.CharField("who decided it", max_length=7, choices=Decided, blank=True, default="")
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="the resolution"
    )
    reason = models.TextField(blank=True, default="")

    append_only: ClassVar[bool] = True
    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["paper", "kind", "number"]
        constraints = [
            models.UniqueConstraint(name="edition_has_its_number", fields=["paper", "kind", "number"]),
            models.CheckConstraint(name="paper_has_one_part_2", condition=~Q(kind="part_2") | Q(number=1)),
            models.CheckConstraint(
                name="edition_carries_its_fingerprint", condition=Q(content_sha256__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="lifting_says_what_by_whom_and_why",
                condition=Q(kind="part_2", lifts=None, decided="", resolution=None, reason="")
                | Q(kind="lifted", lifts__isnull=False)
                & ~Q(reason="")
                & (Q(decided="officer", resolution=None) | Q(decided="meeting", resolution__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper}: {self.get_kind_display()}"

    def save(self, *args: Any, **options: Any) -> None:
        """Append, and read back the database's clock."""
        super().save(*args, **options)
        self.refresh_from_db(fields=["made_at"])

    def is_as_issued(self) -> bool:
        """Does the stored content still have its fingerprint?"""
        return fingerprint(self.content) == self.content_sha256

    @property
    def in_words(self) -> str:
        """Which one it is, as in a sentence, and when it was made."""
        name = f"public version {self.number + 1}"
        if self.kind == self.Kind.PART_2:
            name = "Part 2, not for publication"
        return f"{name}, made on {long_date(self.made_at.astimezone(LONDON).date())}"

    @property
    def issued_at(self) -> Any:
        """When it was made."""
        return self.made_at
