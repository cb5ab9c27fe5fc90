"""The line of sight: from strategies down to the actions, and from an action up to what it is for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actions.figures.sight import counts_by_principle, counts_by_workstream
from actions.forms.sight import SightForm
from actions.models import Action, ActionPlan
from actions.representations.sight import COLUMNS, action_in_sight, strategies_in_sight
from actions.views.concern import way_to
from actions.views.plans import action_or_404, plan_or_404
from assets.views.held import form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.figures.moment import Moment, Scope


@require_safe
def strategies(request: HttpRequest) -> HttpResponse:
    """Every strategy with its workstreams and principles, and where the actions of each stand today."""
    require(request, "actions.list_plans")
    return _strategies(request, Scope())


@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """The same of the actions of one plan."""
    found = plan_or_404(request, code)
    require(request, "actions.view_plan", found)
    return _strategies(request, Scope(plans=(found.code,)), found)


def _strategies(request: HttpRequest, scope: Scope, plan: ActionPlan | None = None) -> HttpResponse:
    now = Moment.now()
    counted = counts_by_workstream(now, scope), counts_by_principle(now, scope)
    page = {"plan": plan, "strategies": strategies_in_sight(*counted, now, scope), "columns": COLUMNS}
    return render(request, "actions/sight/strategies.html", page)


@require_safe
def action(request: HttpRequest, reference: str) -> HttpResponse:
    """What an action is for, and what it is about: from the strategy down to the assets."""
    found = action_or_404(request, reference)
    require(request, "actions.view_action", found)
    page = {"action": found, "sight": action_in_sight(found, reader(request))}
    return render(request, "actions/sight/action.html", page)


@get_and_post
def place(request: HttpRequest, reference: str) -> HttpResponse:
    """Say which workstream, principles and milestone an action serves."""
    found = _to_place(request, reference)
    form = SightForm(posted(request), action=found)
    if form.is_valid():
        form.save()
        messages.success(request, f"{reference} placed")
        return redirect("actions:sight", reference)
    return form_page(request, form, heading="What is it for?", way=_way(found), caption=str(found))


def _to_place(request: HttpRequest, reference: str) -> Action:
    found = action_or_404(request, reference)
    require(request, "actions.place_action", found)
    return found


def _way(action: Action) -> list[Link]:
    return [*way_to(action), Link("Line of sight", reverse("actions:sight", args=[action.reference]))]
