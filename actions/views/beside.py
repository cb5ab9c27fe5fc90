"""What stands on pages of plans and actions beside the council's own view, asked in one query for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.figures.follow_ups import by_follow_up, counts_by_follow_up
from actions.representations.evidence import removals, taken_off
from actions.representations.found import found_of, found_of_plan, rated_of
from actions.representations.milestone import leading
from governance.core.together import ask_together

if TYPE_CHECKING:
    from actions.filters import ActionFilter
    from actions.models import Action, ActionPlan
    from governance.figures.moment import Moment
    from governance.people.models import User


def beside_plan(plan: ActionPlan, filters: ActionFilter) -> dict[str, Any]:
    """The milestones of a plan, with the figures of their actions, those of the last follow-up of the audit
    that it answers, and which actions were known to have been entered in error."""
    moment, scope, counted = filters.moment, filters.scope, filters.counted
    milestones, rated = plan.milestones.for_page(), by_follow_up(moment, scope)
    in_error = plan.actions.visible_to(filters.person).in_error(moment)
    ask_together([milestones, rated, in_error])
    found = found_of_plan(plan, counts_by_follow_up(rated), moment)
    led = leading(milestones, counted, scope, moment)
    return {"milestones": led, "found": found, "in_error": in_error}


def beside_action(action: Action, moment: Moment, person: User) -> dict[str, Any]:
    """The assets that an action concerns, what was found of the recommendations that it answers, what was
    taken off it as evidence, and the resolutions that it came of."""
    concerned = action.asset_links.with_assets_of(person).order_by("asset__reference")
    rated = rated_of(action, moment, person)
    removed = removals(action, moment)
    resolved = action.resolution_links.shown_to(person)
    ask_together([concerned, rated, removed, resolved])
    beside = {"concerned": concerned, "resolved": resolved}
    return beside | {"found": found_of(rated), "taken_off": taken_off(removed)}
