"""The areas of maturity that an action improves: said and taken back on its page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from actions.forms.maturity_scores import ImprovesForm
from actions.models import Action
from actions.views.concern import way_to
from actions.views.plans import action_or_404
from assets.views.held import form_page, take_off
from governance.core.access import get_and_post, posted, reader, require


@get_and_post
def add_area(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that an action improves an area."""
    found = _to_link(request, reference)
    form = ImprovesForm(posted(request), action=found)
    if form.is_valid() and form.saved(f"Improved by {reference}"):
        messages.success(request, f"{reference} improves {form.instance.area}")
        return redirect(found)
    return form_page(request, form, heading="Add an area of maturity", way=way_to(found), caption=reference)


@get_and_post
def remove_area(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say that it does not improve an area after all; the history keeps that it did."""
    found = _to_link(request, reference)
    link = get_object_or_404(found.area_links.visible_to(reader(request)), pk=number)
    return take_off(request, found, link, thing=link.area, way=way_to(found))


def _to_link(request: HttpRequest, reference: str) -> Action:
    """The action, if the person may say what it improves."""
    found = action_or_404(request, reference)
    require(request, "actions.link_area", found)
    return found
