"""What auditors who came back found, as pages of plans and actions say it beside the council's own view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse

from actions.models import Claim, FollowUpRating
from actions.models.audit import POINT
from actions.models.ratings import differing
from actions.representations.follow_ups import CLAIMED, FOUND, RATED
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile

if TYPE_CHECKING:
    from actions.models import Action, ActionPlan
    from governance.people.models import User

OTHERWISE, BEYOND = "follow_ups.not_found_so", "follow_ups.found_beyond"
WORDS = {
    RATED: "rated",
    CLAIMED: "claimed complete",
    FOUND: "found so",
    OTHERWISE: "found otherwise",
    BEYOND: "found complete, though not claimed",
}


@dataclass(frozen=True)
class Found:
    """What the last follow-up found of one recommendation, and what the council had said of it."""

    recommendation: Any
    follow_up: Any
    found: str
    words: str
    claimed: Claim
    claimed_on: date
    differs: str

    @property
    def on(self) -> date | None:
        """The day of the auditor's report, or else of the visit; None where neither is recorded."""
        day: date | None = self.follow_up.reported_on or self.follow_up.held_to or self.follow_up.held_from
        return day


def rated_of(action: Action, moment: Moment, person: User) -> QuerySet[Any]:
    """What is asked for what was found of each recommendation that an action answers, as on record at the
    end of a day."""
    found: QuerySet[Any] = FollowUpRating.history.as_at(moment.as_at).of_action(action).last_found(person)
    return found


def found_of(rated: Iterable[Any]) -> list[Found]:
    """What was found, of the rows of `rated_of`, by the auditors' references."""
    return [
        Found(
            recommendation=each.recommendation,
            follow_up=each.follow_up,
            found=each.found.name,
            words=each.words,
            claimed=Claim(each.claimed),
            claimed_on=each.claimed_on,
            differs=differing(each.claimed, is_complete=each.found.is_complete),
        )
        for each in sorted(rated, key=lambda each: each.recommendation.handle)
    ]


@dataclass(frozen=True)
class PlanFound:
    """The last follow-up in which anything was rated of the audit that a plan answers, with its figures."""

    name: str
    href: str
    tiles: Sequence[Tile]


def found_of_plan(
    plan: ActionPlan, counted: Mapping[str, Mapping[str, int]], moment: Moment
) -> PlanFound | None:
    """The figures of the last follow-up among those counted, by their handles; None where none rated any."""
    audit = plan.audit.code if plan.audit else ""
    numbers = [int(number) for code, _, number in _parted(counted) if code == audit]
    if not numbers:
        return None
    last = max(numbers)
    handle, href = f"{audit}{POINT}{last}", reverse("actions:follow_up", args=[audit, last])
    shown = [_tile(key, counted[handle][key], plan, handle, moment) for key in WORDS]
    return PlanFound(f"Follow-up {last}", href, shown)


def _parted(handles: Iterable[str]) -> list[tuple[str, str, str]]:
    return [handle.rpartition(POINT) for handle in handles]


def _tile(key: str, value: int, plan: ActionPlan, handle: str, moment: Moment) -> Tile:
    href = get_figure(key).address(moment, Scope(plans=(plan.code,)), follow_up=handle)
    return Tile(value, WORDS[key], href)
