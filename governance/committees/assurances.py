"""What was assured of a plan, as a paper or form lists it where its text says {{assurances}}."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.representations.assured import ASSURED_COLUMNS, Assured, assured
from governance.core.dates import long_date

if TYPE_CHECKING:
    from actions.models import ActionPlan
    from governance.figures.moment import Moment

ASSURED = "assurances"


def assurances(plan: ActionPlan, moment: Moment) -> dict[str, Any]:
    """The list at a moment, of those that were not entered in error, as plain data. Two queries."""
    return {
        "kind": ASSURED,
        "caption": f"Assurances given of {plan.title}, as at {long_date(moment.as_at)}",
        "columns": [column.text for column in ASSURED_COLUMNS],
        "rows": [{"cells": _cells(each)} for each in assured(plan, moment) if not each.is_mistaken],
    }


def _cells(each: Assured) -> list[str]:
    said = each.assurance
    given = f"{long_date(said.given_on)}, {said.given_where}"
    return [f"“{said.text}”", given, long_date(said.due_on), each.verdict]
