"""A figure of an issued paper, opened."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from governance.committees import opened, verdicts
from governance.committees.kinds import kind_of
from governance.committees.models import PublishedFigure
from governance.committees.views.found import paper_or_404, part_or_404
from governance.committees.views.openly import or_in_public
from governance.committees.views.takedown import or_tombstone
from governance.core.access import reader, require
from governance.core.filtering import paginate


@or_in_public
@require_safe
@or_tombstone
def published_figure(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """A figure of an issued paper: the rows it was made of, and whether they would be the same today.

    Later papers lead to those of a paper that was withdrawn since: its tombstone stands there.
    """
    found = paper_or_404(request, pk)
    require(request, "committees.view_paper", found)
    figures = PublishedFigure.objects.select_related("earlier__paper__meeting")
    figure = get_object_or_404(figures, paper=found, position=position)
    part_or_404(request, found, exempt=opened.is_withheld(figure))
    listed = paginate(request, opened.entries_open_to(figure, reader(request)))
    closed = figure.value - listed.paginator.count if figure.has_entries else 0
    unknown = figure.entries.difference(opened.known_entries(figure)).count() if closed else 0
    page = {
        "paper": found,
        "figure": figure,
        "plans": opened.plans_of(figure),
        "page": listed,
        "rows": opened.rows(figure, list(listed.object_list)) if listed.paginator.count else [],
        "kind": kind_of(figure),
        "hidden": closed - unknown,
        "unknown": unknown,
        "restated": figure.restatements.standing().classed_as().first(),
        "minuted": figure.minuted.select_related("minute__meeting", "figure").order_by(
            "minute__meeting__held_on"
        ),
        "as_published": verdicts.as_published(figure, reader(request)),
        "as_known_now": verdicts.as_known_now(figure, reader(request)),
    }
    return render(request, "committees/published_figure.html", page)
