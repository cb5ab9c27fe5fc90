"""What belongs to a risk: treatment, controls, further assets."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from assets.views.held import change_section, form_page, take_off
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from risks.forms.parts import ChangeControlForm, ControlForm, FurtherAssetForm
from risks.forms.risk import TreatmentForm
from risks.models import Risk
from risks.views.register import risk_or_404


def changed_risk(request: HttpRequest, reference: str) -> Risk:
    """The risk, if the person may change it."""
    found = risk_or_404(request, reference)
    require(request, "risks.change_risk", found)
    return found


def way_to(risk: Risk) -> list[Link]:
    """The way from home to the risk."""
    return [Link("Risks", reverse("risks:list")), Link(str(risk), risk.get_absolute_url())]


@get_and_post
def treatment(request: HttpRequest, reference: str) -> HttpResponse:
    """Change how a risk is treated, and whose register it stands on."""
    found = changed_risk(request, reference)
    return change_section(request, found, TreatmentForm, heading="Treatment", way=way_to(found))


@get_and_post
def add_control(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a control to a risk."""
    found = changed_risk(request, reference)
    form = ControlForm(posted(request), risk=found)
    if form.is_valid() and form.saved(f"Entered for {reference}"):
        messages.success(request, f"Control added to {reference}")
        return redirect(found)
    return form_page(request, form, heading="Add a control", way=way_to(found), caption=reference)


@get_and_post
def change_control(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Change a control, such as from planned to in place."""
    found = changed_risk(request, reference)
    control = get_object_or_404(found.controls, pk=number)
    form = ChangeControlForm(posted(request), instance=control)
    if form.is_valid():
        form.save()
        messages.success(request, f"Control of {reference} updated")
        return redirect(found)
    return form_page(request, form, heading="Change a control", way=way_to(found), caption=reference)


@get_and_post
def add_asset(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that a risk is to another asset too."""
    found = changed_risk(request, reference)
    form = FurtherAssetForm(posted(request), risk=found, person=reader(request))
    if form.is_valid() and form.saved(f"At risk by {reference}"):
        messages.success(request, f"{reference} is to {form.instance.asset.reference} too")
        return redirect(found)
    return form_page(request, form, heading="Add an asset", way=way_to(found), caption=reference)


@get_and_post
def remove_asset(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say that it is not to that asset after all; the history keeps that it was."""
    found = changed_risk(request, reference)
    link = get_object_or_404(found.asset_links.with_assets_of(reader(request)), pk=number)
    return take_off(request, found, link, thing=link.asset, way=way_to(found))
