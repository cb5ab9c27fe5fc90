"""Withdrawing an issued paper, or its public page: a tombstone stands in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from governance.committees.models import Paper, Takedown

if TYPE_CHECKING:
    from governance.people.models import User


def take_down(takedown: Takedown, *, by: User) -> Takedown:
    """Withdraw what the tombstone says, from now on; who adds to it later stands in the trail alone."""
    with transaction.atomic():
        Paper.objects.locked().get(pk=takedown.paper_id)
        if takedown.pk is None:
            takedown.taken_by, takedown.taken_as = by, by.post_title
        takedown.save()
    return takedown
