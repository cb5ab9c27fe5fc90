"""The figures of action plans as plain SQL written by hand: what they are measured and compared with."""

from __future__ import annotations

from statistics import median
from typing import Any, NamedTuple

from django.db import connection

from actions.models import Status
from governance.demo.measuring import timed
from governance.figures.figure import FIGURES
from governance.figures.moment import Moment, Scope

TIMES = 5
COUNT = """
WITH standing AS (
  SELECT DISTINCT ON (u.action_id) u.action_id, u.status, u.effective_on
  FROM actions_progressupdate u
  WHERE u.known_at < %(known_before)s AND u.effective_on <= %(as_at)s AND NOT u.void
    AND NOT EXISTS (SELECT FROM actions_progressupdate c
                    WHERE c.corrects_id = u.id AND c.known_at < %(known_before)s)
  ORDER BY u.action_id, u.effective_on DESC, u.place DESC
), revision AS (
  SELECT DISTINCT ON (r.action_id) r.action_id, r.due_on
  FROM actions_daterevision r
  WHERE r.known_at < %(known_before)s AND r.effective_on <= %(as_at)s AND NOT r.void
    AND NOT EXISTS (SELECT FROM actions_daterevision c
                    WHERE c.corrects_id = r.id AND c.known_at < %(known_before)s)
  ORDER BY r.action_id, r.effective_on DESC, r.place DESC
), dependency AS (
  SELECT * FROM actions_dependency WHERE from_on <= %(as_at)s AND (until_on IS NULL OR until_on >= %(as_at)s)
), holding AS (
  SELECT * FROM people_postholding WHERE from_on <= %(as_at)s AND (until_on IS NULL OR until_on >= %(as_at)s)
)
SELECT count(*)
FROM standing s JOIN actions_action a ON a.id = s.action_id JOIN actions_actionplan p ON p.id = a.plan_id
WHERE (%(plans)s::text[] = '{}' OR p.code = ANY (%(plans)s))
  AND"""
DUE = "COALESCE((SELECT due_on FROM revision r WHERE r.action_id = a.id), a.original_due_on)"
OPEN = "s.status NOT IN ('completed', 'withdrawn')"
CONDITIONS = {
    "actions.total": "TRUE",
    **{f"actions.{status}": f"s.status = '{status}'" for status in Status},
    "actions.remaining": OPEN,
    "actions.overdue": f"{OPEN} AND {DUE} < %(as_at)s",
    "actions.waiting_for_actions": """s.status = 'not_started' AND EXISTS (
      SELECT FROM dependency d WHERE d.action_id = a.id AND d.holds_up = 'start' AND d.needs_post_id IS NULL
        AND NOT EXISTS (SELECT FROM standing n WHERE n.action_id = d.needs_action_id
                        AND n.status IN ('completed', 'withdrawn')))""",
    "actions.waiting_for_posts": """s.status = 'not_started' AND EXISTS (
      SELECT FROM dependency d WHERE d.action_id = a.id AND d.needs_post_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM holding h WHERE h.post_id = d.needs_post_id))""",
}


class Timing(NamedTuple):
    """One figure measured: what it says, what the bare SQL says, and the median milliseconds of each."""

    key: str
    value: int
    bare_value: int
    milliseconds: float
    bare_milliseconds: float


def count_bare(key: str, moment: Moment, scope: Scope) -> int:
    """The figure by hand. Raises KeyError for a figure that has no bare form."""
    asked: Any = {"as_at": moment.as_at, "known_before": moment.known_before, "plans": list(scope.plans)}
    with connection.cursor() as cursor:
        cursor.execute(f"{COUNT} {CONDITIONS[key]}", asked)
        return int(cursor.fetchone()[0])


def measure(moment: Moment, scope: Scope) -> list[Timing]:
    """Every figure that has a bare form, by turns with it."""
    return [_timing(key, moment, scope) for key in FIGURES if key in CONDITIONS]


def _timing(key: str, moment: Moment, scope: Scope) -> Timing:
    ours, bare = [], []
    for _ in range(TIMES):
        value, spent = timed(lambda: FIGURES[key].value(moment, scope))
        ours.append(spent)
        bare_value, spent = timed(lambda: count_bare(key, moment, scope))
        bare.append(spent)
    return Timing(key, value, bare_value, median(ours), median(bare))
