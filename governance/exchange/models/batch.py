"""A file brought in, as a batch that can be taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from governance.exchange.models.file import BatchFile, FoundTable
from governance.exchange.models.source import Source
from governance.history.models import History, Recorded
from governance.people.models import User
from governance.people.registers.sheet import SHEETS

if TYPE_CHECKING:
    from governance.exchange.models.row import BatchRowQuerySet


CHECKED_ANEW = (
    "The file was checked again, or somebody chose otherwise, since you opened the page, so nothing was "
    "written. Look at it as it is now"
)

# What an officer ticks who brings in a list with numbers of its own.
UNKNOWN_ARE_NEW = "Rows whose reference is not in the register come in as new, under new references"


class NotReadyError(Exception):
    """A batch with which that cannot be done as it is; its words say why."""


class BatchQuerySet(models.QuerySet["Batch"]):
    """Batches, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """Those of the registers into which the person may bring files."""
        mine = [key for key, sheet in SHEETS.items() if person.has_perm(sheet.bring_in)]
        return self.filter(register__in=mine)

    def for_list(self) -> Self:
        """Everything a row of the list shows, without the files themselves."""
        return self.select_related("source", "by").defer("mapping").order_by("-pk")

    def for_change(self) -> Self:
        """Locked to the end of the transaction: of two who commit, the second sees that it is done."""
        return self.select_for_update(of=("self",))

    def of_one_file_with(self, batch_id: int) -> Self:
        """The batch and all others of the very same file, in the order in which to lock them."""
        file = self.filter(pk=batch_id).values("file__sha256")[:1]
        return self.filter(file__sha256=file).order_by("pk")

    def options_of_last(self, source: Source) -> dict[str, Any]:
        """How the last file of the source whose columns were matched was taken; nothing for the first."""
        matched = self.filter(source=source).exclude(mapping={}).order_by("-pk")
        return dict(matched.values("blank_means_empty", "unknown_are_new", "for_new").first() or {})

    def at_rest_since(self, moment: datetime) -> Self:
        """Those with which nothing has happened since, and whose file is not emptied yet."""
        rested = Batch.history.standing().filter(history_date__lt=moment)
        return self.filter(file__emptied_at=None, pk__in=rested.order_by().values("id")).order_by("pk")

    def of_the_same_file(self, batch: Batch) -> Self:
        """Earlier batches of the very same file."""
        same = self.filter(register=batch.register, file__sha256=batch.file.sha256, pk__lt=batch.pk)
        return same.exclude(state=Batch.State.ABANDONED).order_by("-pk")


