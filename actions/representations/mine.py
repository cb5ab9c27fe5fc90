"""What to do next about an action, in words, for whoever owns it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from actions.models import Action, Dependency, Overlap, Status
from actions.representations.action import Wait, needed, waiting
from governance.core.components import Column
from governance.core.dates import long_date

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.people.models import User

COLUMNS = [Column("Reference"), Column("Action"), Column("Due"), Column("Status"), Column("Next step")]


@dataclass(frozen=True)
class Next:
    """An action with the next step, what has to come first, and what waits on it."""

    action: Any
    waiting: Sequence[Wait]
    is_overdue: bool
    withdrawn: Sequence[Wait] = ()
    behind: Sequence[Wait] = ()
    twin: str = ""

    @property
    def may_move(self) -> bool:
        """Is there something to report of it? What awaits its approver stands until they have said it."""
        return self.action.status != Status.AWAITING_APPROVAL or bool(self.named)

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
    """Each action with its next step. One query for what waits on what, and one for what is done
    elsewhere."""
    shown = list(actions)
    keys = [action.pk for action in shown]
    around = Dependency.at(moment).filter(Q(action__in=keys) | Q(needs_action__in=keys))
    needs: dict[int, list[Any]] = {}
    behind: dict[int, list[Wait]] = {}
    for each in around.for_page(moment, person):
        needs.setdefault(each.action_id, []).append(each)
        if each.action.status not in Status.closed():
            behind.setdefault(each.needs_action_id, []).append(waiting(each))
    twins = {
        pair.undone.pk: pair.is_it_done_too
        for pair in Overlap.objects.half_done(Action.objects.filter(pk__in=keys), person)
    }
    return [
        replace(_next(each, needs.get(each.pk, ()), moment), behind=behind.get(each.pk, ()),
                twin=twins.get(each.pk, "")) for each in shown
    ]  # fmt: skip


def _next(action: Action, needs: Collection[Any], moment: Moment) -> Next:
    """One not begun waits for what it needs to start; one that went ahead without still waits for that too,
    and for what it needs to finish. The figure `actions.blocked` counts by the same rule."""
    begun = action.status != Status.NOT_STARTED
    unmet = (each for each in needs if each.is_unmet)
    counts = [each for each in unmet if begun or each.holds_up == Dependency.Step.START]
    gone = [needed(each) for each in needs if each.needs_withdrawn]
    overdue = bool(action.due_on and action.due_on < moment.as_at)
    return Next(action, [needed(each) for each in counts], overdue, gone)
