"""Opening and changing plans, and their milestones."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from actions.forms.plan import ChangePlanForm, MilestoneForm, NewPlanForm
from actions.models import ActionPlan, Milestone
from actions.views.plans import plan_or_404
from assets.views.held import form_page
from governance.core.access import get_and_post, posted, require
from governance.core.components import Link


@get_and_post
def new_plan(request: HttpRequest) -> HttpResponse:
    """Open a plan."""
    require(request, "actions.add_plan")
    form = NewPlanForm(posted(request))
    if form.is_valid() and form.saved("Plan opened"):
        messages.success(request, f"Plan “{form.instance}” opened")
        return redirect(form.instance)
    return form_page(request, form, heading="Open a plan", way=[_plans()])


@get_and_post
def change_plan(request: HttpRequest, code: str) -> HttpResponse:
    """Change what a plan says of itself."""
    found = _to_change(request, code)
    form = ChangePlanForm(posted(request), instance=found)
    if form.is_valid():
        form.save()
        messages.success(request, f"Plan “{found}” changed")
        return redirect(found)
    return form_page(request, form, heading="Change the plan", way=_way(found), caption=found.code)


@get_and_post
def new_milestone(request: HttpRequest, code: str) -> HttpResponse:
    """Enter something that the plan is to reach."""
    found = _to_change(request, code)
    return _milestone(request, Milestone(plan=found), "Add a milestone")


@get_and_post
def change_milestone(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Change a milestone, or say that it was reached."""
    found = _to_change(request, code)
    return _milestone(request, get_object_or_404(found.milestones, pk=number), "Change the milestone")


def _milestone(request: HttpRequest, milestone: Milestone, heading: str) -> HttpResponse:
    form = MilestoneForm(posted(request), milestone=milestone)
    plan = milestone.plan
    if form.is_valid() and form.saved():
        messages.success(request, f"Milestone “{form.instance}” saved")
        return redirect(plan)
    return form_page(request, form, heading=heading, way=_way(plan), caption=str(plan))


def _to_change(request: HttpRequest, code: str) -> ActionPlan:
    found = plan_or_404(request, code)
    require(request, "actions.change_plan", found)
    return found


def _plans() -> Link:
    return Link("Action plans", reverse("actions:plans"))


def _way(plan: ActionPlan) -> list[Link]:
    return [_plans(), Link(str(plan), plan.get_absolute_url())]