class Batch(Recorded):
    """A file on its way into a register: uploaded, matched and checked, committed, perhaps taken back."""

    class State(models.TextChoices):
        """How far it is."""

        UPLOADED = "uploaded", "Uploaded"
        CHECKED = "checked", "Checked"
        COMMITTED = "committed", "Committed"
        UNDONE = "undone", "Undone"
        ABANDONED = "abandoned", "Abandoned"

    register = models.SlugField(max_length=40)
    source = models.ForeignKey(Source, models.PROTECT, related_name="batches")
    file = models.OneToOneField(BatchFile, models.PROTECT, related_name="batch")
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="uploaded by")
    uploaded_at = models.DateTimeField(db_default=Now())
    sheet = models.CharField(max_length=200, blank=True, default="")
    heading_row = models.PositiveIntegerField("row of the headings", default=1)
    mapping = models.JSONField("columns", default=dict)
    blank_means_empty = models.BooleanField(
        "a blank cell empties the field",
        default=False,
        help_text="else a blank cell leaves the field as it is",
    )
    unknown_are_new = models.BooleanField(
        "references that are not in the register are new entries", default=False
    )
    for_new = models.JSONField(
        "of new entries", default=dict, help_text="words for columns of which a new row says nothing"
    )
    row_count = models.PositiveIntegerField("rows", default=0)
    unchanged_count = models.PositiveIntegerField("rows that change nothing", default=0)

    objects = BatchQuerySet.as_manager()
    history = History()
    rows: BatchRowQuerySet
    found: FoundTable

    class Meta:
        verbose_name_plural = "batches"
        constraints = [
            models.CheckConstraint(
                name="batch_state_is_known",
                condition=Q(state__in=["uploaded", "checked", "committed", "undone", "abandoned"]),
            ),
            models.CheckConstraint(
                name="batch_changes_no_more_than_it_has",
                condition=Q(unchanged_count__lte=models.F("row_count")),
            ),
            models.CheckConstraint(name="batch_has_headings", condition=Q(heading_row__gte=1)),
        ]

    def __str__(self) -> str:
        return f"Batch {self.pk}: {self.file_name}"

    def get_absolute_url(self) -> str:
        """The page for the state it is in."""
        page = "match" if self.state == Batch.State.UPLOADED else "batch"
        return reverse(f"exchange:{page}", args=[self.pk])

    @property
    def register_name(self) -> str:
        """What the register that it is for holds: "Assets"."""
        return SHEETS[self.register].plural.capitalize()

    @property
    def is_open(self) -> bool:
        """Has nothing been written yet?"""
        return self.state in (Batch.State.UPLOADED, Batch.State.CHECKED)

    @property
    def reason(self) -> str:
        """What the history of each entry says."""
        return f"Imported from {self.file_name}, batch {self.pk}"

    # Changes

    def move_to(self, state: str, **also: Any) -> None:
        """Let it be in another state; `also` are fields that change with it."""
        for name, value in (also | {"state": state}).items():
            setattr(self, name, value)
        self.save(update_fields=["state", *also])

    def hold_open(self) -> None:
        """Lock it to the end of the transaction. Raises NotReadyError once it is committed or left."""
        standing = Batch.objects.for_change().get(pk=self.pk)
        if not standing.is_open:
            raise NotReadyError(f"Batch {self.pk} is {standing.get_state_display().lower()} by now")

    def choose(self, choice: str, numbers: Collection[int] | None = None, *, seen: str) -> None:
        """Let the file or the register count in these rows in conflict, or in all.

        Raises NotReadyError, also if the rows are not those that were seen.
        """
        with transaction.atomic():
            self.hold_open()
            if seen.partition(".")[0] != self.rows.checked():
                raise NotReadyError(CHECKED_ANEW)
            conflicts = self.rows.filter(kind="conflict")
            (conflicts if numbers is None else conflicts.filter(number__in=numbers)).update(choice=choice)

    def abandon(self) -> bool:
        """Leave it, if nothing has been written; was it left now?"""
        with transaction.atomic():
            standing = Batch.objects.for_change().get(pk=self.pk)
            if standing.is_open:
                standing.move_to(Batch.State.ABANDONED)
            return standing.state == Batch.State.ABANDONED

    def empty_file(self) -> bool:
        """Empty the file, with what of it is kept besides; abandon it first if it is still open.

        What came into the register stays, and can still be taken back; of what was taken back only which
        entries it was about. Was it emptied now?
        """
        with transaction.atomic():
            standing = Batch.objects.for_change().select_related("file").defer("file__data").get(pk=self.pk)
            if standing.file.emptied_at:
                return False
            if standing.is_open:
                standing.move_to(Batch.State.ABANDONED)
            standing.rows.forget(standing.state)
            FoundTable.objects.filter(batch=standing).delete()
            standing.file.empty()
            return True

    def read_at(self, sheet: str, heading_row: int, row_count: int) -> None:
        """Read the table on another sheet, or below another row: its columns have to be matched anew.

        Raises NotReadyError.
        """
        counts = {"row_count": row_count, "unchanged_count": 0}
        with transaction.atomic():
            self.hold_open()
            self.rows.all().delete()
            self.move_to(self.State.UPLOADED, sheet=sheet, heading_row=heading_row, mapping={}, **counts)
