"""What each row of a file would change, and did change."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.contrib.postgres.aggregates import StringAgg
from django.db import models
from django.db.models import Count, Max, Q

if TYPE_CHECKING:
    from governance.exchange.models.batch import Batch


# What the file of the rows that were left out says before the columns of the council's own file.
OF_LEFT_OUT = ("Why it was left out", "Row")


class InShort(NamedTuple):
    """The rows of a batch in short: see `BatchRowQuerySet.in_short` and `seen`."""

    counts: dict[str, int]
    undecided: int
    seen: str


class BatchRowQuerySet(models.QuerySet["BatchRow"]):
    """Rows of batches."""

    def of_kind(self, kind: str) -> Self:
        """The rows of one kind, in the order of the file."""
        return self.filter(kind=kind).order_by("number")

    def in_short(self) -> InShort:
        """How many rows there are of each kind, how many conflicts are undecided, and `seen`: one query."""
        kind, conflict = BatchRow.Kind, Q(kind=BatchRow.Kind.CONFLICT)
        found = self.order_by().aggregate(
            **{each: Count("pk", Q(kind=each)) for each in kind.values},
            undecided=Count("pk", conflict & Q(choice="")),
            last=Max("pk"),
            choices=StringAgg("choice", ",", filter=conflict, order_by="number"),
        )
        digest = sha256((found["choices"] or "").encode()).hexdigest()[:16]
        counts = {each: found[each] for each in kind.values}
        return InShort(counts, found["undecided"], f"{found['last'] or 0}.{digest}")

    def counts(self) -> dict[str, int]:
        """How many rows there are of each kind; nought for a kind without any."""
        return self.in_short().counts

    def written_counts(self) -> dict[str, int]:
        """How many entries a commit enters and how many it changes, by kind ("new" and "changed")."""
        chosen = Q(kind=BatchRow.Kind.CONFLICT, choice=BatchRow.Choice.FILE)
        of_both = Q(kind=BatchRow.Kind.CONFLICT) & (~Q(patch={}) | Q(had_patch=True))
        changed = Q(kind=BatchRow.Kind.CHANGED) | chosen | of_both
        return dict(self.aggregate(new=Count("pk", Q(kind=BatchRow.Kind.NEW)), changed=Count("pk", changed)))

    def undecided(self) -> Self:
        """Conflicts for which nobody has chosen yet."""
        return self.filter(kind=BatchRow.Kind.CONFLICT, choice="")

    def to_write(self) -> Self:
        """What a commit writes: new rows, changed ones, and conflicts with what was chosen."""
        return self.exclude(kind=BatchRow.Kind.ERROR)

    def writing_any_of(self, columns: Collection[str]) -> Self:
        """Rows about entries that are there, which write one of these columns, or would if so chosen."""
        named = Q(patch__has_any_keys=list(columns)) | Q(contested__has_any_keys=list(columns))
        return self.filter(named, kind__in=[BatchRow.Kind.CHANGED, BatchRow.Kind.CONFLICT]).order_by("number")

    def came_in_before(self, batch: Batch, within: str = "") -> Self:
        """The new rows of this very sheet of this very file that other batches have brought in: into what
        the column `within` says, such as the same audit, where the register has one."""
        same = {"register": batch.register, "sheet": batch.sheet, "file__sha256": batch.file.sha256}
        if within:
            same[f"for_new__{within}"] = batch.for_new.get(within)
        others = type(batch).objects.filter(state="committed", **same).exclude(pk=batch.pk)
        return self.filter(kind=BatchRow.Kind.NEW, batch__in=others.values("pk"))

    def entered_from(self, batch: Batch, register: str) -> dict[int, str]:
        """The references of what this very sheet of this very file brought into another register, by row."""
        same = {"register": register, "sheet": batch.sheet, "file__sha256": batch.file.sha256}
        others = type(batch).objects.filter(state="committed", **same).values("pk")
        rows = self.filter(kind=BatchRow.Kind.NEW, batch__in=others).order_by("batch_id")
        return dict(rows.values_list("number", "reference"))

    def known_as(self, batch: Batch, references: Collection[str]) -> dict[str, str]:
        """The register's reference of what earlier files of the same source brought in under one of theirs.

        The last counts where a reference was used twice; batches that were taken back do not.
        """
        of_source = {"register": batch.register, "source": batch.source, "state": "committed"}
        batches = type(batch).objects.filter(**of_source).values("pk")
        brought = self.filter(kind=BatchRow.Kind.NEW, batch__in=batches, theirs__in=list(references))
        return dict(brought.exclude(theirs="").order_by("pk").values_list("theirs", "reference"))

    def forget(self, state: str) -> None:
        """Let go of what is kept of the file alone, for a batch in this state.

        Of one that was committed, what did not come into the register: rows in error, and the file's values
        where the register was chosen. Of one that was taken back all values, and of one left all rows.
        """
        if state == "abandoned":
            self.delete()
            return
        self.exclude(remarks=[]).update(remarks=[])
        kind, choice = BatchRow.Kind, BatchRow.Choice
        gone = [["Row", "", "What was wrong was deleted together with the file"]]
        self.filter(kind=kind.ERROR).update(cells=[], title="", reference="", theirs="", faults=gone)
        register_counted = self.filter(kind=kind.CONFLICT, choice=choice.REGISTER)
        register_counted.update(contested={}, title="")
        if state == "undone":  # what such a row wrote beside the conflict still counts among the changed
            register_counted.exclude(patch={}).update(had_patch=True)
            self.update(title="", theirs="", before={}, patch={}, contested={})

    def checked(self) -> str:
        """What is another after each check, since each makes the rows anew."""
        return str(self.aggregate(last=Max("pk"))["last"] or 0)

    def seen(self) -> str:
        """What is another after each check and each choice.

        Pages post it back, so that nobody answers for rows that they were not shown.
        """
        return self.in_short().seen


class BatchRow(models.Model):
    """A row that would change something, or cannot be brought in. Rows that change nothing are only counted.

    `patch` holds the new values of the fields that the row changes and `before` the old ones, both by the
    name of the database column; `contested` those of a conflict, where the register has moved on since the
    file was written. `faults` name what is wrong: [heading, cell, sentence] each. `remarks` are sentences.
    """

    class Kind(models.TextChoices):
        """What the row would do."""

        NEW = "new", "New"
        CHANGED = "changed", "Changed"
        CONFLICT = "conflict", "Conflict"
        ERROR = "error", "Error"

    class Choice(models.TextChoices):
        """Whose values count where the file and the register differ."""

        FILE = "file", "The file"
        REGISTER = "register", "The register"

    batch = models.ForeignKey("exchange.Batch", models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="the row in the file")
    kind = models.CharField(max_length=8, choices=Kind)
    reference = models.CharField(max_length=40, blank=True, default="")
    theirs = models.CharField(
        max_length=40,
        blank=True,
        default="",
        help_text="the reference that the file gives it",
    )
    title = models.CharField(max_length=300, blank=True, default="")
    entry_id = models.BigIntegerField(null=True)
    version = models.BigIntegerField(null=True, help_text="the version that stood when the row was checked")
    before = models.JSONField(default=dict)
    patch = models.JSONField(default=dict)
    contested = models.JSONField(default=dict)
    had_patch = models.BooleanField(db_default=False, help_text="it wrote a patch that is let go of by now")
    faults = models.JSONField(default=list)
    choice = models.CharField(max_length=8, choices=Choice, blank=True, default="")
    cells = models.JSONField(default=list, help_text="the row as it came, where it is in error")
    remarks = models.JSONField(default=list, help_text="how cells were read that say several things at once")
    kept = models.JSONField(default=list, help_text="fields that an undo left, since others had changed them")

    objects = BatchRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="batch_row_stands_once", fields=["batch", "number"]),
            models.CheckConstraint(
                name="batch_row_kind_is_known", condition=Q(kind__in=["new", "changed", "conflict", "error"])
            ),
            models.CheckConstraint(
                name="batch_row_choice_is_of_a_conflict", condition=Q(choice="") | Q(kind="conflict")
            ),
            models.CheckConstraint(
                name="batch_row_in_error_names_its_fault", condition=~Q(kind="error") | ~Q(faults=[])
            ),
        ]

    def __str__(self) -> str:
        return f"Row {self.number}"

    @property
    def written(self) -> dict[str, Any]:
        """What a commit writes: in a conflict the file's values only if they were chosen."""
        chosen = self.contested if self.choice == BatchRow.Choice.FILE else {}
        return {**self.patch, **chosen}
