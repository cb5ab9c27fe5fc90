"""What of a paper is late, in words: steps that somebody can still take, or publication as it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from governance.committees.backplan import CLEARED
from governance.committees.models import Step
from governance.committees.replaced import goes_out
from governance.core.dates import long_date

if TYPE_CHECKING:
    from governance.committees.backplan import Backplan, Due
    from governance.committees.models import Paper


def late(plan: Backplan, paper: Paper, on: date) -> list[str]:
    """What of a paper for the meeting of a plan is late on a day, or was when it was published.

    For papers of states.with_state().
    """
    if not paper.is_draft:
        return _published_late(plan, paper)
    if not plan.meeting.takes_papers:
        return []
    missed = [each for each in plan.steps if each.on < on and _is_missed(plan, each, paper)]
    days = groupby(missed, key=lambda each: (each.on, _done(plan, each.step, paper)))
    return [_late(plan, due, [each.label for each in steps], done, on) for (due, done), steps in days]


def _is_missed(plan: Backplan, due: Due, paper: Paper) -> bool:
    """Did nobody take a step of a draft by its day? Notice is given of key decisions alone."""
    if due.step == Step.NOTICE and not paper.key_decision:
        return False
    if due.step in CLEARED:
        return not paper.has_cleared(due.step)
    done = _done(plan, due.step, paper)
    return done is None or done > due.on


def _done(plan: Backplan, step: Step, paper: Paper) -> date | None:
    """The day on which notice was given, or of which a draft has its figures; None for other steps."""
    if step == Step.NOTICE:
        return plan.meeting.notice_given_on
    return paper.as_at if step == Step.FREEZE else None


def _late(plan: Backplan, due: date, labels: Sequence[str], done: date | None, on: date) -> str:
    """How late several steps of one day are, or were."""
    late_by = plan.days.late_by(due, done or on)
    how = f", {late_by} working {'day' if late_by == 1 else 'days'} late" if late_by else ""
    together = ", ".join([labels[0], *(label.lower() for label in labels[1:])])
    when = f", {'done on' if done <= on else 'set for'} {long_date(done)}" if done else ""
    return f"{together}: due on {long_date(due)}{when}{how}"


def _published_late(plan: Backplan, paper: Paper) -> list[str]:
    published = paper.published_on
    if published is None or published <= plan.published_by or goes_out(paper, published):
        return []
    return [f"Published on {long_date(published)}, with {plan.notice_of(published)}"]
