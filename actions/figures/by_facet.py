"""Every figure of a plan's page counted together: by status, colour, scope area, owner and unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q

from actions.figures.progress import standing, wait_for_actions, wait_for_posts
from actions.models import Action, Completion, Extension
from actions.models.colour import COLOURED, OPEN
from actions.models.completion import IS_CLAIMED, found_done
from actions.models.dates import LATER, first_past, now_past, with_dates
from actions.models.evidence import undocumented
from governance.colours.models import with_colours
from governance.figures.moment import Scope
from governance.figures.statement import Question, Row, ask

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from governance.colours.models.computing import Line
    from governance.figures.moment import Moment
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
KEYS = {
    "status": "status",
    "colour": "colour",
    "area_id": "action__scope_area_id",
    "owner_id": "action__owner_id",
}


def counts_by_facet(
    moment: Moment, scope: Scope, person: User, lines: Sequence[Line] | None = None
) -> list[Row]:
    """Every figure of a plan, with those of dates, completions and evidence, by status, colour, scope area,
    owner and unit, in one query (and one for the rule of the day, unless its `lines` are given): their
    grouped form (a test compares).

    Each row has `status`, `colour`, name and code of `area` (None outside every area), `owner` and `unit`,
    `rows`, a count for each figure under its name, `open`: how many of the rows this person may open, and
    `latest_due`: the latest day agreed for those that are open, such as 2017-07-31; None where there is none.
    """
    counts = {name: Count("pk", filter=held) for name, held in _held(moment, scope, person).items()}
    told = {"rows": Count("pk"), "latest_due": Max("due_then", filter=OPEN), **counts}
    rows = with_colours(standing(moment, scope), COLOURED, moment, lines)
    counted: Any = rows.order_by().values_list(*KEYS.values()).annotate(**told)
    (found,) = ask(Question(NAMED, {f"counted ({', '.join([*KEYS, *told])})": counted}))
    return found


def _held(moment: Moment, scope: Scope, person: User) -> dict[str, Q]:
    """What a row with its dates has to meet to be counted by each figure."""
    asked = Extension.objects.within(scope).waiting(moment)
    return {
        "open": Q(action__in=Action.objects.visible_to(person)),
        "remaining": OPEN,
        "overdue": now_past(moment),
        "overdue_original": first_past(moment),
        "extended": LATER,
        "waiting_for_actions": wait_for_actions(moment),
        "waiting_for_posts": wait_for_posts(moment),
        "claimed": IS_CLAIMED,
        "approved": found_done(Completion.Kind.APPROVED, moment),
        "verified": found_done(Completion.Kind.VERIFIED, moment),
        "completed_without_document": undocumented(moment),
        "extension_waiting": Q(action__in=asked.values("action")),
    }


def latest_by_plan(moment: Moment) -> dict[str, date | None]:
    """The latest day agreed for what is open, by the code of each plan that has something open; None where no
    day is agreed for any of it. In one query."""
    rows = with_dates(standing(moment, Scope()), moment).filter(OPEN).order_by()
    return dict(rows.values_list("action__plan__code").annotate(Max("due_then")))
