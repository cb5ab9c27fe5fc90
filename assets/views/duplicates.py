"""What is a part of what, and what is held twice."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assets.figures.duplicates import duplicates as duplicates_figure
from assets.figures.duplicates import golden
from assets.forms.duplicates import KinshipForm
from assets.models import Asset
from assets.representations.duplicates import suspected
from governance.core.access import reader, require
from governance.core.filtering import paginate
from governance.core.forms import render_form
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import tiles


@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """What is recorded as held twice, and what looks like it."""
    require(request, "assets.list_assets")
    moment = Moment.now()
    counted = {each.key: each.value(moment, Scope()) for each in (duplicates_figure, golden)}
    page = {"page": paginate(request, suspected(reader(request))), "tiles": tiles(counted, moment)}
    return render(request, "assets/duplicates/duplicates.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def kinship(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what an asset is a part of, and what it duplicates."""
    require(request, "assets.list_assets")
    found = get_object_or_404(Asset.objects.visible_to(reader(request)), reference=reference)
    require(request, "assets.change_asset", found)
    form = KinshipForm(request.POST or None, instance=found, person=reader(request))
    if form.is_valid() and form.written():
        messages.success(request, f"{reference} updated")
        return redirect(found)
    return render_form(request, "assets/duplicates/kinship.html", {"form": form, "asset": found})
