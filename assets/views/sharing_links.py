"""Who is party to an agreement, and which assets it covers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from assets.forms.sharing_links import CoverForm, PartyForm, SignatureForm
from assets.views.held import form_page, take_off
from assets.views.sharing import agreement_to_change, way_to
from governance.core.access import get_and_post, posted, reader
from governance.history.trail import because


@get_and_post
def add_party(request: HttpRequest, reference: str) -> HttpResponse:
    """Name a partner to an agreement."""
    found = agreement_to_change(request, reference)
    form = PartyForm(posted(request), agreement=found)
    if form.is_valid() and form.saved(f"Party to {reference}"):
        messages.success(request, f"{form.instance.partner} is party to {reference}")
        return redirect(found)
    return form_page(request, form, heading="Add a partner", way=way_to(found), caption=reference)


@get_and_post
def sign(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Record which version a partner signed."""
    found = agreement_to_change(request, reference)
    party = get_object_or_404(found.partner_links.select_related("partner"), pk=number)
    form = SignatureForm(posted(request), instance=party)
    if form.is_valid():
        with because(f"Signature to {reference}"):
            form.save()
        messages.success(request, f"Signature of {party.partner} updated")
        return redirect(found)
    heading = f"Signature of {party.partner}"
    return form_page(request, form, heading=heading, way=way_to(found), caption=reference)


@get_and_post
def add_asset(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that an agreement covers an asset."""
    found = agreement_to_change(request, reference)
    form = CoverForm(posted(request), agreement=found, person=reader(request))
    if form.is_valid() and form.saved(f"Covered by {reference}"):
        messages.success(request, f"{reference} covers {form.instance.asset.reference}")
        return redirect(found)
    return form_page(request, form, heading="Add an asset", way=way_to(found), caption=reference)


@get_and_post
def remove_party(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take a partner off an agreement, after asking."""
    found = agreement_to_change(request, reference)
    link = get_object_or_404(found.partner_links.select_related("partner"), pk=number)
    return take_off(request, found, link, thing=link.partner, way=way_to(found))


@get_and_post
def remove_asset(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take an asset off an agreement, after asking."""
    found = agreement_to_change(request, reference)
    link = get_object_or_404(found.asset_links.select_related("asset"), pk=number)
    return take_off(request, found, link, thing=link.asset, way=way_to(found))
