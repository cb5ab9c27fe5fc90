"""Facts on two clocks: appended, never edited; when they took effect, and when they were known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

if TYPE_CHECKING:
    from governance.figures.moment import Moment

Row = TypeVar("Row", bound="TwoClockRow")


class TwoClockQuerySet(models.QuerySet[Row]):
    """Which row stands at a moment."""

    def known(self, moment: Moment) -> Self:
        """Rows that the council knew of."""
        return self.filter(known_at__lt=moment.known_before)

    def live(self, moment: Moment) -> Self:
        """Rows that count at a moment: known, effective on or before the day, neither corrected by a row
        that was known nor saying "this never happened"."""
        known = self.model._default_manager.filter(known_at__lt=moment.known_before)
        counted = self.known(moment).filter(effective_on__lte=moment.as_at, void=False)
        # Said twice, since few rows correct any: so the database reads those few, and not all of them again.
        corrections = known.filter(corrects__isnull=False, corrects=OuterRef("pk"))
        return counted.exclude(Exists(corrections))

    def standing(self, moment: Moment) -> Self:
        """The row that stands for each subject (or for each of what `stands_by` names): one at most.

        Of the live rows the last by effective date, then place: no other live row of its own lies after it.
        What is filtered afterwards cannot change which row stands. Asked of each row and not of the table as
        a whole, so that the database needs no statistics to answer at once: it has none of what was brought
        in a moment ago.
        """
        every: Any = self.model._default_manager.all()
        same = {each: OuterRef(each) for each in self.model.stands_by or (self.model.subject,)}
        day, place = OuterRef("effective_on"), OuterRef("place")
        after = Q(effective_on__gt=day) | Q(effective_on=day, place__gt=place)
        return self.live(moment).filter(~Exists(every.live(moment).filter(after, **same)))


class TwoClockRow(models.Model):
    """One fact about a subject.

    `recorded_at` is the database's own clock. `known_at` equals it, unless a source document shows that
    the council knew earlier (history brought in). A row may take the place of one earlier row of the
    same subject (`corrects`), or say that it never happened (`void`). A trigger keeps all this, sets
    `place`, and refuses change (governance/figures/sql/two_clocks.sql).
    """

    effective_on = models.DateField("took effect on")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    known_at = models.DateTimeField(db_default=Now())
    source_document = models.CharField(max_length=200, blank=True, default="")
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    void = models.BooleanField("this never happened", default=False)
    place = models.BigIntegerField(db_default=0, editable=False)

    append_only: ClassVar[bool] = True
    subject: ClassVar[str]
    # The columns for which one row stands, where those are more than the subject: a kind of fact beside it.
    stands_by: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_void_corrects_something",
                condition=Q(void=False) | Q(corrects__isnull=False),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_known_by_the_time_recorded",
                condition=Q(known_at__lte=F("recorded_at")),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_known_earlier_by_a_document",
                condition=Q(known_at=F("recorded_at")) | ~Q(source_document=""),
            ),
        ]

    def save(self, *args: Any, **options: Any) -> None:
        """Append this row, and read back what the database set: recorded_at, known_at, place."""
        super().save(*args, **options)
        self.refresh_from_db(fields=["recorded_at", "known_at", "place"])
