"""Withdrawing an issued paper, or its public page: a tombstone stands in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models.functions import Now

from governance.committees.models import Paper, Takedown

if TYPE_CHECKING:
    from governance.people.models import User


def take_down(takedown: Takedown, *, by: User) -> Takedown:
    """Withdraw what the tombstone says, from now on; who adds to it later stands in the trail alone.

    Where the public page was withdrawn before and now the paper is, it is withdrawn now, by this person.
    """
    with transaction.atomic():
        Paper.objects.locked().get(pk=takedown.paper_id)
        if not Takedown.objects.filter(pk=takedown.pk, reach=takedown.reach).exists():
            takedown.taken_by, takedown.taken_as, takedown.taken_at = by, by.post_title, Now()
        takedown.save()
        takedown.refresh_from_db(fields=["taken_at"])
    return takedown
