"""The paper that replaces a withdrawn one: begun from it, and led to from its tombstone once it is issued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from governance.committees.models import Paper, Takedown
from governance.committees.replaced import begun_for, stands_for
from governance.committees.services.following import follow
from governance.core.steps import StepError

if TYPE_CHECKING:
    from governance.people.models import User


def begin_replacement(withdrawn: Paper, *, by: User) -> Paper:
    """A draft for the same meeting with everything that the withdrawn paper has, and the day of its figures.
    What is known of that day by then is printed: the database issues no paper that knows less than one
    issued before it on the same plan.

    Who begins it twice, with a second click, has begun it once. Raises StepError for a paper that was not
    withdrawn, or that another one replaces already.
    """
    with transaction.atomic():
        held = Paper.objects.locked().get(pk=withdrawn.pk)
        tombstone = Takedown.objects.filter(paper=held).select_related("replaced_by").first()
        if tombstone is None:
            raise StepError("This paper was not withdrawn. It can be corrected by an erratum")
        if tombstone.replaced_by:
            raise StepError(f"It is replaced already, by “{tombstone.replaced_by}”")
        if begun := begun_for(held, Paper.objects.all()):
            return begun
        draft = follow(held, held.meeting, by=by)
        draft.as_at = held.as_at
        draft.save(update_fields=["as_at"])
    return draft


def hold_the_place(paper: Paper) -> Takedown | None:
    """The tombstone in whose place the paper is issued. Whoever writes on a tombstone locks its paper first,
    and issuing does so before it shuts writers out."""
    if paper.follows_id:
        Paper.objects.locked().get(pk=paper.follows_id)
    return stands_for(paper)


def take_the_place(paper: Paper, tombstone: Takedown | None) -> None:
    """The tombstone leads to the paper from now on, unless the proper officer has named another."""
    if tombstone and tombstone.replaced_by_id is None:
        tombstone.replaced_by = paper
        tombstone.save(update_fields=["replaced_by"])
