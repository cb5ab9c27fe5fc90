"""What moved between two moments: risks that are new, gone, up or down, each with the reason given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from governance.figures.moment import Moment, Scope
from governance.figures.statement import Question, Row, ask
from governance.people.registers.versions import instant_of
from risks.figures.cells import scores, standing
from risks.models import Risk

if TYPE_CHECKING:
    from governance.people.models import User

# Each way to have moved: its words as a heading, and what they mean. The order is that of the list.
KINDS = {
    "up": ("Up", "At a higher level, or with a higher score within it, than before."),
    "new": ("New", "Open now, and not open or not in these units before."),
    "scored": ("Scored for the first time", "Open before without any score."),
    "again": ("Scored under another matrix", "Before and after cannot be compared."),
    "unscored": ("Score taken back", "Scored before, and without a score now."),
    "down": ("Down", "At a lower level, or with a lower score within it, than before."),
    "left": ("Closed or moved away", "Open before, and not open or not in these units now."),
}
NOUGHT = dict.fromkeys(KINDS, 0)
MOVED = """
WITH compared AS (
  SELECT coalesce(n.id, t.id) AS id, ns.id AS assessment, nc.id AS now_cell, tc.id AS then_cell,
    CASE
      WHEN t.id IS NULL THEN 'new'
      WHEN n.id IS NULL THEN 'left'
      WHEN nc.id IS NOT DISTINCT FROM tc.id THEN NULL
      WHEN tc.id IS NULL THEN 'scored'
      WHEN nc.id IS NULL THEN 'unscored'
      WHEN nc.matrix_id <> tc.matrix_id THEN 'again'
      WHEN (nl.rank, nc.likelihood * nc.impact) > (tl.rank, tc.likelihood * tc.impact) THEN 'up'
      WHEN (nl.rank, nc.likelihood * nc.impact) < (tl.rank, tc.likelihood * tc.impact) THEN 'down'
    END AS kind
  FROM risk_now n
  FULL JOIN risk_then t ON t.id = n.id
  LEFT JOIN score_now ns ON ns.risk = n.id
  LEFT JOIN risks_matrixcell nc ON nc.id = ns.cell
  LEFT JOIN risks_matrixlevel nl ON nl.id = nc.level_id
  LEFT JOIN score_then ts ON ts.risk = t.id
  LEFT JOIN risks_matrixcell tc ON tc.id = ts.cell
  LEFT JOIN risks_matrixlevel tl ON tl.id = tc.level_id
), moved AS MATERIALIZED (
  SELECT * FROM compared WHERE kind IS NOT NULL AND id IN (SELECT id FROM seen)
), shown AS (
  SELECT moved.*, v.reference, v.title, v.history_change_reason,
    array_position(%s::text[], kind) AS turn
  FROM moved
  JOIN risks_historicalrisk v
    ON v.id = moved.id AND v.history_date < %s AND v.history_until >= %s AND v.history_type <> '-'
  WHERE %s = '' OR kind = %s
  ORDER BY turn, v.reference LIMIT %s OFFSET %s
)
SELECT counts.kind, counts.number, shown.turn, shown.reference, shown.title, shown.then_cell, shown.now_cell,
  coalesce(a.reason, '') AS reason, a.effective_on AS scored_on, coalesce(a.recorded_as, '') AS scored_as,
  coalesce(shown.history_change_reason, '') AS change
FROM (SELECT kind, count(*) AS number FROM moved GROUP BY kind) counts
LEFT JOIN shown ON shown.kind = counts.kind
LEFT JOIN risks_assessment a ON a.id = shown.assessment
"""


class Moved(NamedTuple):
    """One risk that moved: how, from which cell to which (by key), and what was said of it.

    `reason` is that of the score that stands now; `change` that of the last change of its entry.
    """

    kind: str
    reference: str
    title: str
    then_cell: int | None
    now_cell: int | None
    reason: str
    scored_on: date | None
    scored_as: str
    change: str


@dataclass(frozen=True)
class Movement:
    """How many moved in each way, and those that are listed, the ways in the order of KINDS."""

    counts: Mapping[str, int]
    rows: Sequence[Moved]


@dataclass(frozen=True)
class Between:
    """Two moments, what is compared at both, and for whom: nobody is told of what they may not open."""

    earlier: Moment
    later: Moment
    scope: Scope
    person: User

    def movement(self, *, kind: str = "", start: int = 0, most: int = 50) -> Movement:
        """The counts of all ways, and so many rows of one `kind` (or of all) from `start`; one query."""
        (rows,) = ask(self.question(kind=kind, start=start, most=most))
        return answer(rows)

    def question(self, *, kind: str = "", start: int = 0, most: int = 50) -> Question:
        """What is to be asked for that."""
        seen = {"seen (id)": Risk.objects.visible_to(self.person).values_list("pk")}
        now, then = standing(self.later, self.scope, "now"), standing(self.earlier, self.scope, "then")
        instant = instant_of(self.later)
        values = [list(KINDS), instant, instant, kind, kind, most, start]
        return Question(MOVED, now | then | seen, values, scores("now") | scores("then"))


def answer(rows: Sequence[Row]) -> Movement:
    """The movement as it was answered."""
    shown = [row for row in rows if row["reference"] is not None]
    return Movement(
        counts=NOUGHT | {row["kind"]: row["number"] for row in rows},
        rows=[_moved(row) for row in sorted(shown, key=lambda row: (row["turn"], row["reference"]))],
    )


def _moved(row: Row) -> Moved:
    on = row["scored_on"]
    said = {name: row[name] for name in Moved._fields}
    return Moved(**said | {"scored_on": date.fromisoformat(on) if on else None})
