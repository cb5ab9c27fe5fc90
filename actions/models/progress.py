"""Progress: facts on two clocks about an action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from actions.models.of_actions import OfActionsQuerySet
from governance.core.dates import long_date, today
from governance.core.steps import StepError
from governance.figures.models import TwoClockRow
from governance.people.models import PostHolding

if TYPE_CHECKING:
    from datetime import date

    from actions.models.action import Action
    from actions.models.dependency import Dependency
    from governance.figures.moment import Moment


class Status(models.TextChoices):
    """Where an action stands. The total counts all five."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    AWAITING_APPROVAL = "awaiting_approval", "Awaiting approval"
    COMPLETED = "completed", "Completed"
    WITHDRAWN = "withdrawn", "Withdrawn"

    @classmethod
    def closed(cls) -> tuple[Status, Status]:
        """Nothing more is to be done."""
        return cls.COMPLETED, cls.WITHDRAWN

    @classmethod
    def begun(cls) -> tuple[Status, ...]:
        """Steps that count as having started; withdrawing an action starts nothing."""
        return cls.IN_PROGRESS, cls.AWAITING_APPROVAL, cls.COMPLETED


def still_waits(on: date) -> str:
    """What is said of an action that could not take a step on that day, today or an earlier one."""
    return "still waits" if on >= today() else f"still waited on {long_date(on)}"


class WaiverNeededError(Exception):
    """The order of dependencies is broken and no reason is given. `waiting` says by what, `on` which day, and
    `when` that it waits, or waited on that day."""

    def __init__(self, action: Action, waiting: Sequence[Dependency], on: date) -> None:
        self.action = action
        self.waiting = list(waiting)
        self.when = still_waits(on)
        needs = "; ".join(str(dependency) for dependency in waiting)
        entered = ", the day that was entered" if on < today() else ""
        said = f"{action.reference} {self.when}{entered}: {needs}"
        super().__init__(f"{said}. Say why it goes ahead all the same.")


class WhyNeededError(StepError):
    """An action is withdrawn, or opened again, and no reason is given; or it is withdrawn already."""

    field = "why"


class MovedOnError(Exception):
    """Something was recorded of the action since the person looked at it. `latest` says what."""

    def __init__(self, action: Action, latest: ProgressUpdate) -> None:
        self.action = action
        self.latest = latest
        super().__init__(f"{action.reference} has moved on: {latest}.")


class OpeningUpdateError(ValueError):
    """The opening of an action was to be taken away: it would be missing from its first days."""

    sentence = "The update that opened the action cannot be taken away: correct its date or status instead"

    def __init__(self) -> None:
        super().__init__(self.sentence)


class ProgressUpdateQuerySet(OfActionsQuerySet["ProgressUpdate"]):
    """Progress updates: in scope, visible, standing."""

    def with_before(self, moment: Moment) -> Self:
        """Those that count at the moment, to filter by `before`: the status that each took the place of; ""
        for what opened its action."""
        sooner = Q(effective_on__lt=OuterRef("effective_on"))
        sooner |= Q(effective_on=OuterRef("effective_on"), place__lt=OuterRef("place"))
        told = ProgressUpdate.objects.live(moment).filter(sooner, action=OuterRef("action"))
        last = told.order_by("-effective_on", "-place").values("status")[:1]
        return self.live(moment).alias(before=Coalesce(Subquery(last), Value("")))

    def changed(self, moment: Moment) -> Self:
        """Of those, the ones that said another status than the one before."""
        return self.with_before(moment).exclude(status=F("before"))

    def with_since(self, moment: Moment) -> Self:
        """With `since`: the day from which the status stands that each action has at the moment."""
        return self.annotate(since=status_since(moment))

    def overdue(self, moment: Moment) -> Self:
        """Not done, and due before that day by the date that stood at the moment."""
        from actions.models.dates import past_due

        return self.filter(past_due(moment))

    def for_register(self, moment: Moment) -> Self:
        """Of rows with their dates: everything a row of a plan shows, in one query, also if it is overdue."""
        from actions.models.dates import now_past

        late = ExpressionWrapper(now_past(moment), output_field=BooleanField())
        return self.naming_all(moment).annotate(is_overdue=late)

    def naming_all(self, moment: Moment) -> Self:
        """With all that a row of a plan names, in one query. Also if nobody is in its post, and what other
        lists call it."""
        from actions.models.source_reference import called_otherwise

        held = PostHolding.at(moment).filter(post=OuterRef("action__owner"))
        named = self.select_related("action__owner", "action__scope_area", "action__milestone")
        return named.annotate(is_ownerless=~Exists(held), called=called_otherwise("action"))

    def for_timeline(self) -> Self:
        """Everything the timeline of an action shows, in one query, latest first."""
        return self.select_related("recorded_by", "corrects", "corrected_by").order_by(
            "-effective_on", "-place", "-pk"
        )


def status_since(moment: Moment) -> Subquery:
    """Of a row that names its action, from which day the status stands that the action has at the moment. Who
    reports the same once more moves nothing."""
    last = ProgressUpdate.objects.changed(moment).filter(action=OuterRef("action_id"))
    return Subquery(last.order_by("-effective_on", "-place").values("effective_on")[:1])


class ProgressUpdate(TwoClockRow):
    """What was reported of an action: status, evidence, by whom, and under which waiver."""

    subject = "action_id"

    action = models.ForeignKey("actions.Action", models.PROTECT, related_name="updates")
    status = models.CharField(max_length=17, choices=Status)
    evidence = models.TextField(blank=True, default="")
    reason = models.TextField("reason for the correction", blank=True, default="")
    waiver = models.TextField("reason for going ahead", blank=True, default="")
    why = models.TextField("reason for withdrawing it or opening it again", blank=True, default="")
    recorded_by = models.ForeignKey("people.User", models.PROTECT, related_name="progress_updates")
    recorded_as = models.CharField(max_length=200, blank=True, default="")

    objects = ProgressUpdateQuerySet.as_manager()

    class Meta(TwoClockRow.Meta):
        indexes = [models.Index(name="progress_standing", fields=["action", "-effective_on", "-place"])]
        constraints = [
            *TwoClockRow.Meta.constraints,
            models.CheckConstraint(name="progress_status_is_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="progress_correction_has_a_reason", condition=Q(corrects=None) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="progress_withdrawn_says_why",
                condition=~Q(status="withdrawn") | Q(void=True) | ~Q(why=""),
            ),
        ]

    def __str__(self) -> str:
        said = f"{self.get_status_display()} from {long_date(self.effective_on)}"
        return f"{said} never happened" if self.void else said

    @property
    def reporter(self) -> str:
        """Who recorded it: the post held that day, with the person's name unless that says the same."""
        name = self.recorded_by.display_name
        return f"{self.recorded_as} ({name})" if self.recorded_as not in ("", name) else name
