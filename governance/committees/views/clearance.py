"""Clearance: the table of a paper, whom it is sent to, and the page on which a post answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assets.views.held import form_page
from governance.committees.backplan import Calendar
from governance.committees.clearing import clearing_of, due, late, named_to, to_clear
from governance.committees.forms.clearance import AnswerForm, ClearerForm, SendForm
from governance.committees.models import Clearer, Paper, Takedown
from governance.committees.reopened import history_of
from governance.committees.services import clearance as services
from governance.committees.views.found import paper_or_404, paper_to_write, way_to_paper
from governance.committees.views.takedown import or_tombstone
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.core.dates import today
from governance.core.steps import StepError, done, taken


@require_safe
@or_tombstone
def clearance(request: HttpRequest, pk: int) -> HttpResponse:
    """Who contributes to a paper and clears it: sent, due, returned, what changed since, and all before."""
    found = paper_or_404(request, pk)
    require(request, "committees.view_clearances", found)
    named = named_to(reader(request), found)
    held = clearing_of(found, named)
    plan = Calendar.current().plan(found.meeting)
    rows = [(each, day := due(plan, each.clearer.part), late(plan, day, today())) for each in held.posts]
    missing = [Clearer.Part(each).label.lower() for each in held.missing]
    page = {"paper": found, "clearing": held, "rows": rows, "missing": missing}
    page["whole"] = named is None or not found.exemptions.exists()
    page["past"] = history_of(held)
    page["may_send"] = any(each.may_be_sent for each in held.posts)
    return render(request, "committees/clearance/all.html", page)


@get_and_post
def new_clearer(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a post contribute to a draft or clear it."""
    found = paper_to_write(request, pk)
    form = ClearerForm(posted(request))
    if form.is_valid() and (made := taken(form, lambda: services.name_clearer(found, **form.cleaned_data))):
        messages.success(request, f"{made} is in the table"[:300])
        return redirect("committees:clearance", pk)
    return form_page(
        request, form, heading="Add a post to the clearances", way=_way(found), caption=found.title
    )


@require_POST
def fill_clearers(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the posts that clear what the form of the paper wants cleared."""
    found = paper_to_write(request, pk)
    made = services.name_those_asked_for(found)
    said = ", ".join(str(each) for each in made)
    if made:
        messages.success(request, f"In the table now: {said}"[:300])
    else:
        messages.error(request, "No post could be chosen by itself. Add the post yourself")
    return redirect("committees:clearance", pk)


@require_POST
def take_off_clearer(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take a post out of the table, unless something was sent to it."""
    found = paper_to_write(request, pk)
    clearer = get_object_or_404(found.clearers.select_related("paper", "post"), pk=number)
    try:
        services.take_off(clearer)
        messages.success(request, f"{clearer} is taken out of the table"[:300])
    except StepError as refused:
        messages.error(request, str(refused)[:300])
    return redirect("committees:clearance", pk)


@get_and_post
def send_for_clearance(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft to posts that contribute or clear."""
    found = paper_to_write(request, pk)
    form = SendForm(posted(request), standing=clearing_of(found).posts)
    if form.is_valid() and done(form, lambda: services.send(found, form.chosen(), by=reader(request))):
        messages.success(request, "Sent. It waits on the home page of who is in the post, and in their mail")
        return redirect("committees:clearance", pk)
    return form_page(
        request, form, heading="Ask for clearance", way=_way(found), caption=found.title, save="Send"
    )


@get_and_post
def clearer(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Where a post reads what it was sent, and clears it or returns it with a comment."""
    visible = Clearer.objects.visible_to(reader(request)).filter(paper=pk)
    visible = visible.exclude(paper__takedown__reach=Takedown.Reach.PAPER)
    found = get_object_or_404(visible.select_related("paper__meeting__body", "post"), pk=number)
    require(request, "committees.view_clearance", found)
    named = named_to(reader(request), found.paper)
    standing = next(each for each in clearing_of(found.paper, named).posts if each.clearer.pk == found.pk)
    refused = services.why_not_clear(standing, reader(request))
    # What the form carries can be read: who cannot answer gets none of the words.
    form = AnswerForm(posted(request), shown={"sections": {}} if refused else standing.words)
    if form.is_valid() and done(
        form, lambda: services.answer(found, by=reader(request), **form.cleaned_data)
    ):
        messages.success(request, f"Answered for the {found}"[:300])
        return redirect(found)
    form.shown_now()
    page = {
        "form": form,
        "paper": found.paper,
        "clearer": found,
        "standing": standing,
        "whole": named is None or not found.paper.exemptions.exists(),
        "refused": refused,
        "due": due(Calendar.current().plan(found.paper.meeting), found.part),
    }
    return render(request, "committees/clearance/one.html", page)


@require_safe
def papers_to_clear(request: HttpRequest) -> HttpResponse:
    """The papers that wait for the posts of the person, the first due first."""
    require(request, "committees.view_papers_to_clear")
    sent = Clearer.objects.sent_to(reader(request))
    known = sent.prefetch_related("paper__meeting__body__former_names", "paper__meeting__fixed_steps")
    waiting = [each for each in known if each.is_waiting]
    page = {"waiting": to_clear(waiting, Calendar.current())}
    return render(request, "committees/clearance/to_clear.html", page)


def _way(paper: Paper) -> list[Link]:
    """The way from home to the clearances of a paper."""
    there = reverse("committees:clearance", args=[paper.pk])
    return [*way_to_paper(paper), Link("Clearance", there)]
