"""Assurances that a plan will be done by a day: recorded and put right."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from actions.forms.assurances import AssuranceForm, NewAssuranceForm
from actions.models import ActionPlan
from actions.views.plans import plan_or_404
from assets.views.held import change_section, form_page
from governance.core.access import get_and_post, posted, require
from governance.core.components import Link


@get_and_post
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Record an assurance that was given."""
    plan = to_keep(request, code)
    form = NewAssuranceForm(posted(request), plan=plan)
    if form.is_valid() and form.saved("Assurance recorded"):
        messages.success(request, f"{form.instance} recorded")
        return redirect("actions:order", plan.code)
    heading = "Record an assurance"
    return form_page(request, form, heading=heading, way=way_to_order(plan), caption=plan.title)


@get_and_post
def change(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Put one right; the history keeps what was said before."""
    plan = to_keep(request, code)
    found = get_object_or_404(plan.assurances.standing(), pk=number)
    return change_section(
        request, found, AssuranceForm, heading="Change an assurance", way=way_to_order(plan)
    )


def to_keep(request: HttpRequest, code: str) -> ActionPlan:
    """The plan, if the person may record what was promised of it."""
    found = plan_or_404(request, code)
    require(request, "actions.keep_assurances", found)
    return found


def way_to_order(plan: ActionPlan) -> list[Link]:
    """The way from home to the order of work of a plan."""
    order = f"{plan.get_absolute_url()}order/"
    return [Link(plan.title, plan.get_absolute_url()), Link("Order of work", order)]
