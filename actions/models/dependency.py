"""What an action waits on: another action being completed, or a post being filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q

from actions.models.action import Action
from actions.models.dates import due_at
from actions.models.progress import ProgressUpdate, Status
from governance.core.locks import Lock, one_at_a_time
from governance.history.models import History, Recorded
from governance.people.models import DatedQuerySet, Known, KnownVersionQuerySet, Post, PostHolding

if TYPE_CHECKING:
    from datetime import date

    from governance.figures.moment import Moment
    from governance.people.models import User


class OrderCycleError(Exception):
    """An action would come to wait on itself."""


if TYPE_CHECKING:
    _Rows = models.QuerySet[Any]
else:
    _Rows = object


class Needs(_Rows):
    """What is asked alike of dependencies as they are recorded now, and of their versions."""

    def holding_up(self, status: str) -> Self:
        """Those that hold up the step to that status: finishing needs what starting needs, and more."""
        if status == Status.COMPLETED:
            return self.all()
        return self.filter(holds_up=Dependency.Step.START) if status in Status.begun() else self.none()

    def unmet(self, moment: Moment) -> Self:
        """Those whose needed action is not completed, or whose needed post nobody holds, at the moment."""
        return self.filter(_unmet(moment))

    def around(self, action: Action) -> Self:
        """What the action waits on, and what waits on it."""
        return self.filter(Q(action=action) | Q(needs_action=action))

    def exclude_closed(self) -> Self:
        """Without what holds up nothing any more: the action that waits is completed or withdrawn."""
        return self.exclude(action__status__in=Status.closed())

    def for_decision(self, moment: Moment) -> Self:
        """Those whose needed action was withdrawn by the moment: they hold nothing up, and somebody has to
        say whether what waited still waits for something."""
        gone = ProgressUpdate.objects.standing(moment).filter(status=Status.WITHDRAWN)
        return self.filter(needs_action__in=gone.values("action"))

    def behind(self, *actions: Action) -> Self:
        """What waits on these actions, of what is still to be done."""
        return self.filter(needs_action__in=actions).exclude_closed()

    def for_page(self, moment: Moment, person: User) -> Self:
        """Everything a page says of dependencies, in one query: whether each is unmet at the moment, whether
        its needed action was withdrawn, when both ends were due, and whether the person may open them."""
        open_to = Action.objects.visible_to(person)
        return (
            self.select_related("action", "needs_action", "needs_post")
            .annotate(
                is_unmet=ExpressionWrapper(_unmet(moment), output_field=BooleanField()),
                needed_due=due_at(moment, "needs_action"),
                waiting_due=due_at(moment, "action"),
                needs_withdrawn=Exists(_closed(moment, Status.WITHDRAWN)),
                opens_action=Exists(open_to.filter(pk=OuterRef("action"))),
                opens_needed=Exists(open_to.filter(pk=OuterRef("needs_action"))),
            )
            .order_by("holds_up", "needs_action__reference", "needs_post__title", "action__reference")
        )


def _closed(moment: Moment, *statuses: Status) -> Any:
    """The update by which the needed action has one of these statuses at the moment."""
    standing = ProgressUpdate.objects.standing(moment)
    return standing.filter(action=OuterRef("needs_action"), status__in=statuses)


def _unmet(moment: Moment) -> Q:
    # Not asked for each dependency: the closed actions are read once.
    closed = ProgressUpdate.objects.standing(moment).filter(status__in=Status.closed()).values("action")
    held = PostHolding.at(moment).filter(post=OuterRef("needs_post"))
    never = Action.objects.in_error(moment).order_by().values("pk")
    # Of both needs one is there: said by that one, since an index finds at once all of those that are not.
    undone = Q(needs_action__isnull=False) & ~Q(needs_action__in=closed) & ~Q(needs_action__in=never)
    return undone | Q(~Exists(held), needs_post__isnull=False)


class DependencyQuerySet(Needs, DatedQuerySet):
    """Dependencies: which hold, which are still unmet."""


class DependencyVersionQuerySet(Needs, KnownVersionQuerySet):  # type: ignore[override]
    """Versions of dependencies: which held and were unmet by what was known."""


class Dependency(Recorded, Known):
    """An action cannot start, or cannot finish, before another action is completed or a post is filled."""

    class Step(models.TextChoices):
        """The step of the waiting action that is held up."""

        START = "start", "To start"
        FINISH = "finish", "To finish"

    action = models.ForeignKey(Action, models.PROTECT, related_name="dependencies")
    needs_action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="needed_by")
    needs_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="needed_by")
    holds_up = models.CharField(max_length=6, choices=Step)
    note = models.TextField(blank=True, default="")

    objects = DependencyQuerySet.as_manager()
    history = History(historical_queryset=DependencyVersionQuerySet)

    class Meta(Known.Meta):
        verbose_name_plural = "dependencies"
        constraints = [
            *Known.Meta.constraints,
            models.CheckConstraint(
                name="dependency_needs_one_thing",
                condition=Q(needs_action=None) ^ Q(needs_post=None),
            ),
            models.CheckConstraint(
                name="dependency_is_not_on_itself", condition=~Q(needs_action=F("action"))
            ),
            models.CheckConstraint(
                name="dependency_step_is_known", condition=Q(holds_up__in=["start", "finish"])
            ),
            models.UniqueConstraint(
                name="dependency_on_an_action_once",
                fields=["action", "needs_action"],
                condition=Q(until_on=None),
            ),
            models.UniqueConstraint(
                name="dependency_on_a_post_once", fields=["action", "needs_post"], condition=Q(until_on=None)
            ),
        ]

    def __str__(self) -> str:
        needed = (
            f"{self.needs_action} to be completed"
            if self.needs_action
            else f"the post {self.needs_post} to be filled"
        )
        return f"{self.get_holds_up_display().lower()}, it needs {needed}"

    @transaction.atomic
    def save(self, *args: Any, **options: Any) -> None:
        """Raises OrderCycleError, naming the way round, if the action would come to wait on itself.

        One at a time until the transaction ends, or two could each close half of a circle.
        """
        if self.needs_action_id:
            one_at_a_time(Lock.ORDER_OF_WORK)
            if circle := self.circle():
                raise OrderCycleError(circle)
        super().save(*args, **options)

    def let_go(self, on: date) -> None:
        """Nothing waits for it from that day on; past days keep it. What began that day was never so."""
        if self.from_on >= on:
            self.delete()
        else:
            self.end(self.may_end_from(on))

    def circle(self) -> str:
        """That the action would come to wait on itself, and by which way round, as a sentence; "" if not."""
        way = self._way_round()
        return f"This would be a circle: {' waits on '.join(way)}." if way else ""

    def _way_round(self) -> list[str]:
        """References from this action round to itself, or nothing. What has ended closes no circle."""
        needs: dict[int, list[int]] = {}
        for action, needed in (
            Dependency.objects.not_over(self.from_on)
            .exclude(needs_action=None)
            .exclude(pk=self.pk)
            .values_list("action_id", "needs_action_id")
        ):
            needs.setdefault(action, []).append(needed)
        way = _path(needs, self.needs_action_id or 0, self.action_id)
        names = dict(Action.objects.filter(pk__in=way).values_list("pk", "reference"))
        return [names[self.action_id], *(names[pk] for pk in way)] if way else []


def _path(needs: dict[int, list[int]], start: int, goal: int) -> list[int]:
    """A way from one action to another along what is needed, both ends included; nothing if there is none."""
    ways, seen = [[start]], set()
    while ways:
        way = ways.pop()
        if way[-1] == goal:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways.extend([*way, needed] for needed in needs.get(way[-1], []))
    return []
