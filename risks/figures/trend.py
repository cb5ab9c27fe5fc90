"""How the figures of risks went over a period: their values at many days, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from governance.figures.moment import Moment, Scope
from governance.figures.statement import Question, Row, ask
from governance.people.registers.versions import instant_of
from risks.figures.cells import scores, standing
from risks.figures.register import total
from risks.figures.scores import above_appetite, above_tolerance
from risks.models import Risk

SHOWN = (total, above_appetite, above_tolerance)
AT_EACH = """
WITH day AS (
  SELECT * FROM unnest(%s::date[], %s::timestamptz[]) AS d (as_at, instant)
)
SELECT day.as_at, count(risk.id) AS total,
  count(*) FILTER (WHERE level.rank > matrix.appetite) AS above_appetite,
  count(*) FILTER (WHERE level.rank > matrix.tolerance) AS above_tolerance
FROM day
LEFT JOIN entered risk ON risk.began < day.instant AND risk.ended >= day.instant
LEFT JOIN span_now span ON span.risk = risk.id AND span.from_on <= day.as_at
  AND (span.until_on IS NULL OR span.until_on > day.as_at)
LEFT JOIN risks_matrixcell cell ON cell.id = span.cell
LEFT JOIN risks_matrixlevel level ON level.id = cell.level_id
LEFT JOIN risks_riskmatrix matrix ON matrix.id = cell.matrix_id
GROUP BY day.as_at
"""

BEGAN = Question("SELECT min(history_date) AS began FROM risks_historicalrisk", {})


class At(NamedTuple):
    """The values of SHOWN at a day."""

    day: date
    values: tuple[int, ...]

    def addresses(self, known: Moment, scope: Scope) -> list[str]:
        """The way to the rows behind each value."""
        moment = Moment(self.day, known.known_before)
        return [figure.address(moment, scope) for figure in SHOWN]


def trend(days: Sequence[date], known: Moment, scope: Scope) -> list[At]:
    """The values of SHOWN at each day, as known at the moment; one query (a test compares each).

    A day's score is the one that stood then, so the moment's own day must not lie before any of them.
    """
    (rows,) = ask(question(days, known, scope))
    return answer(rows)


def question(days: Sequence[date], known: Moment, scope: Scope) -> Question:
    """What is to be asked for that."""
    versions: Any = Risk.history.exclude(history_type="-")
    entered = versions.on_the_register().within(scope)
    named = standing(known, scope, "now") | {
        "entered (id, began, ended)": entered.values_list("id", "history_date", "history_until")
    }
    instants = [instant_of(Moment(day, known.known_before)) for day in days]
    return Question(AT_EACH, named, [list(days), instants], scores("now"))


def answer(rows: Sequence[Row]) -> list[At]:
    """The values as they were answered, the earliest day first."""
    found = [
        At(date.fromisoformat(row["as_at"]), (row["total"], row["above_appetite"], row["above_tolerance"]))
        for row in rows
    ]
    return sorted(found)


def began(rows: Sequence[Row]) -> datetime | None:
    """The answer to BEGAN: when the first risk was entered, None before that."""
    said = rows[0]["began"]
    return datetime.fromisoformat(said) if said else None
