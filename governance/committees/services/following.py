"""The same report to a second body, with what the first one was recommended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from governance.committees.models import Meeting, Paper

if TYPE_CHECKING:
    from governance.people.models import User

# Each report has its own; a draft that is begun anew gets them as it is worked on.
OWN = {"as_at": None, "published_on": None, "state": Paper.State.DRAFT, "origin": Paper.Origin.PRODUCT}


def follow(first: Paper, meeting: Meeting, *, by: User) -> Paper:
    """A draft of the same report for another meeting: front sheet, plans and sections as they stand now.

    Its figures are frozen anew when it is issued.
    """
    kept = {
        field.attname: getattr(first, field.attname)
        for field in Paper._meta.concrete_fields
        if not field.primary_key
    }
    with transaction.atomic():
        second = Paper(**kept | OWN)
        second.meeting, second.follows, second.created_by = meeting, first, by
        second.save(force_insert=True)
        for parts in (first.plan_links.all(), first.sections.all()):
            for part in parts:
                part.pk, part.paper = None, second
                part.save(force_insert=True)
        _mark_alike(first, second)
    return second


def _mark_alike(first: Paper, second: Paper) -> None:
    """What is not for publication in the first is not in the second: sections by their place, and rows."""
    by_place = {each.position: each for each in second.sections.all()}
    for mark in first.exemptions.filter(appendix=None).select_related("section"):
        section = by_place[mark.section.position] if mark.section else None
        mark.pk, mark.paper, mark.section = None, second, section
        mark.save(force_insert=True)
