"""Seals over the trail: a digest of each row as it was written, and a chain of blocks over those.

Nothing here is written but by the database itself (governance/history/sql/seals.sql).
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

DIGEST = r"^[0-9a-f]{64}$"


class Ranges(models.Field):  # type: ignore[type-arg]
    """Ranges of keys, as Postgres keeps them."""

    def db_type(self, connection: Any) -> str:
        """The type of the column."""
        return "int8multirange"


class Form(models.Model):
    """The columns of a table that its rows are sealed by, as they were when those rows were written.

    So a column that is added later changes no digest. `columns` is what stands between the brackets of ROW().
    """

    table_name = models.TextField()
    key_column = models.TextField()
    columns = models.TextField()

    derived: ClassVar[bool] = True
    sealed: ClassVar[bool] = True

    class Meta:
        constraints = [
            models.UniqueConstraint(name="form_stands_once", fields=["table_name", "key_column", "columns"])
        ]

    def __str__(self) -> str:
        return f"{self.table_name} ({self.columns})"


class Era(models.Model):
    """A time in which one database went on without being restored from a copy. The first begins by itself.

    `drawn` is the last key of a seal there was: what is older is known to be whole, whatever numbers the new
    database gives to its transactions.
    """

    number = models.PositiveIntegerField(unique=True)
    reason = models.TextField()
    after_block = models.BigIntegerField(default=0)
    drawn = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField(db_default=Now())

    derived: ClassVar[bool] = True
    sealed: ClassVar[bool] = True

    class Meta:
        constraints = [models.CheckConstraint(name="era_gives_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"Era {self.number}: {self.reason}"


class Seal(models.Model):
    """The SHA-256 of one row's text: as it was written, as found where it is older than the seals, or as a
    redaction left it.

    `transaction` serves to admit finished rows to a block, and is not sealed: a restored copy has others.
    """

    class Kind(models.TextChoices):
        """Why the row has this digest."""

        WRITTEN = "written", "As written"
        FOUND = "found", "As found"
        REDACTED = "redacted", "Redacted by authority"

    # Not held by the database, which alone writes them: each row would pay for that.
    form = models.ForeignKey(Form, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    row_key = models.BigIntegerField()
    digest = models.BinaryField()
    kind = models.CharField(max_length=8, choices=Kind)
    redaction = models.ForeignKey(
        "history.Redaction", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    transaction = models.BigIntegerField()

    derived: ClassVar[bool] = True

    class Meta:
        indexes = [models.Index(name="seals_of_a_row", fields=["form", "row_key"])]
        constraints = [
            models.CheckConstraint(
                name="seal_kind_is_known", condition=Q(kind__in=["written", "found", "redacted"])
            ),
            models.CheckConstraint(
                name="seal_names_its_redaction",
                condition=Q(kind="redacted", redaction__isnull=False)
                | Q(kind__in=["written", "found"], redaction=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form_id}:{self.row_key}"


class BlockQuerySet(models.QuerySet["Block"]):
    """Links of the chain."""

    def head(self) -> Block | None:
        """The last one; None before the first."""
        return self.order_by("-number").first()

    def since(self, number: int) -> Self:
        """Those that came after that one, the first of them first."""
        return self.filter(number__gt=number).order_by("number")


class Block(models.Model):
    """One link of the chain: the seals it holds, their digest, the block before, and when.

    `digest` is the SHA-256 of the text "number era previous rows seals_digest sealed_at" (digests in
    hexadecimal, the time in UTC to the microsecond), so that anybody can compute it again. `drawn`, `floor`
    and `begun_before` say which seals the next block need not look at (sql/seals.sql).
    """

    number = models.BigIntegerField(unique=True)
    era = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    seals = Ranges()
    seals_digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    drawn = models.BigIntegerField(db_index=True)
    floor = models.BigIntegerField()
    begun_before = models.BigIntegerField(null=True)

    derived: ClassVar[bool] = True
    called_functions: ClassVar[tuple[str, ...]] = ("seal_blocks(boolean)",)
    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="block_holds_seals", condition=Q(rows__gt=0)),
            models.CheckConstraint(name="block_carries_its_digest", condition=Q(digest__regex=DIGEST)),
        ]

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"
