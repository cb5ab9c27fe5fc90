"""Every figure of a plan's page counted together: by status, colour, area, owner, unit and milestone."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Q

from actions.figures.gathered import Gathered, gathered
from actions.figures.progress import standing
from actions.models import Status
from actions.models.colour import COLOURED, OPEN
from actions.models.completion import IS_CLAIMED
from actions.models.dates import LATER, first_past, now_past, with_dates
from governance.colours.models import lines_of, with_colours
from governance.colours.models.computing import KeptLine
from governance.figures.moment import Scope
from governance.figures.statement import Question, Row, ask, compiled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from governance.colours.models.computing import Line
    from governance.figures.moment import Moment
    from governance.figures.statement import Steps
    from governance.people.models import User

# By what a plan's page breaks its figures down, and offers its actions to be filtered. Counted is by keys: to
# name ten thousand rows and then to sort them by their names takes longer than to count them.
NAMED = """
SELECT area.title AS area, area.code AS area_code, owner.title AS owner, owner.code AS owner_code,
  unit.name AS unit, unit.code AS unit_code, counted.*
FROM counted LEFT JOIN actions_scopearea area ON area.id = counted.area_id
JOIN people_post owner ON owner.id = counted.owner_id
JOIN people_organisationalunit unit ON unit.id = owner.unit_id
ORDER BY area.position, area.title, owner.title
"""
KEYS = ("status", "colour", "area_id", "owner_id", "milestone_id")
ROW = ("id", "colour", "override", "due_then", "is_overdue")
# What is gathered has its facts and its overrides already.
GATHERED = replace(COLOURED, facts=lambda rows, moment: rows, overridden=lambda rows, moment: rows)


def counts_by_facet(
    moment: Moment, scope: Scope, person: User, lines: Sequence[Line] | None = None
) -> list[Row]:
    """Every figure of a plan, with those of dates, completions and evidence, by status, colour, scope area,
    owner, unit and milestone, in one query (and one for the rule of the day, unless its `lines` are given):
    their grouped form (tests compare).

    Each row has `status`, `colour`, name and code of `area` (None outside every area), `owner` and `unit`,
    `milestone_id` or None, `rows`, a count for each figure under its name, `open`: how many of the rows this
    person may open, and `latest_due`: the latest day agreed for those that are open, such as 2017-07-31; None
    where there is none.
    """
    counted, _ = counts_with_rows(moment, scope, person, lines)
    return counted


def counts_with_rows(
    moment: Moment,
    scope: Scope,
    person: User,
    lines: Sequence[Line] | None = None,
    rows: slice = slice(0, 0),
) -> tuple[list[Row], list[Row]]:
    """The same, and in the same query some of the rows that this person may open, in the order of their
    references: of each the key of its update as `id`, and its facts by the names in `ROW`."""
    steps = gathered(moment, scope, person)
    of_day = lines_of(COLOURED, moment) if lines is None else lines
    counted, shown = _written(moment, tuple(_said(each) for each in of_day), rows.start, rows.stop)
    asked = [Question(NAMED, {}, steps={**steps, **counted})]
    if shown:
        asked.append(Question("SELECT * FROM shown", {}, steps=shown))
    found = ask(*asked)
    return found[0], found[1] if shown else []


@lru_cache(maxsize=256)
def _written(moment: Moment, lines: tuple[KeptLine, ...], start: int, stop: int) -> tuple[Steps, Steps]:
    """What is asked of the rows gathered: the counts, and some of the rows; written out once."""
    every = with_colours(Gathered.objects.order_by(), GATHERED, moment, lines)
    counts = {name: Count("pk", filter=held) for name, held in _held(moment).items()}
    told = {"rows": Count("pk"), "latest_due": Max("due_then", filter=OPEN), **counts}
    counted = compiled(every.values_list(*KEYS).annotate(**told))
    late = ExpressionWrapper(now_past(moment), output_field=BooleanField())
    listed = every.annotate(is_overdue=late).filter(is_open=True).order_by("reference").values_list(*ROW)
    shown = {f"shown ({', '.join(ROW)})": compiled(listed[start:stop])} if stop else {}
    return {f"counted ({', '.join([*KEYS, *told])})": counted}, shown


def _said(line: Line) -> KeptLine:
    """What a line of a rule says, whether it is kept or read along with something else."""
    return KeptLine("", "", str(line.colour), line.condition, line.days, line.and_condition, line.and_days)


def _held(moment: Moment) -> dict[str, Q]:
    """What a row with its facts has to meet to be counted by each figure."""
    completed = Q(status=Status.COMPLETED)
    return {
        "open": Q(is_open=True),
        "remaining": OPEN,
        "overdue": now_past(moment),
        "overdue_original": first_past(moment),
        "extended": LATER,
        "waiting_for_actions": Q(waits_for_action=True),
        "waiting_for_posts": Q(waits_for_post=True),
        "claimed": IS_CLAIMED,
        "approved": completed & Q(is_approved=True),
        "verified": completed & Q(is_verified=True),
        "completed_without_document": completed & Q(is_documented=False),
        "extension_waiting": OPEN & Q(is_asked=True),
    }


def latest_by_plan(moment: Moment) -> dict[str, date | None]:
    """The latest day agreed for what is open, by the code of each plan that has something open; None where no
    day is agreed for any of it. In one query."""
    rows = with_dates(standing(moment, Scope()), moment).filter(OPEN).order_by()
    return dict(rows.values_list("action__plan__code").annotate(Max("due_then")))
