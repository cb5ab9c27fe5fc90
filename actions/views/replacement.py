"""Saying what takes the place of a withdrawn action, and taking that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from actions.forms.replacement import ReplacementForm
from actions.models import Action
from actions.views.concern import way_to
from actions.views.plans import action_or_404
from assets.views.held import form_page, take_off
from governance.core.access import get_and_post, posted, reader, require


@get_and_post
def replace(request: HttpRequest, reference: str) -> HttpResponse:
    """Say which actions take its place."""
    found = _to_say(request, reference)
    form = ReplacementForm(posted(request), action=found, person=reader(request))
    if form.is_valid() and form.saved():
        named = ", ".join(each.reference for each in form.cleaned_data["replaced_by"])
        messages.success(request, f"Recorded: {named} in place of {reference}")
        return redirect(found)
    return form_page(request, form, heading="What takes its place", way=way_to(found), caption=reference)


@get_and_post
def take_back(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say that an action does not take its place after all; the history keeps that it did."""
    found = _to_say(request, reference)
    links = found.replacement_links.select_related("action", "replacement")
    link = get_object_or_404(links, pk=number)
    return take_off(request, found, link, thing=link, way=way_to(found))


def _to_say(request: HttpRequest, reference: str) -> Action:
    """The action, if the person may say what takes its place."""
    found = action_or_404(request, reference)
    require(request, "actions.say_replacement", found)
    return found
