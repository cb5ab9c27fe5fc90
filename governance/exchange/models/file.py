"""The file of a batch as it was uploaded, and what was found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact


class BatchFile(models.Model):
    """A file as it was uploaded: the evidence for the batch. It never changes, and is emptied after a time.

    Emptied is what was in it alone: name, size and digest stay for good.
    """

    append_only: ClassVar[bool] = True
    called_functions: ClassVar[tuple[str, ...]] = ("empty_batch_file(bigint)",)
    unsealed: ClassVar[tuple[str, ...]] = (
        "data",
        "emptied_at",
    )  # `sha256` is sealed, and stands for the data

    name = models.CharField(max_length=200)
    data = models.BinaryField()
    size = models.PositiveIntegerField(default=0, help_text="in bytes, as it came")
    sha256 = models.CharField(max_length=64, db_index=True)
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="batch_file_is_whole_or_emptied",
                condition=Q(emptied_at__isnull=True, size=Length("data"))
                | Q(Exact(Length("data"), 0), emptied_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def empty(self) -> None:
        """Empty it, which the database lets nobody do otherwise, and not while its batch is open.

        Raises DatabaseError for one whose batch is open, and for one that is empty already.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT empty_batch_file(%s)", [self.pk])


class FoundTable(models.Model):
    """What was found in the file of a batch, so that no page has to read the file again to show it.

    `samples` are a few values of each column, `likely` the column of the register that the values of a
    column speak for, by heading; words, old words and the council are what a person looks at before a commit.
    It is made anew when the table is read in another place, and goes when the file is emptied; so it has no
    history, and whatever is of the file alone belongs here and not into the batch.
    """

    batch = models.OneToOneField("exchange.Batch", models.CASCADE, related_name="found")
    sheets = models.JSONField(default=list)
    headings = models.JSONField(default=list)
    samples = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    likely = models.JSONField(default=dict)
    words = models.JSONField(default=list, help_text="those that the register did not know")
    read_as = models.JSONField(default=dict, help_text="old words by heading, each with what it is read as")
    council = models.JSONField(default=dict, help_text="what the file says of the council, by field")

    def __str__(self) -> str:
        return f"Table of batch {self.batch_id}"

    def keep(
        self,
        *,
        words: Sequence[Sequence[Any]],
        read_as: Mapping[str, Mapping[str, str]],
        council: Mapping[str, str],
    ) -> None:
        """Keep what a person has to look at before a commit, as the last check found it."""
        self.words, self.read_as, self.council = words, read_as, council
        self.save(update_fields=["words", "read_as", "council"])
