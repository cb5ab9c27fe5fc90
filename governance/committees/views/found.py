"""Papers as views find them: seen, and locked where something is posted."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from governance.committees.models import Paper, Takedown
from governance.core.access import reader, require
from governance.core.components import Link


def paper_or_404(request: HttpRequest, pk: int, *, locked: bool = False, withdrawn: bool = False) -> Paper:
    """A paper that the person may see. One that was withdrawn is found where its tombstone is shown alone."""
    visible = Paper.objects.visible_to(reader(request)).select_related("meeting__body", "takedown")
    if not withdrawn:
        visible = visible.exclude(takedown__reach=Takedown.Reach.PAPER)
    return get_object_or_404(visible.locked() if locked else visible, pk=pk)


def part_or_404(request: HttpRequest, paper: Paper, *, exempt: bool) -> None:
    """Raise 404 for a part that is not for publication, unless the person may read Part 2."""
    if exempt and not request.user.has_perm("committees.view_part_2", paper):
        raise Http404


def paper_to_write(request: HttpRequest, pk: int) -> Paper:
    """A paper the person may write; where something is posted its row is locked before all else."""
    found = paper_or_404(request, pk, locked=request.method == "POST")
    require(request, "committees.edit_paper", found)
    return found


def way_to_paper(paper: Paper) -> list[Link]:
    """The way from home to a paper."""
    papers = Link("Committee papers", reverse("committees:papers"))
    return [papers, Link(paper.title, paper.get_absolute_url())]
