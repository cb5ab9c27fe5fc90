"""How an action is said on a page: its facts, and what waits on what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from django.utils.timesince import timesince

from actions.models import Action, Dependency, ProgressUpdate, Status
from actions.representations.story import Report
from governance.core.dates import long_date
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from actions.representations.dates import Dates


@dataclass(frozen=True)
class Facts:
    """An action as its page shows it at a moment, with what was then known of its progress."""

    action: Action
    reports: Sequence[Report]
    moment: Moment
    dates: Dates

    @property
    def standing(self) -> ProgressUpdate | None:
        """The update that stands; None before anything was known of the action."""
        return next((report.update for report in self.reports if report.stands), None)

    @property
    def since(self) -> date | None:
        """The day from which the status stands: the first of the reports that said it one after the other."""
        counted = (each.update for each in self.reports if not each.update.void)
        standing = self.standing
        said = takewhile(lambda update: standing and update.status == standing.status, counted)
        return min((update.effective_on for update in said), default=None)

    @property
    def due(self) -> date | None:
        """The due date that stood; None where there was none."""
        return self.dates.due

    @property
    def is_overdue(self) -> bool:
        """Not done by its due date."""
        due = self.due
        undone = self.standing and self.standing.status not in Status.closed()
        return bool(undone and due and due < self.moment.as_at)

    @property
    def overdue_by(self) -> str:
        """How long it has been overdue, in words: "6 months"."""
        due = self.due
        return timesince(due, self.moment.as_at, depth=1) if due and self.is_overdue else ""

    @property
    def owner_vacancy(self) -> str:
        """Said when nobody is in the owner post on the day: since when, if it was ever held."""
        if getattr(self.action, "owner_holders", 1):
            return ""
        left: date | None = getattr(self.action, "owner_last_held_on", None)
        return f"vacant since {_day_after(left)}" if left else "vacant: nobody has held it yet"


def _day_after(day: date) -> str:
    return long_date(day + timedelta(days=1))


@dataclass(frozen=True)
class Wait:
    """One dependency as the page of either end says it: the step held up, what is needed, met or not."""

    step: str
    reference: str
    title: str
    href: str
    needed: str
    is_unmet: bool
    note: str
    key: int = 0
    is_withdrawn: bool = False
    is_due_later: bool = False

    @property
    def state(self) -> str:
        """Whether what is needed is there."""
        if self.is_withdrawn:
            return "withdrawn, so decide what it needs instead, if anything"
        return "not yet" if self.is_unmet else "done"


def waits(dependencies: Iterable[Dependency], action: Action) -> tuple[list[Wait], list[Wait]]:
    """What the action waits on, and what waits on it."""
    found = list(dependencies)
    on = [needed(each) for each in found if each.action_id == action.pk]
    behind = [waiting(each) for each in found if each.action_id != action.pk]
    return on, behind


def needed(dependency: Dependency) -> Wait:
    """What a dependency needs, in words. An action that the reader may not open keeps its title to itself."""
    step = dependency.get_holds_up_display()
    unmet, note = bool(getattr(dependency, "is_unmet", True)), dependency.note
    if post := dependency.needs_post:
        return Wait(step, "", post.title, "", "to be filled", unmet, note, dependency.pk)
    opens = getattr(dependency, "opens_needed", False)
    wait = _end(dependency.needs_action, opens, step, "to be completed", unmet, note)
    is_withdrawn = bool(getattr(dependency, "needs_withdrawn", False))
    later = opens and unmet and not is_withdrawn and _is_due_later(dependency)
    return replace(wait, key=dependency.pk, is_withdrawn=is_withdrawn, is_due_later=later)


def _is_due_later(dependency: Any) -> bool:
    """Is what is needed due after what waits?"""
    needed_due, waiting_due = dependency.needed_due, dependency.waiting_due
    return bool(needed_due and waiting_due and needed_due > waiting_due)


def waiting(dependency: Dependency) -> Wait:
    """The action that waits, in words."""
    step = dependency.get_holds_up_display()
    opens = getattr(dependency, "opens_action", False)
    return _end(
        dependency.action, opens, step, "", bool(getattr(dependency, "is_unmet", True)), dependency.note
    )


def _end(action: Any, opens: bool, step: str, words: str, unmet: bool, note: str) -> Wait:  # noqa: FBT001
    if not opens:
        return Wait(step, action.reference, "", "", words, unmet, "")
    return Wait(step, action.reference, action.title, action.get_absolute_url(), words, unmet, note)
