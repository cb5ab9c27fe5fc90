"""The assets, incidents and risks that an action is about: said and taken back on its page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from actions.forms.concern import ConcernForm, FollowsForm, TreatsForm
from actions.models import Action, ActionPlan
from actions.views.plans import action_or_404
from assets.views.held import form_page, take_off
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link

HEADINGS = {"asset": "Add an asset", "incident": "Add an incident", "risk": "Add a risk"}


@get_and_post
def add_asset(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that an action concerns an asset."""
    return _add(request, reference, ConcernForm, "asset", f"Concerned by {reference}")


@get_and_post
def add_incident(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that an action follows from an incident."""
    return _add(request, reference, FollowsForm, "incident", f"Followed by {reference}")


@get_and_post
def add_risk(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that an action treats a risk."""
    return _add(request, reference, TreatsForm, "risk", f"Treated by {reference}")


@get_and_post
def remove_asset(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say that it does not concern an asset after all; the history keeps that it did."""
    found = _to_link(request, reference)
    links = found.asset_links.with_assets_of(reader(request))
    return _remove(request, found, get_object_or_404(links, pk=number), "asset")


@get_and_post
def remove_incident(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say that it does not follow from an incident after all; the history keeps that it did."""
    found = _to_link(request, reference)
    links = found.incident_links.with_incidents_of(reader(request))
    return _remove(request, found, get_object_or_404(links, pk=number), "incident")


@get_and_post
def remove_risk(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say that it does not treat a risk after all; the history keeps that it did."""
    found = _to_link(request, reference)
    links = found.risk_links.with_risks_of(reader(request))
    return _remove(request, found, get_object_or_404(links, pk=number), "risk")


def _to_link(request: HttpRequest, reference: str) -> Action:
    """The action, if the person may say what it concerns."""
    found = action_or_404(request, reference)
    require(request, "actions.link_asset", found)
    return found


def _add(request: HttpRequest, reference: str, form_class: Any, name: str, why: str) -> HttpResponse:
    """Take the form, and link what it names."""
    found = _to_link(request, reference)
    form = form_class(posted(request), action=found, person=reader(request))
    if form.is_valid() and form.saved(why):
        messages.success(request, f"{reference} concerns {getattr(form.instance, name).reference}")
        return redirect(found)
    return form_page(request, form, heading=HEADINGS[name], way=way_to(found), caption=reference)


def _remove(request: HttpRequest, found: Action, link: Model, name: str) -> HttpResponse:
    """Ask, then take it off."""
    return take_off(request, found, link, thing=getattr(link, name), way=way_to(found))


def way_to(action: Action) -> list[Link]:
    """The way from home to the action."""
    return [*way_to_plan(action.plan), Link(str(action), action.get_absolute_url())]


def way_to_plan(plan: ActionPlan) -> list[Link]:
    """The way from home to a plan."""
    return [Link("Action plans", reverse("actions:plans")), Link(str(plan), plan.get_absolute_url())]
