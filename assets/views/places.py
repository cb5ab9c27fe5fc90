"""Where one asset is kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assets.forms.kept import KeepingForm
from assets.models import Asset, Keeping
from assets.services.entry import no_longer_kept_at
from assets.views.entry import asset_or_404
from governance.core.access import get_and_post, require
from governance.core.forms import render_form


@get_and_post
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Say one more place."""
    found = asset_or_404(request, reference)
    require(request, "assets.change_asset", found)
    return _form(request, found, None)


@get_and_post
def change(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Change what is said of one place."""
    found = asset_or_404(request, reference)
    require(request, "assets.change_asset", found)
    return _form(request, found, get_object_or_404(found.keepings, pk=pk))


@get_and_post
def remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say that it is no longer kept there."""
    found = asset_or_404(request, reference)
    require(request, "assets.change_asset", found)
    keeping = get_object_or_404(found.keepings, pk=pk)
    if request.method == "POST":
        no_longer_kept_at(keeping)
        messages.success(request, f"{found.reference} is no longer kept at {keeping.location}")
        return redirect(found)
    return render(request, "assets/editing/no_place.html", {"asset": found, "keeping": keeping})


def _form(request: HttpRequest, asset: Asset, keeping: Keeping | None) -> HttpResponse:
    form = KeepingForm(request.POST if request.method == "POST" else None, instance=keeping, asset=asset)
    if form.is_valid():
        saved = form.save()
        messages.success(request, f"{asset.reference} is kept at {saved.location}")
        return redirect(asset)
    return render_form(
        request, "assets/editing/place.html", {"asset": asset, "form": form, "keeping": keeping}
    )
