"""An issued paper as a clerk puts it on the agenda page of another system."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.committees import services
from governance.committees.models import Issue
from governance.committees.modern_gov import facts_of, summary_of
from governance.committees.views.files import not_as_issued
from governance.committees.views.found import paper_or_404
from governance.committees.views.takedown import or_tombstone
from governance.core.access import require


@require_safe
@or_tombstone
def agenda_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Names, facts and the summary of the public version that stands, as HTML to be copied; where its public
    page was withdrawn, what stands there instead. 404 for what was not issued here."""
    found = paper_or_404(request, pk)
    require(request, "committees.view_paper", found)
    issue = Issue.objects.filter(paper=found).first()
    if issue is None:
        raise Http404
    if hasattr(found, "takedown"):
        page: dict[str, Any] = {"paper": found, "tombstone": found.takedown}
        return render(request, "committees/exempt/not_for_the_agenda.html", page)
    edition = found.editions.public().last()
    if not issue.is_as_issued() or (edition and not edition.is_as_issued()):
        return not_as_issued(request, found)
    page = {
        "paper": found,
        "edition": edition,
        "file_name": services.file_name(found, edition=edition),
        "facts": facts_of((edition or issue).content),
        "summary": summary_of(found, edition),
    }
    return render(request, "committees/agenda_page.html", page)
