"""What of a paper lies within the period before an election, when a council publishes with care."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from governance.committees.models import Step
from governance.core.dates import today

if TYPE_CHECKING:
    from governance.committees.backplan import Backplan
    from governance.committees.models import Period

PUBLISHED = "To be published within the pre-election period"


def within_election(plan: Backplan, published: date, *, after: bool = False) -> list[str]:
    """Which steps before a meeting do, in words, where its paper is published on that day: one sentence for
    each period (Local Government Act 1986, section 2). Nothing of a meeting that is over, or cancelled:
    nothing is to be published for it, unless it comes `after` the meeting, in place of what was withdrawn."""
    if after:
        return [f"{PUBLISHED} {period}" for period in plan.elections if period.is_in_force(published)]
    if not plan.meeting.takes_papers or plan.meeting.held_on < today():
        return []
    return [told for period in plan.elections if (told := _within(plan, period, published))]


def _within(plan: Backplan, period: Period, published: date) -> str:
    before = [each for each in plan.steps if each.step not in (Step.NOTICE, Step.PUBLICATION)]
    others = ", ".join(each.label.lower() for each in before if period.is_in_force(each.on))
    if period.is_in_force(published):
        also = f". Also within it: {others}" if others else ""
        return f"{PUBLISHED} {period}{also}"
    return f"Within the pre-election period {period}: {others}" if others else ""
