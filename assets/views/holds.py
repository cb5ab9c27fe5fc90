"""Holds: what may not be disposed of, and why."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from assets.figures.retention import on_hold
from assets.forms.holds import LiftForm, PlaceForm, WidenForm
from assets.models import Hold
from assets.representations.retention import HELD_COLUMNS, HOLD_COLUMNS, held_assets
from assets.services import holds as services
from governance.core.access import get_and_post, reader, require
from governance.core.dates import today
from governance.core.filtering import paginate
from governance.core.steps import taken
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import tiles
from governance.history.timeline import timeline


@require_safe
def holds(request: HttpRequest) -> HttpResponse:
    """Every hold, live ones first."""
    require(request, "assets.list_assets")
    now = Moment.now()
    page = {
        "page": paginate(request, Hold.objects.visible_to(reader(request)).for_list()),
        "columns": HOLD_COLUMNS,
        "tiles": tiles({on_hold.key: on_hold.value(now, Scope())}, now),
    }
    return render(request, "assets/holds/holds.html", page)


@require_safe
def hold(request: HttpRequest, reference: str) -> HttpResponse:
    """One hold with the assets it covers, as far as they are open to the reader."""
    found = _hold_or_404(request, reference)
    covered, hidden = held_assets(found, reader(request))
    page = {
        "hold": found,
        "covered": covered,
        "hidden": hidden,
        "columns": HELD_COLUMNS,
        "events": timeline(found),
    }
    return render(request, "assets/holds/hold.html", page)


@get_and_post
def place(request: HttpRequest) -> HttpResponse:
    """Place a hold; `?asset=` names one to begin with."""
    require(request, "assets.keep_holds")
    initial = {"assets": request.GET.get("asset", ""), "placed_on": today()}
    form = PlaceForm(request.POST or None, initial=initial, person=reader(request))
    if form.is_valid() and (
        placed := taken(form, lambda: services.place(by=reader(request), **form.cleaned_data))
    ):
        messages.success(request, f"{placed.reference} is in force. Nothing under it can be disposed of")
        return redirect(placed)
    return render(request, "assets/holds/place.html", {"form": form})


@get_and_post
def widen(request: HttpRequest, reference: str) -> HttpResponse:
    """Put further assets under a hold."""
    found = _hold_or_404(request, reference)
    require(request, "assets.keep_holds")
    form = WidenForm(request.POST or None, person=reader(request))
    if form.is_valid() and (number := taken(form, lambda: services.widen(found, **form.cleaned_data))):
        messages.success(request, f"{number} more under {found.reference}")
        return redirect(found)
    page = {"form": form, "hold": found, "heading": "Add assets to this hold", "done": "Add them"}
    return render(request, "assets/holds/change.html", page)


@get_and_post
def lift(request: HttpRequest, reference: str) -> HttpResponse:
    """Lift a hold, with the reason."""
    found = _hold_or_404(request, reference)
    require(request, "assets.keep_holds")
    form = LiftForm(request.POST or None, hold=found, initial={"lifted_on": today()})
    step = partial(services.lift, found, by=reader(request))
    if form.is_valid() and (lifted := taken(form, lambda: step(**form.cleaned_data))):
        messages.success(request, f"{lifted.reference} is lifted")
        return redirect(found)
    page = {"form": form, "hold": found, "heading": "Lift this hold", "done": "Lift the hold"}
    return render(request, "assets/holds/change.html", page)


def _hold_or_404(request: HttpRequest, reference: str) -> Hold:
    """The hold. Raises PermissionDenied (403) for whoever may open no asset at all, else Http404."""
    require(request, "assets.list_assets")
    return get_object_or_404(Hold.objects.visible_to(reader(request)).for_list(), reference=reference)
