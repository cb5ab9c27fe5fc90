"""Overlap between plans: said on the page of an action, asked about when one is completed, counted once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from actions.figures import counts_by_plan
from actions.forms.overlap import OtherwiseForm, OverlapForm, TogetherForm
from actions.models import Action, ActionPlan, Overlap
from actions.permissions.progress import reported_by
from actions.representations.overlap import ALSO, TOGETHER_COLUMNS, to_ask, together
from actions.services import overlap as services
from actions.views.concern import way_to
from actions.views.plans import action_or_404
from assets.views.held import form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.steps import taken
from governance.figures.moment import Moment


@get_and_post
def say(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what an action is to one of another plan."""
    found = _to_say(request, reference)
    form = OverlapForm(posted(request), action=found, person=reader(request))
    if form.is_valid():
        other = form.cleaned_data["other"]
        if said := taken(form, lambda: services.say(found, other, **form.said())):
            messages.success(request, f"Recorded: {said}")
            return redirect(found)
    return form_page(
        request, form, heading="Say what it overlaps with", way=way_to(found), caption=str(found)
    )


@get_and_post
def say_otherwise(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say that it is otherwise, or that they do not overlap. 409 if somebody was faster."""
    found = _to_say(request, reference)
    overlaps = Overlap.objects.visible_to(reader(request)).around(found).select_related("action", "other")
    if (
        request.method != "POST"
    ):  # what was posted about a statement that stands no longer is kept, and told so
        overlaps = overlaps.to_change()
    seen = get_object_or_404(overlaps, pk=number)
    form = OtherwiseForm(posted(request), overlap=seen, action=found, person=reader(request))
    status = 200
    if form.is_valid():
        try:
            said = services.say_otherwise(seen, of=found, **form.said())
        except services.OverlapMovedError as moved:
            form.add_error(None, str(moved))
            status = 409
        else:
            messages.success(request, f"Recorded: {said}")
            return redirect(found)
    answer = form_page(
        request, form, heading="Change what it overlaps with", way=way_to(found), caption=str(seen)
    )
    answer.status_code = status
    return answer


@require_safe
def asked(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask, of an action that is completed, and of those completed with it, about the actions that overlap
    and are still to be done.

    Nothing is completed here: each is reported on in its own name, or left as it stands.
    """
    found = action_or_404(request, reference)
    require(request, "actions.ask_of_overlaps", found)
    also = [each.replace("\x00", "") for each in request.GET.getlist(ALSO)]
    further = reported_by(reader(request), Action.objects.called(also)).exclude(pk=found.pk)
    page = {"action": found, "further": further, "asked": to_ask([found, *further], reader(request))}
    return render(request, "actions/overlap/asked.html", page)


@require_safe
def plans_together(request: HttpRequest) -> HttpResponse:
    """Several plans at a moment: each of them, what they have in common, and each piece of work once."""
    require(request, "actions.list_plans")
    form = TogetherForm(request.GET, plans=list(ActionPlan.objects.visible_to(reader(request))))
    moment = form.moment() if form.is_valid() else Moment.now()
    plans = form.chosen()
    found = together(plans, moment, counts_by_plan(moment)) if plans else None
    page = {"form": form, "moment": moment, "columns": TOGETHER_COLUMNS, "found": found}
    return render(request, "actions/overlap/together.html", page)


def _to_say(request: HttpRequest, reference: str) -> Action:
    """The action, if the person may say what it overlaps with."""
    found = action_or_404(request, reference)
    require(request, "actions.say_overlap", found)
    return found
