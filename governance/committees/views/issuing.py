"""What will be printed is checked, then the paper is issued."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from governance.committees import adding_up, services, typed, withheld
from governance.committees.backplan import Calendar
from governance.committees.elections import within_election
from governance.committees.listed import says_something
from governance.committees.models import AgendaItem, Issue, Paper, SectionComment
from governance.committees.replaced import goes_out
from governance.committees.representations import drafted
from governance.committees.services import stops
from governance.committees.views.found import paper_or_404
from governance.core.access import get_and_post, reader, require
from governance.core.dates import today


@get_and_post
def issue_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Check what will be printed, then issue: from then on nothing of the paper changes.

    Whoever comes too late, with a second click on the button, is led to the paper.
    """
    found = paper_or_404(request, pk, locked=request.method == "POST")
    if not found.is_draft:
        if issued := Issue.objects.select_related("issued_by").filter(paper=found).first():
            messages.info(request, f"This paper was issued {issued.told}. It never changes")
        return redirect(found)
    require(request, "committees.issue_paper", found)
    if request.method == "POST":
        try:
            services.issue(found, by=reader(request))
        except (services.IssueRefusedError, services.RegisterBusyError) as refused:
            messages.error(request, str(refused))
            return redirect("committees:issue_paper", pk=pk)
        messages.success(request, "The paper is issued. Its file is being made")
        return redirect(found)
    preview = services.preview(found)
    page = drafted(preview, found) | {"notes": typed.notes(found.sections.all(), preview)}
    page |= {
        "commented": found.sections.filter(comments__in=SectionComment.objects.open()).distinct(),
        "empty_sections": [each for each in found.sections.all() if not says_something(found, each)],
        "why_not": services.why_not(found),
        "not_adding_up": adding_up.in_content(preview),
        "unclassed": any(note["open"] for note in page["content"].get("restated", ())),
        "stops": stops.standing_stops(found),
        **_notice(found),
        "leaked": services.leaked(found, *withheld.split(found, preview)),
        "marks": found.exemptions.select_related("section", "appendix").defer(*UNREAD),
        "withheld_before": withheld.withheld_before(found, preview, reader(request)),
    }
    return render(request, "committees/issue_paper.html", page)


# What a page needs nothing of: a file, and the words that were read in it.
UNREAD = ("appendix__file", "appendix__words")


def _notice(found: Paper) -> dict[str, Any]:
    """How much notice it would give, issued now, and what lies within a pre-election period."""
    plan = Calendar.current().plan(found.meeting)
    published = services.publication_day(found, found.as_at or today())
    late = goes_out(found, published)
    return {
        "notice": late or plan.notice_of(published),
        "is_short": published > plan.published_by and not late,
        "item": AgendaItem.objects.filter(paper=found).first(),
        "elections": within_election(plan, published, after=bool(late)),
    }
