"""The same report to a second body, with what the first one was recommended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from governance.committees.models import Meeting, Paper, Takedown
from governance.committees.models.attached import LARGE

if TYPE_CHECKING:
    from governance.people.models import User

# Each report has its own; a draft that is begun anew gets them as it is worked on.
OWN = {"as_at": None, "published_on": None, "state": Paper.State.DRAFT, "origin": Paper.Origin.PRODUCT}
PARTS = ("plan_links", "sections", "recommendations", "uploaded", "background_papers", "clearers")


def follow(first: Paper, meeting: Meeting, *, by: User) -> Paper:
    """A draft of the same report for another meeting, as it stands now: front sheet, plans, sections, what is
    recommended, appendices, background papers, and the posts that contribute and clear. Each of those posts
    is asked anew: what it answered was about the first.

    Its figures are frozen anew when it is issued. Nobody writes to the first, or marks a part of it as not
    for publication, between reading its parts and reading its marks.
    """
    with transaction.atomic():
        first = Paper.objects.locked().get(pk=first.pk)
        kept = {
            field.attname: getattr(first, field.attname)
            for field in Paper._meta.concrete_fields
            if not field.primary_key
        }
        second = Paper(**kept | OWN)
        second.meeting, second.follows, second.created_by = meeting, first, by
        second.save(force_insert=True)
        for name in PARTS:
            for part in getattr(first, name).all():
                part.pk, part.paper = None, second
                part.save(force_insert=True)
        _mark_alike(first, second)
    return second


def _mark_alike(first: Paper, second: Paper) -> None:
    """What is not for publication in the first is not in the second: parts by their place, and rows. What was
    lifted anybody may read, and is not marked again, unless the first was withdrawn: perhaps for that."""
    sections = {each.position: each for each in second.sections.all()}
    appendices = {each.position: each for each in second.uploaded.defer(*LARGE)}
    marks = first.exemptions.select_related("section", "appendix")
    if not Takedown.objects.filter(paper=first).exists():
        marks = marks.filter(lifted_in=None)
    for mark in marks.defer("appendix__file", "appendix__words"):
        section = sections[mark.section.position] if mark.section else None
        appendix = appendices[mark.appendix.position] if mark.appendix else None
        mark.pk, mark.paper, mark.section, mark.appendix = None, second, section, appendix
        mark.save(force_insert=True)
