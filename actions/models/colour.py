"""What the colour of an action is computed from, and the colours that people set."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import (
    Case,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    JSONField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)

from actions.models.action import Action
from actions.models.dates import with_dates
from actions.models.dependency import Dependency
from actions.models.progress import ProgressUpdate, Status
from governance.colours.models import Coloured, Condition, Override, OverrideQuerySet, told_of
from governance.colours.models.vocabulary import days_from, declare
from governance.core.joined import joined
from governance.figures.moment import Moment

OPEN = ~Q(status__in=Status.closed())
EVIDENCED = ~Q(evidence="")


class ActionColourQuerySet(OverrideQuerySet):
    """Colours that people set on actions."""

    def visible_to(self, person: Any) -> Self:
        """Those of actions that this person may open."""
        return self.filter(action__in=Action.objects.visible_to(person))

    def standing(self, moment: Moment) -> Self:
        """Those that count at a moment. One ends once the action is reported completed or withdrawn, and does
        not come back if the action is opened again. What is put right of a completion that was opened again
        before the colour was set, or of one known then, ends none."""
        updates = ProgressUpdate.objects.live(moment)
        set_at = OuterRef("recorded_at")
        later = updates.exclude(status__in=Status.closed()).filter(
            action=OuterRef("action"),
            known_at__lte=OuterRef(set_at),
            effective_on__gt=OuterRef("effective_on"),
        )
        closed = updates.filter(status__in=Status.closed(), action=OuterRef("action"), known_at__gt=set_at)
        since = closed.exclude(corrects__status__in=Status.closed()).filter(~Exists(later))
        # Looked up for each colour, of which there are few, and never found first for every closed action.
        ended = Subquery(since.values("pk")[:1])
        return super().standing(moment).alias(ended_by=ended).filter(ended_by=None)


class ActionColour(Override):
    """A colour set on an action until a day, or that one is taken back."""

    subject = "action"

    action = models.ForeignKey(Action, models.PROTECT, related_name="colours_set")

    objects: ClassVar[Any] = ActionColourQuerySet.as_manager()

    class Meta(Override.Meta):
        indexes = [models.Index(name="action_colour_last", fields=["action", "-id"])]


def _past(column: str) -> Any:
    """Not done, and more than so many days past the date of that column."""
    return lambda moment, days: OPEN & Q(**{f"{column}__lt": days_from(moment.as_at, -days)})


def _moved(moment: Moment, days: int) -> Q:
    """Now due more than so many days after the first date."""
    later = ExpressionWrapper(F("first_due") + Value(timedelta(days=days)), output_field=DateField())
    return OPEN & Q(due_then__gt=later)


def _waiting(moment: Moment, days: int) -> Q:
    """Something that it depends on is not there."""
    return OPEN & Q(is_waiting=True)


def _quiet(moment: Moment, days: int) -> Q:
    """The update that stands took effect longer ago than that."""
    return OPEN & Q(effective_on__lt=days_from(moment.as_at, -days))


def _until(moment: Moment, days: int) -> date:
    return days_from(moment.as_at, days)


CONDITIONS = (
    Condition("closed", "is completed or withdrawn", lambda moment, days: ~OPEN),
    Condition(
        "completed_without_evidence",
        "is said to be completed and gives no evidence",
        lambda moment, days: Q(status=Status.COMPLETED) & ~EVIDENCED,
    ),
    Condition("overdue", "is past its due date by more than {days}", _past("due_then")),
    Condition("overdue_on_first_date", "is past its first due date by more than {days}", _past("first_due")),
    Condition("moved", "is now due more than {days} after its first due date", _moved),
    Condition(
        "due_within",
        "is due within {days}",
        lambda moment, days: OPEN & Q(due_then__lte=_until(moment, days)),
    ),
    Condition("no_due_date", "has no due date", lambda moment, days: OPEN & Q(due_then=None)),
    Condition("not_started", "is not started", lambda moment, days: Q(status=Status.NOT_STARTED)),
    Condition("in_progress", "is in progress", lambda moment, days: Q(status=Status.IN_PROGRESS)),
    Condition(
        "awaiting_approval", "is awaiting approval", lambda moment, days: Q(status=Status.AWAITING_APPROVAL)
    ),
    Condition("waiting", "waits for another action or a vacant post", _waiting),
    Condition("quiet", "has had no new report for more than {days}", _quiet),
)


def _facts(updates: Any, moment: Moment) -> Any:
    """Updates with their dates, and `is_waiting` to ask by: is something that they need not there?"""
    needs = Dependency.at(moment).unmet(moment).filter(action=OuterRef("action"))
    return with_dates(updates, moment).alias(is_waiting=Exists(needs))


def _overridden(rows: Any, moment: Moment) -> Any:
    """Updates with the colour that was set on their action and counted at the moment."""
    found = joined(rows, "action__colours_set", ActionColour.objects.standing(moment), "set_colour")
    set_by_a_person = When(set_colour__pk__isnull=False, then=told_of("set_colour__"))
    return found.annotate(override=Case(set_by_a_person, output_field=JSONField()))


COLOURED = declare(
    Coloured(
        register="actions",
        noun="action",
        conditions=CONDITIONS,
        facts=_facts,
        rows=lambda moment: ProgressUpdate.objects.standing(moment),
        overrides=lambda: ActionColour.objects.all(),
        link="action_id",
        key="action_id",
        overridden=_overridden,
    )
)
