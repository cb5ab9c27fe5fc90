"""The lists of what a body waits for and was assured of, where a text names one alone on a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from governance.committees.assurances import ASSURED, assurances
from governance.committees.outstanding import ALL, ASKED_FOR, outstanding

if TYPE_CHECKING:
    from actions.models import ActionPlan
    from governance.committees.models import Paper
    from governance.figures.moment import Moment


def owed(
    paper: Paper, moment: Moment, plans: Mapping[str, ActionPlan], name: str, of: str | None
) -> list[dict[str, Any]] | None:
    """The lists of that name in a paper on those plans: of assurances one for each plan, or for the plan that
    is named. None if no list is called so."""
    if name == ASKED_FOR and of in (None, ALL):
        return [outstanding(paper, moment.as_at, of)]
    if name == ASSURED and (of is None or of in plans):
        return [assurances(plan, moment) for code, plan in plans.items() if of in (None, code)]
    return None
