"""Taking off what was entered in error, each with its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from actions.forms.mistaken import ActionMistakenForm, MistakenForm
from actions.models import Dependency
from actions.services import mistaken as services
from actions.views.assurances import to_keep as plan_to_keep
from actions.views.assurances import way_to_order
from actions.views.audits import way_to
from actions.views.concern import way_to as way_to_action
from actions.views.follow_ups import follow_up_to_keep
from actions.views.maturity import model_or_404, way, way_to_model
from actions.views.maturity_scores import assessment_to_keep
from actions.views.plans import action_or_404
from assets.views.held import form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.core.dates import today
from governance.core.steps import done


@get_and_post
def action(request: HttpRequest, reference: str) -> HttpResponse:
    """An action that nobody agreed, or that is recorded twice. Whoever comes too late is told so."""
    found = action_or_404(request, reference)
    if found.mistaken_at:
        messages.info(request, services.OFF_ALREADY)
        return redirect(found)
    require(request, "actions.say_in_error", found)
    form = ActionMistakenForm(posted(request))
    if form.is_valid():
        said = {"reason": form.cleaned_data["reason"], "by": reader(request)}
        if done(form, lambda: services.action(found, **said)):
            messages.success(request, f"{reference} is taken off as entered in error")
            return redirect(found)
    waiting = Dependency.objects.not_over(today()).filter(needs_action=found)
    return form_page(
        request,
        form,
        heading="Take off an action that was entered in error",
        way=way_to_action(found),
        caption=str(found),
        template="actions/in_error.html",
        action=found,
        waiting=waiting.order_by("action__reference").values_list("action__reference", flat=True),
    )


@get_and_post
def assurance(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """An assurance that was not given, or is recorded twice."""
    plan = plan_to_keep(request, code)
    found = get_object_or_404(plan.assurances.standing().select_related("plan"), pk=number)
    return _asked(request, services.assurance, found, way=way_to_order(plan), back=found.get_absolute_url())


@get_and_post
def follow_up(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A follow-up that the auditor does not plan."""
    found = follow_up_to_keep(request, code, number)
    back = found.audit.get_absolute_url()
    return _asked(request, services.follow_up, found, way=way_to(found), back=back)


@get_and_post
def planned(request: HttpRequest, code: str, number: int, planned: int) -> HttpResponse:
    """A range in which a follow-up was never planned."""
    found = follow_up_to_keep(request, code, number)
    one = get_object_or_404(found.ranges.for_page(), pk=planned)
    return _asked(request, services.planned_range, one, way=way_to(found), back=found.get_absolute_url())


@get_and_post
def assessment(request: HttpRequest, reference: str) -> HttpResponse:
    """An assessment of maturity that was not made, or is recorded twice."""
    found = assessment_to_keep(request, reference)
    links = [*way(), Link(str(found), found.get_absolute_url())]
    return _asked(request, services.assessment, found, way=links, back=found.get_absolute_url())


@get_and_post
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """A draft of a model of maturity that nobody needs."""
    require(request, "actions.keep_maturity")
    found = model_or_404(request, code)
    if found.in_use:
        messages.info(request, services.USED.format(found))
        return redirect(found)
    return _asked(request, services.draft, found, way=way_to_model(found), back=way()[-1].href)


def _asked(
    request: HttpRequest, step: Callable[..., None], thing: Any, *, way: list[Link], back: str
) -> HttpResponse:
    """Ask why; then take the step, and go back."""
    form = MistakenForm(posted(request))
    named = str(thing)
    if form.is_valid() and done(form, lambda: step(thing, by=reader(request), **form.cleaned_data)):
        messages.success(request, f"{named} is taken off as entered in error")
        return redirect(back)
    return form_page(request, form, heading="Take off what was entered in error", way=way, caption=named)
