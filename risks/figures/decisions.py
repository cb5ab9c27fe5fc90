"""Decisions counted together: figures of escalation and acceptance in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from governance.figures.moment import Moment, Scope
from governance.figures.statement import Question, Row, ask
from risks.figures import acceptance, cells, escalation
from risks.figures.asked import rules_at
from risks.figures.register import total
from risks.models import Acceptance, RegisterLevel

# Inside: what is true of each open risk, by the comparisons of the figures; a test holds one to the other.
COUNTED = """
SELECT count(*) FILTER (WHERE crossed OR late) AS escalated,
  count(*) FILTER (WHERE crossed) AS escalated_appetite,
  count(*) FILTER (WHERE late) AS escalated_overdue,
  count(*) FILTER (WHERE low) AS below_register,
  count(*) FILTER (WHERE state = 'standing' AND until <= %s) AS due,
  count(*) FILTER (WHERE state = 'expired') AS expired,
  count(*) FILTER (WHERE state = 'suspended') AS suspended
FROM (
  SELECT
    level.rank > matrix.appetite AND NOT coalesce(answer.state = 'standing', false) AS crossed,
    (score.from_on + make_interval(months => level.review_months))::date < %s - CASE
      WHEN level.rank > matrix.tolerance THEN rules.beyond
      WHEN level.rank > matrix.appetite THEN rules.above
      ELSE rules.within END AS late,
    array_position(%s, level.belongs_on::text) > array_position(%s, stands.register::text) AS low,
    answer.state, answer.until
  FROM stands_{at} stands
  LEFT JOIN score_{at} score ON score.risk = stands.id
  LEFT JOIN risks_matrixcell cell ON cell.id = score.cell
  LEFT JOIN risks_matrixlevel level ON level.id = cell.level_id
  LEFT JOIN risks_riskmatrix matrix ON matrix.id = cell.matrix_id
  LEFT JOIN answer_{at} answer ON answer.risk = stands.id
    AND answer.state IN ('standing', 'suspended', 'expired')
  LEFT JOIN rules_{at} rules ON true
) waiting
"""


class Decisions(NamedTuple):
    """The figures of what waits for a decision, of all risks in a scope."""

    escalated: int
    escalated_appetite: int
    escalated_overdue: int
    below_register: int
    due: int
    expired: int
    suspended: int

    @property
    def by_key(self) -> dict[str, int]:
        """Each under the key of its figure."""
        return {FIGURES[name].key: number for name, number in self._asdict().items()}


FIGURES = {
    "escalated": escalation.escalated,
    "escalated_appetite": escalation.escalated_appetite,
    "escalated_overdue": escalation.escalated_overdue,
    "below_register": escalation.below_register,
    "due": acceptance.due,
    "expired": acceptance.expired,
    "suspended": acceptance.suspended,
}


def counted(moment: Moment, scope: Scope) -> Decisions:
    """Every figure of FIGURES in one query (a test compares each)."""
    (rows,) = ask(question(moment, scope, "now"))
    return answer(rows)


def question(moment: Moment, scope: Scope, at: str) -> Question:
    """What is to be asked for them at a moment; `at` names it where several are asked together."""
    answers: Any = Acceptance.objects.at(moment)
    named = {
        **cells.standing(moment, scope, at),
        f"stands_{at} (id, register)": total.rows(moment, scope).values_list("id", "register_level"),
        f"answer_{at} (risk, state, until)": answers.values_list("risk_id", "state", "until"),
        **rules_at(moment, at),
    }
    places = [str(place) for place in RegisterLevel]
    values = [moment.as_at + acceptance.WARNED, moment.as_at, places, places]
    return Question(COUNTED.format(at=at), named, values, cells.scores(at))


def answer(rows: Sequence[Row]) -> Decisions:
    """The figures as they were answered."""
    (row,) = rows
    return Decisions(**row)
