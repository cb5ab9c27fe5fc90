"""Scores counted together: every figure of scores by cell and by unit, in one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db.models import IntegerField, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from governance.figures.figure import figure
from governance.figures.moment import Moment, Scope
from governance.figures.statement import Question, Row, ask
from risks.figures.register import ownerless, total
from risks.figures.scores import (
    SCORED,
    TWO_CLOCKS,
    above_appetite,
    above_tolerance,
    by_level,
    overdue_review,
    unscored,
)
from risks.models import Assessment

COUNTED = """
SELECT GROUPING(score.cell) = 0 AS is_cell, score.cell, risk.unit, count(*) AS total,
  count(*) FILTER (WHERE level.rank > matrix.appetite) AS above_appetite,
  count(*) FILTER (WHERE level.rank > matrix.tolerance) AS above_tolerance,
  count(*) FILTER (WHERE score.from_on + make_interval(months => level.review_months) < %s) AS overdue_review,
  count(*) FILTER (WHERE score.cell IS NULL) AS unscored,
  count(*) FILTER (WHERE risk.ownerless) AS ownerless
FROM risk_{at} risk
LEFT JOIN score_{at} score ON score.risk = risk.id
LEFT JOIN risks_matrixcell cell ON cell.id = score.cell
LEFT JOIN risks_matrixlevel level ON level.id = cell.level_id
LEFT JOIN risks_riskmatrix matrix ON matrix.id = cell.matrix_id
GROUP BY GROUPING SETS ((score.cell), (risk.unit))
"""
SPANS = """
SELECT id, risk, cell, from_on, lead(from_on) OVER (PARTITION BY risk ORDER BY from_on, place) AS until_on
FROM held_{at}
"""
LAST = "SELECT id, risk, cell, from_on FROM span_{at} WHERE until_on IS NULL"
PLACED = replace(
    SCORED,
    dimensions={
        **SCORED.dimensions,
        "likelihood": "likelihood",
        "impact": "impact",
        "matrix": "matrix_key",
    },
)


@figure(
    "risks.by_cell",
    title="Risks by likelihood and impact",
    definition="Open risks at the end of the date that have a current score, by the likelihood and the "
    f"impact that it gives and the version of the matrix it was made under. {TWO_CLOCKS}",
    shape=PLACED,
)
def by_cell(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Those that are scored, each with its cell."""
    names = {"likelihood": "likelihood", "impact": "impact", "matrix_key": "matrix"}
    found: QuerySet[Any] = by_level.rows(moment, scope).annotate(
        **{name: Cast(KeyTextTransform(key, "current"), IntegerField()) for name, key in names.items()}
    )
    return found


class Count(NamedTuple):
    """The figures of scores for some of the risks."""

    total: int = 0
    above_appetite: int = 0
    above_tolerance: int = 0
    overdue_review: int = 0
    unscored: int = 0
    ownerless: int = 0

    def plus(self, other: Count) -> Count:
        """Both together."""
        return Count(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


FIGURES = {
    "total": total,
    "above_appetite": above_appetite,
    "above_tolerance": above_tolerance,
    "overdue_review": overdue_review,
    "unscored": unscored,
    "ownerless": ownerless,
}


@dataclass(frozen=True)
class Counted:
    """The figures by cell (by its key; None for risks that have no score) and by unit (by its code)."""

    by_cell: Mapping[int | None, Count]
    by_unit: Mapping[str, Count]

    @property
    def whole(self) -> Count:
        """The figures of all."""
        found = Count()
        for each in self.by_unit.values():
            found = found.plus(each)
        return found


def counted(moment: Moment, scope: Scope) -> Counted:
    """Every figure of FIGURES by cell and by unit, in one query (a test compares each)."""
    (rows,) = ask(question(moment, scope, "now"))
    return answer(rows)


def question(moment: Moment, scope: Scope, at: str) -> Question:
    """What is to be asked for the figures at a moment; `at` names it where several are asked together."""
    return Question(COUNTED.format(at=at), standing(moment, scope, at), [moment.as_at], scores(at))


def standing(moment: Moment, scope: Scope, at: str) -> dict[str, Any]:
    """The open risks of a moment, and every current score that counted by then, as rows for questions."""
    live: Any = Assessment.objects.live(moment).filter(kind=Assessment.Kind.CURRENT)
    return {
        f"risk_{at} (id, unit, ownerless)": total.rows(moment, scope).values_list(
            "id", "unit__code", "ownerless"
        ),
        f"held_{at} (id, risk, cell, from_on, place)": live.values_list(
            "pk", "risk_id", "cell_id", "effective_on", "place"
        ),
    }


def scores(at: str) -> dict[str, str]:
    """Over those: `span_…`, from when to when each score stood, and `score_…`, those that stand still."""
    return {f"span_{at}": SPANS.format(at=at), f"score_{at}": LAST.format(at=at)}


def answer(rows: Sequence[Row]) -> Counted:
    """The figures as they were answered."""
    counts = [(row, Count(*(row[name] for name in Count._fields))) for row in rows]
    return Counted(
        by_cell={row["cell"]: count for row, count in counts if row["is_cell"]},
        by_unit={row["unit"]: count for row, count in counts if not row["is_cell"]},
    )
