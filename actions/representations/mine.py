"""What to do next about an action, in words, for whoever owns it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actions.models import Action, Dependency, Overlap, Status
from actions.representations.action import Wait, needed
from governance.core.components import Column
from governance.core.dates import long_date

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.people.models import User

COLUMNS = [Column("Reference"), Column("Action"), Column("Due"), Column("Status"), Column("Next step")]


@dataclass(frozen=True)
class Next:
    """An action with the next step, and what has to come first."""

    action: Any
    waiting: Sequence[Wait]
    is_overdue: bool
    withdrawn: Sequence[Wait] = ()
    twin: str = ""

    @property
    def named(self) -> Sequence[Wait]:
        """What the words are about."""
        return self.waiting or self.withdrawn

    @property
    def words(self) -> str:
        """What its owner does next."""
        if self.waiting:
            step = "be started" if self.action.status == Status.NOT_STARTED else "be completed"
            return f"Before it can {step}, see to what it waits for:"
        if self.withdrawn:
            return "What it waited for was withdrawn. Decide what it needs instead, if anything:"
        if self.action.status == Status.AWAITING_APPROVAL:
            return self._until_approved
        if self.twin:
            return f"It is {self.twin} Report how it stands"
        if self.action.status == Status.NOT_STARTED:
            return "Start it, then report that it is in progress"
        if self.is_overdue:
            return "Complete it, or report what keeps it from being done"
        return f"Report how it gets on: the last report counts from {long_date(self.action.told_on)}"

    @property
    def _until_approved(self) -> str:
        who = self.action.approver_named
        nobody = "Nobody is named to approve it: ask an information governance officer to say who does"
        return f"Nothing until it is approved by {who}" if who else nobody


def next_steps(actions: Iterable[Action], moment: Moment, person: User) -> list[Next]:
    """Each action with its next step. One query for what they wait on, and one for what is done elsewhere."""
    shown = list(actions)
    needs = Dependency.at(moment).filter(action__in=shown)
    found: dict[int, list[Any]] = {}
    for each in needs.for_page(moment, person):
        found.setdefault(each.action_id, []).append(each)
    twins = {
        pair.undone.pk: pair.is_it_done_too
        for pair in Overlap.objects.half_done(Action.objects.filter(pk__in=[a.pk for a in shown]), person)
    }
    return [_next(action, found.get(action.pk, ()), moment, twins.get(action.pk, "")) for action in shown]


def _next(action: Action, needs: Collection[Any], moment: Moment, twin: str) -> Next:
    """One not begun waits for what it needs to start; one that went ahead without still waits for that too,
    and for what it needs to finish. The figure `actions.blocked` counts by the same rule."""
    begun = action.status != Status.NOT_STARTED
    unmet = (each for each in needs if each.is_unmet)
    counts = [each for each in unmet if begun or each.holds_up == Dependency.Step.START]
    gone = [needed(each) for each in needs if each.needs_withdrawn]
    overdue = bool(action.due_on and action.due_on < moment.as_at)
    return Next(action, [needed(each) for each in counts], overdue, gone, twin)
