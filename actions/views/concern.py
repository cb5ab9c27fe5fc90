"""The assets that an action concerns: said and taken back on the action's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from actions.forms.concern import ConcernForm
from actions.models import Action
from actions.views.plans import action_or_404
from assets.views.held import form_page, remove_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.history.trail import because


@get_and_post
def add_asset(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that an action concerns an asset."""
    found = action_or_404(request, reference)
    require(request, "actions.link_asset", found)
    form = ConcernForm(posted(request), action=found, person=reader(request))
    if form.is_valid() and form.saved(f"Concerned by {reference}"):
        messages.success(request, f"{reference} concerns {form.instance.asset.reference}")
        return redirect(found)
    return form_page(request, form, heading="Add an asset", way=way_to(found), caption=reference)


@get_and_post
def remove_asset(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say that it does not concern an asset after all; the history keeps that it did."""
    found = action_or_404(request, reference)
    require(request, "actions.link_asset", found)
    link = get_object_or_404(found.asset_links.with_assets_of(reader(request)), pk=number)
    if request.method == "POST":
        with because(f"Taken off {reference}"):
            link.delete()
        messages.success(request, f"{link.asset} is taken off {reference}")
        return redirect(found)
    return remove_page(request, thing=link.asset, caption=reference, way=way_to(found))


def way_to(action: Action) -> list[Link]:
    """The way from home to the action."""
    return [Link(str(each), each.get_absolute_url()) for each in (action.plan, action)]
