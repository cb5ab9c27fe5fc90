"""Actions still to be done, as lists of work show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Subquery

from actions.models.progress import ProgressUpdate, Status

if TYPE_CHECKING:
    from actions.models.action import ActionQuerySet


def still_open(actions: ActionQuerySet) -> ActionQuerySet:
    """Of these, the ones neither completed nor withdrawn, due first at the top, as `with_last` has them."""
    found = with_last(actions.exclude(status__in=Status.closed()))
    return found.order_by(F("due_on").asc(nulls_last=True), "reference")


def with_last(actions: ActionQuerySet) -> ActionQuerySet:
    """With each `seen`, the key of the update recorded last, and `told_on`, the day from which it counts."""
    last = ProgressUpdate.objects.filter(action=OuterRef("pk")).order_by("-pk")
    return actions.select_related("plan__approver", "approver", "owner").annotate(
        seen=Subquery(last.values("pk")[:1]), told_on=Subquery(last.values("effective_on")[:1])
    )
