"""Meetings with their papers, and one paper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.committees import adding_up, services, typed, withheld
from governance.committees.backplan import Calendar
from governance.committees.corrected import errata_of
from governance.committees.elections import within_election
from governance.committees.models import Meeting, Paper, Resolution, Restatement
from governance.committees.replaced import begun_for, goes_out, stands_for
from governance.committees.representations import NotAsIssuedError, drafted, printed
from governance.committees.states import with_state
from governance.committees.views.files import files_of, not_as_issued
from governance.committees.views.found import paper_or_404
from governance.committees.views.takedown import or_tombstone
from governance.core.access import reader, require
from governance.core.dates import today
from governance.core.filtering import paginate


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Every meeting, the latest first, with those of its papers that the person may open."""
    require(request, "committees.list_papers")
    person = reader(request)
    visible = Prefetch("papers", with_state(Paper.objects.visible_to(person).for_list()))
    meetings = Meeting.objects.visible_to(person).named().prefetch_related(visible)
    return render(request, "committees/papers.html", {"page": paginate(request, meetings)})


@require_safe
@or_tombstone
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper: as issued, or a draft with the figures it would have now."""
    found = paper_or_404(request, pk)
    require(request, "committees.view_paper", found)
    if found.is_draft:
        return render(request, "committees/draft.html", _draft(request, found))
    errata = errata_of(found, reader(request))
    if found.origin == Paper.Origin.BEFORE:
        past = {"paper": found, "files": files_of(found), "figures": found.figures.all(), "errata": errata}
        past["not_adding_up"] = adding_up.in_figures(found.figures.all())
        return render(request, "committees/past_paper.html", past)
    try:
        page = _issued(request, found) | {"errata": errata}
    except NotAsIssuedError:
        return not_as_issued(request, found)
    return render(request, "committees/paper.html", page)


def _issued(request: HttpRequest, found: Paper) -> dict[str, Any]:
    """An issued paper with what came of it since."""
    page = printed(found, absolute=False) | {"files": files_of(found)}
    open_to_all = Exists(Paper.objects.published(today()).filter(pk=OuterRef("pk")))
    told: Any = with_state(Paper.objects.filter(pk=found.pk).select_related("takedown", "meeting"))
    called_in = Resolution.objects.visible_to(reader(request)).called_in()
    is_called_in = Exists(called_in.order_by().filter(paper=OuterRef("pk")))
    stood = told.annotate(is_open=open_to_all, is_called_in=is_called_in).get()
    restated = Restatement.objects.visible_to(reader(request)).standing().differing()
    begun = (
        begun_for(found, Paper.objects.visible_to(reader(request))) if hasattr(stood, "takedown") else None
    )
    return page | {
        "begun": begun,
        "not_adding_up": adding_up.in_content(page["issue"].content),
        "versions": list(found.editions.public().defer("content")),
        "state": stood.stands,
        "called_in": called_in.filter(paper=found) if stood.is_called_in else (),
        "restated": restated.filter(figure__paper=found).count(),
        "published": settings.PUBLISHED_PAPERS and stood.is_open,
    }


def _draft(request: HttpRequest, found: Paper) -> dict[str, Any]:
    """A draft with the figures it would have now: all of it, or what would be published."""
    written, preview = list(found.sections.select_related("exemption")), services.preview(found)
    if request.user.has_perm("committees.view_part_2", found):
        shown = withheld.marked(found, preview)
    else:
        shown, _ = withheld.split(found, preview)
        written = [section for section in written if not hasattr(section, "exemption")]
    plan = Calendar.current().plan(found.meeting)
    published = services.publication_day(found, plan.published_by)
    elections = within_election(plan, published, after=bool(goes_out(found, published)))
    page = {"written": written, "notes": typed.notes(written, shown), "elections": elections}
    page["replaces"] = stands_for(found)
    return drafted(shown, found) | page | {"parted": shown is not preview}
