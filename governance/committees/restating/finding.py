"""What is found to differ from what was published is written down once, and again when it changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from governance.committees.models import Paper, PublishedFigure, Restatement
from governance.committees.restating.causes import causes_of
from governance.committees.restating.comparing import Difference, comparable, compare
from governance.core.clock import clock
from governance.core.locks import Lock, one_at_a_time

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


@dataclass(frozen=True)
class Found:
    """How many figures of how many papers were compared, and what was written of them."""

    figures: int
    papers: int
    written: Sequence[Restatement]

    def __str__(self) -> str:
        opened = [each for each in self.written if each.number == 1]
        same = [each for each in self.written if not each.differs]
        changed = len(self.written) - len(opened) - len(same)
        return (
            f"{self.figures:,} figures of {self.papers:,} papers compared with what is known: "
            f"{len(opened):,} restated, {changed:,} restated again, {len(same):,} no longer different"
        )


def find(known_before: datetime | None = None, papers: QuerySet[Paper] | None = None) -> Found:
    """Compare every figure issued here (or of some papers) with what is known now, or before an instant.

    What is asked is asked without a lock; what is written is compared with what others found meanwhile.
    """
    known = known_before or clock()
    told = comparable(PublishedFigure.objects.filter(paper__state=Paper.State.ISSUED))
    if papers is not None:
        told = told.filter(paper__in=papers.values("pk"))
    differences = list(compare(told.order_by("paper", "position"), known))
    return Found(len(differences), len({each.figure.paper_id for each in differences}), keep(differences))


def keep(differences: Iterable[Difference]) -> list[Restatement]:
    """Write down what nobody has written: a figure that differs, differs otherwise, or differs no more."""
    compared = list(differences)
    with transaction.atomic():
        one_at_a_time(Lock.RESTATEMENTS)
        figures = [each.figure.pk for each in compared]
        last = {each.figure_id: each for each in Restatement.objects.standing().filter(figure__in=figures)}
        new = [each for each in compared if _is_new(each, last.get(each.figure.pk))]
        return Restatement.objects.bulk_create(_rows(new, last))


def _is_new(found: Difference, last: Restatement | None) -> bool:
    if last is None:
        return bool(found)
    return not found.is_said_by(last) and found.known_before > last.known_before


def _rows(new: Sequence[Difference], last: dict[int, Restatement]) -> Iterator[Restatement]:
    for found, causes in zip(new, causes_of(new), strict=True):
        before = last.get(found.figure.pk)
        yield Restatement(
            figure=found.figure,
            number=before.number + 1 if before else 1,
            known_before=found.known_before,
            now=found.now,
            came=[each.as_json() for each in found.came],
            went=[each.as_json() for each in found.went],
            causes=causes,
        )
