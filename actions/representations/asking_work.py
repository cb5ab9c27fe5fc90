"""Reading the order of work of a plan from the registers, in three queries whatever its size."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, OuterRef, Subquery, When

from actions.models import Action, Dependency, ProgressUpdate, Status
from actions.models.dates import with_dates
from actions.models.progress import status_since
from actions.representations.graph import reached, turned
from actions.representations.work import Item, Need, Work
from governance.figures.moment import Moment, Scope
from governance.people.models import PostHolding

if TYPE_CHECKING:
    from actions.models import ActionPlan
    from governance.people.models import User

ITEM = (
    "action_id", "action__reference", "action__title", "action__owner__title", "action__plan__code",
    "status", "since", "due_then", "first_due",
)  # fmt: skip
NEED = (
    "id", "action_id", "needs_action_id", "needs_action__reference", "needs_post_id", "needs_post__title",
    "holds_up", "note",
)  # fmt: skip


def work_of(plan: ActionPlan, moment: Moment, person: User) -> Work:
    """The actions of the plan as they stood, and those of other plans that hang together with them.

    What depends on what, and who held a post, is what was in force on the day, as it was known at the moment.
    """
    own = _items(ProgressUpdate.objects.within(Scope(plans=(plan.code,))), moment, person)
    needs = _needs(moment)
    around = _around(own, needs)
    others = [key for key in around if key not in own]
    items = own | (_items(ProgressUpdate.objects.filter(action__in=others), moment, person) if others else {})
    return Work(items, [need for need in needs if need.action in items and need.action in around], own)


def _items(updates: Any, moment: Moment, person: User) -> dict[int, Item]:
    """Each action with the update that stands."""
    opens = Exists(Action.objects.visible_to(person).filter(pk=OuterRef("action_id")))
    told: Any = ProgressUpdate.objects.live(moment).filter(action=OuterRef("action_id"))
    opened = Subquery(told.order_by("effective_on", "place").values("effective_on")[:1])
    closed = When(status__in=Status.closed(), then=status_since(moment))  # of what is open nobody asks
    found = with_dates(updates.standing(moment), moment).order_by("action__reference")
    found = found.annotate(since=Case(closed, default="effective_on"))
    found = found.annotate(opens=opens, opened=opened)
    rows: Iterable[Any] = found.values_list(*ITEM, "opens", "opened")
    return {row[0]: Item(*row) for row in rows}


def _needs(moment: Moment) -> list[Need]:
    """All that is in force on the day, in every plan, save for what was entered in error: that holds nothing
    up."""
    held = PostHolding.at(moment).filter(post=OuterRef("needs_post"))
    never = Action.objects.in_error(moment).order_by().values("pk")
    found = Dependency.at(moment).exclude(needs_action__in=never).annotate(filled=Exists(held)).order_by("id")
    return [Need(*row) for row in found.values_list(*NEED, "filled")]


def _around(own: Collection[int], needs: Iterable[Need]) -> set[int]:
    """The plan's actions, what they need, and what waits on them, through however many between."""
    ways: dict[int, list[int]] = {}
    for need in needs:
        if need.needs and not (need.needs in own and need.action in own):
            ways.setdefault(need.action, []).append(need.needs)
    return reached(own, ways) | reached(own, turned(ways))
