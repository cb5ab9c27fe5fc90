"""Dates that keep their past: the first due date of an action, and each later one with who agreed to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from actions.models.of_actions import OfActionsQuerySet
from actions.models.progress import Status
from governance.core.dates import long_date
from governance.core.joined import joined
from governance.figures.models import TwoClockRow

if TYPE_CHECKING:
    from governance.figures.moment import Moment


DATES = "action__date_revisions"


class DateRevisionQuerySet(OfActionsQuerySet["DateRevision"]):
    """Revisions of due dates: visible, of one action, standing."""

    def for_story(self) -> Self:
        """Everything that an action's page says of them, in one query, as they took effect."""
        told = self.select_related("agreed_by", "recorded_by", "resolution_link__resolution")
        return told.order_by("effective_on", "place", "pk")


class DateRevision(TwoClockRow):
    """Another due date for an action, agreed by a post or decided by a committee, with the reason."""

    subject = "action_id"

    action = models.ForeignKey("actions.Action", models.PROTECT, related_name="date_revisions")
    due_on = models.DateField("new due date")
    reason = models.TextField()
    agreed_by = models.ForeignKey(
        "people.Post", models.PROTECT, null=True, blank=True, related_name="dates_agreed"
    )
    agreed_in = models.CharField("decision", max_length=300, blank=True, default="")
    minute = models.CharField("minute reference", max_length=100, blank=True, default="")
    recorded_by = models.ForeignKey("people.User", models.PROTECT, related_name="date_revisions")
    recorded_as = models.CharField(max_length=200, blank=True, default="")

    objects = DateRevisionQuerySet.as_manager()

    class Meta(TwoClockRow.Meta):
        indexes = [models.Index(name="date_standing", fields=["action", "-effective_on", "-place"])]
        constraints = [
            *TwoClockRow.Meta.constraints,
            models.CheckConstraint(name="date_revision_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="date_revision_is_agreed_by_a_post_or_in_a_decision",
                condition=Q(agreed_by=None) ^ Q(agreed_in=""),
            ),
            models.CheckConstraint(
                name="date_revision_has_a_minute_of_a_committee_only",
                condition=Q(minute="") | ~Q(agreed_in=""),
            ),
        ]

    def __str__(self) -> str:
        return f"due {long_date(self.due_on)}"

    @property
    def agreed(self) -> str:
        """Who agreed to it: the post, or the decision of a committee, with its minute where that is known."""
        if self.agreed_by:
            return str(self.agreed_by.title)
        return f"{self.agreed_in}, minute {self.minute}" if self.minute else self.agreed_in


def with_dates(updates: Any, moment: Moment) -> Any:
    """Progress updates with `first_due`, the first due date of their action, and `due_then`, the one that
    stood at the moment: both None where there was none."""
    revisions: Any = DateRevision.objects.live(moment)
    before = Q(effective_on__lt=OuterRef("effective_on"))
    before |= Q(effective_on=OuterRef("effective_on"), place__lt=OuterRef("place"))
    first = revisions.filter(~Exists(revisions.filter(before, action=OuterRef("action"))))
    found = joined(updates, DATES, DateRevision.objects.standing(moment), "revised")
    return joined(found, DATES, first, "first_revised").annotate(
        due_then=Coalesce("revised__due_on", "action__original_due_on"),
        first_due=Coalesce("action__original_due_on", "first_revised__due_on"),
    )


def due_at(moment: Moment, path: str) -> Any:
    """The due date, as it stood at the moment, of the action at the end of a path from a row."""
    known: Any = DateRevision.objects.live(moment).filter(action=OuterRef(path))
    last = Subquery(known.order_by("-effective_on", "-place").values("due_on")[:1])
    return Coalesce(last, F(f"{path}__original_due_on"))


def past_due(moment: Moment) -> Q:
    """Updates that leave an action undone whose due date, as it stood at the moment, lies before the day."""
    revised: Any = DateRevision.objects.standing(moment)
    late = revised.filter(due_on__lt=moment.as_at).values("action")
    first = Q(action__original_due_on__lt=moment.as_at) & ~Q(action__in=revised.values("action"))
    return (first | Q(action__in=late)) & ~Q(status__in=Status.closed())


def now_past(moment: Moment) -> Q:
    """The same of updates with their dates."""
    return Q(due_then__lt=moment.as_at) & ~Q(status__in=Status.closed())


# Of rows with their dates: put back, once or more.
LATER = Q(due_then__gt=F("first_due"))


def first_past(moment: Moment) -> Q:
    """Updates with their dates that leave an action undone whose first due date lies before the day."""
    return Q(first_due__lt=moment.as_at) & ~Q(status__in=Status.closed())
