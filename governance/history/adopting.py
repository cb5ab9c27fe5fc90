"""What holds from a day: drafted under a number, adopted, and never changed after that.

The matrix of risks, the rules of escalation and the rules for colours are such versions. That one in force
stands as it is, each room's SQL keeps.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import models, transaction
from django.db.models import Max

from governance.core.dates import long_date, today
from governance.core.locks import Lock, one_at_a_time
from governance.core.steps import StepError
from governance.history.models import Recorded
from governance.history.trail import because

if TYPE_CHECKING:
    from datetime import date

    from governance.figures.moment import Moment

A = TypeVar("A", bound="Adoptable")


class AdoptableQuerySet(models.QuerySet[A]):
    """Versions of what holds from a day."""

    def adopted(self) -> Self:
        """Those that are, were or will be in force, the latest first."""
        return self.filter(from_on__isnull=False).order_by("-from_on")

    def known(self, moment: Moment) -> Self:
        """Those adopted that were known to be at a moment and had begun by its day, the latest first."""
        versions: Any = self.model.history  # type: ignore[attr-defined]
        then = versions.before(moment.known_before).filter(from_on__isnull=False)
        return self.adopted().filter(from_on__lte=moment.as_at, pk__in=then.order_by().values("id"))

    def in_force(self, on: date) -> A | None:
        """The one that holds on a day; None before the first."""
        return self.adopted().filter(from_on__lte=on).first()


class Adoptable(Recorded):
    """One version. Subclasses have a `number`, and `from_on`, the day it comes into force: none in a draft.

    `said` names the columns in which something is written; numbering and adopting is not to write.
    """

    said: ClassVar[tuple[str, ...]]

    number: Any
    from_on: Any

    class Meta:
        abstract = True

    @property
    def standing(self) -> str:
        """In words: a draft, or in force from a day."""
        return f"In force from {long_date(self.from_on)}" if self.from_on else "Draft"

    @property
    def is_to_come(self) -> bool:
        """Is it adopted, and not in force yet?"""
        return self.from_on is not None and bool(self.from_on > today())

    def writers(self) -> set[int]:
        """The keys of everybody who has written in it, by its history; to put it in force is not to write."""
        versions = list(type(self).history.filter(id=self.pk).order_by("history_id"))  # type: ignore[attr-defined]
        wrote = {
            after.history_user_id
            for before, after in pairwise([None, *versions])
            if before is None or any(getattr(before, each) != getattr(after, each) for each in self.said)
        }
        for part in self.parts():
            wrote |= set(part.order_by().values_list("history_user_id", flat=True).distinct())
        return wrote - {None}

    def parts(self) -> Iterable[Any]:
        """The versions of the rows that it is made of beside its own, a QuerySet for each kind."""
        return ()


def next_number(versions: type[Adoptable], lock: Lock) -> int:
    """The number of a new draft; who else begins one waits until the end of the transaction."""
    one_at_a_time(lock)
    last: int | None = versions._default_manager.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def locked(version: A) -> A:
    """The version as it stands now, locked."""
    return type(version)._default_manager.select_for_update().get(pk=version.pk)


def draft_of(version: A) -> A:
    """The draft as it stands now, locked, to be written in. Raises StepError if it is no draft any more."""
    draft = locked(version)
    if draft.from_on:
        raise StepError(f"{draft} is adopted, so it stands as it is. Begin a new version")
    return draft


def put_in_force(
    draft: A, among: AdoptableQuerySet[A], *, from_on: date, reason: str, field: str | None = None
) -> A:
    """Let a draft, locked, hold from a day, after every other `among` those it follows.

    Raises StepError, about the `field`, where another holds from that day or a later one.
    """
    if later := among.adopted().filter(from_on__gte=from_on).first():
        raise StepError(f"{later} is in force from a day no earlier than that. Choose a later day", field)
    draft.from_on = from_on
    with because(reason):
        draft.save()
    return draft


@transaction.atomic
def withdraw(version: A, *, reason: str) -> A:
    """Put a version that is not in force yet back among the drafts. Raises StepError once it is."""
    adopted = locked(version)
    if adopted.from_on is None:
        raise StepError(f"{adopted} is a draft already")
    if not adopted.is_to_come:
        raise StepError(f"{adopted} is in force, so it stands as it is. Begin a new version")
    adopted.from_on = None
    with because(reason):
        adopted.save()
    return adopted


def refuse_adopted(draft: Adoptable) -> None:
    """Raises StepError for what is adopted already."""
    if draft.from_on:
        raise StepError(f"{draft} is adopted already: it is in force from {long_date(draft.from_on)}")
