"""Risks in numbers, each with as many scores as asked, a month apart: for measuring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models.functions import Now

from governance.core.dates import today
from governance.demo.plans import NOON, known_at
from governance.people.models import User
from risks.models import Assessment, MatrixCell, Risk, RiskMatrix
from risks.representations.definition import shipped
from risks.services.matrix import adopt, begin

SOURCE = "Made by make_register"
MONTH = timedelta(days=30)
BEGAN = timedelta(days=365 * 10)  # ago: the matrix, where the council has none yet


def score_all(risks: Sequence[Risk], number: int, by: User) -> int:
    """Give each risk so many current scores, the last of today; how many were made."""
    days = [today() - MONTH * n for n in reversed(range(number))]
    if not RiskMatrix.objects.adopted().exists():
        adopt(begin(shipped()["five_by_five"]), from_on=today() - BEGAN, reason=SOURCE)
    made = 0
    for turn, day in enumerate(days):
        made += len(Assessment.objects.bulk_create(_scores(risks, turn, day, by), batch_size=5_000))
    return made


def _scores(risks: Sequence[Risk], turn: int, day: date, by: User) -> Iterator[Assessment]:
    """One for each risk: the cells of the day's matrix by turns, so that each moves now and then."""
    cells = list(MatrixCell.objects.filter(matrix=RiskMatrix.objects.in_force(day)).order_by("pk"))
    if not cells:
        return
    for n, risk in enumerate(risks):
        yield Assessment(
            risk=risk,
            kind=Assessment.Kind.CURRENT,
            cell=cells[(n * 7 + turn * 3) % len(cells)],
            reason=f"Score {turn + 1}",
            effective_on=day,
            known_at=known_at(day, NOON, n) or Now(),
            source_document=SOURCE,
            recorded_by=by,
            recorded_as=by.post_title,
        )
