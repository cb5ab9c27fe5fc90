"""Comments on the sections of a draft, for who may read it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assets.views.held import form_page
from governance.committees.forms.comments import CommentForm
from governance.committees.models import Paper, PaperSection, SectionComment
from governance.committees.services import comments as services
from governance.committees.views.found import paper_or_404, way_to_paper
from governance.committees.views.takedown import or_tombstone
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.core.steps import StepError, done


@require_safe
@or_tombstone
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said about each section of a draft, and what of it nobody has settled."""
    found = _paper(request, pk)
    threads: dict[int, list[SectionComment]] = {}
    for each in SectionComment.objects.threads().filter(section__paper=found):
        threads.setdefault(each.section_id, []).append(each)
    rows = [(section, threads.get(section.pk, [])) for section in _sections(request, found)]
    return render(request, "committees/comments/all.html", {"paper": found, "rows": rows})


@get_and_post
def new_comment(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """Comment on a section."""
    found = _paper(request, pk)
    about = get_object_or_404(_sections(request, found), pk=section)
    require(request, "committees.comment", found)
    form = CommentForm(posted(request))
    if form.is_valid() and done(
        form, lambda: services.comment(about, by=reader(request), **form.cleaned_data)
    ):
        messages.success(request, "Your comment is kept")
        return redirect("committees:comments", pk)
    return form_page(request, form, heading=f"Comment on “{about}”", way=_way(found), caption=found.title)


@get_and_post
def reply_to_comment(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Reply to a comment."""
    found = _paper(request, pk)
    thread = _thread(request, found, number)
    require(request, "committees.comment", found)
    form = CommentForm(posted(request))
    if form.is_valid() and done(
        form, lambda: services.reply(thread, by=reader(request), **form.cleaned_data)
    ):
        messages.success(request, "Your reply is kept")
        return redirect("committees:comments", pk)
    return form_page(
        request,
        form,
        heading=f"Reply to a comment on “{thread.section}”",
        way=_way(found),
        template="committees/comments/reply.html",
        caption=found.title,
        thread=thread,
    )


@require_POST
def settle_comment(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say that nothing is left to do about a comment."""
    found = _paper(request, pk)
    thread = _thread(request, found, number)
    require(request, "committees.settle_comment", thread)
    try:
        services.settle(thread, by=reader(request))
        messages.success(request, "The comment is settled")
    except StepError as refused:
        messages.error(request, str(refused))
    return redirect("committees:comments", pk)


def _paper(request: HttpRequest, pk: int) -> Paper:
    found = paper_or_404(request, pk)
    require(request, "committees.view_clearances", found)
    return found


def _sections(request: HttpRequest, paper: Paper) -> QuerySet[PaperSection]:
    """The sections that the person may read."""
    if request.user.has_perm("committees.view_part_2", paper):
        return paper.sections.all()
    return paper.sections.filter(exemption=None)


def _thread(request: HttpRequest, paper: Paper, number: int) -> SectionComment:
    open_to = SectionComment.objects.threads().filter(section__in=_sections(request, paper))
    return get_object_or_404(open_to, pk=number)


def _way(paper: Paper) -> list[Link]:
    """The way from home to the comments on a paper."""
    return [*way_to_paper(paper), Link("Comments", reverse("committees:comments", args=[paper.pk]))]
