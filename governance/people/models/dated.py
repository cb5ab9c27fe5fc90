"""Facts with a first and a last day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q

from governance.history.models import Documented, DocumentedVersionQuerySet, VersionQuerySet

if TYPE_CHECKING:
    from governance.figures.moment import Moment


class DatedVersionQuerySet(VersionQuerySet):
    """Versions of such rows: what was recorded of them by an instant."""

    def in_force(self, on: date) -> Self:
        """Those that, as recorded, hold on that day."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


class DatedQuerySet(models.QuerySet[Any]):
    """Rows that hold from a day to a day, both included; an open end means still in force."""

    def in_force(self, on: date) -> Self:
        """Those that hold on that day."""
        return self.not_over(on).filter(from_on__lte=on)

    def for_change(self) -> Self:
        """Locked to the end of the transaction: of two who change one, the second sees what the first did."""
        return self.select_for_update(no_key=True, of=("self",))

    def not_over(self, on: date) -> Self:
        """Those that hold on that day or will hold later."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=on))


class Dated(models.Model):
    """A fact with a first and a last day."""

    from_on = models.DateField("from")
    until_on = models.DateField("until", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
            )
        ]

    def is_in_force(self, on: date) -> bool:
        """Whether it holds on that day."""
        return self.from_on <= on and not self.is_over(on)

    def is_over(self, on: date) -> bool:
        """Whether its last day is past on that day: it then stays as it is."""
        return self.until_on is not None and self.until_on < on

    def may_end_from(self, on: date) -> date:
        """The earliest last day that can be set on that day: the day before, for what has begun by then."""
        return max(self.from_on, on - timedelta(days=1))

    def end(self, on: date) -> None:
        """Let it hold until that day, the day included. What held before stays: nothing is deleted."""
        self.until_on = on
        self.save(update_fields=["until_on"])


class KnownVersionQuerySet(DocumentedVersionQuerySet, DatedVersionQuerySet):  # type: ignore[override]
    """Versions of dated facts that a document may show to have been known earlier."""


class Known(Documented, Dated):
    """A dated fact that is read as it was known. Subclasses declare their history with its querysets."""

    class Meta(Dated.Meta):
        abstract = True
        constraints = [*Dated.Meta.constraints, *Documented.Meta.constraints]

    @classmethod
    def at(cls, moment: Moment) -> Any:
        """What holds on the day by what was known at the moment; as it is recorded now where all is."""
        rows: Any = cls
        known = rows.objects if moment.knows_all else rows.history.known(moment.known_before)
        return known.in_force(moment.as_at)
