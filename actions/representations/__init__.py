"""How plans and actions are said on a page: plain values, made from rows that are already read."""

from actions.representations.action import Facts, needed, waits
from actions.representations.plan import AREA_COLUMNS, PlanFigures, plan_entries
from actions.representations.story import OWN_COLUMNS, RIVAL_COLUMNS, reports, side_by_side, story

__all__ = [
    "AREA_COLUMNS",
    "OWN_COLUMNS",
    "RIVAL_COLUMNS",
    "Facts",
    "PlanFigures",
    "needed",
    "plan_entries",
    "reports",
    "side_by_side",
    "story",
    "waits",
]
