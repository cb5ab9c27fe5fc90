"""What is due, and disposal step by step."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from assets.figures.disposal import disposal_counts
from assets.figures.retention import over_retained, over_retained_by_unit, retention_counts
from assets.filters.retention import DisposalFilter, DueFilter
from assets.forms.disposal import CarryOutForm, DecideForm, ProposeForm
from assets.models import Asset, Disposal
from assets.permissions.retention import side_to_agree
from assets.representations.retention import (
    DISPOSAL_COLUMNS,
    DUE_COLUMNS,
    OVER_COLUMNS,
    UNIT_COLUMNS,
    due_list,
    over_rows,
    retention_of,
    unit_rows,
)
from assets.services import disposal as services
from governance.core.access import get_and_post, reader, require
from governance.core.dates import today
from governance.core.filtering import paginate
from governance.core.listing import listed
from governance.core.steps import taken
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import tiles
from governance.history.timeline import timeline
from governance.people.models import User
from governance.people.registers.day import DayForm
from governance.people.registers.pages import register_page


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """What the schedule has an end for, by the day it is due, now or as at a past day."""
    require(request, "assets.list_assets")
    moment = DayForm(request.GET).moment()

    filters = partial(DueFilter, moment=moment)
    page = register_page(request, due_list, filters, DUE_COLUMNS, retention_counts)
    return render(request, "assets/disposals/due.html", page)


@require_safe
def over(request: HttpRequest) -> HttpResponse:
    """What is kept longer than its rule allows, by unit, the longest first."""
    require(request, "assets.list_assets")
    day = DayForm(request.GET)
    moment = day.moment()
    found: Any = over_retained.rows(moment, Scope())
    rows = found.visible_to(reader(request)).order_by("due_on", "reference")
    shown, number = paginate(request, rows), over_retained.value(moment, Scope())
    page = {
        "hidden": number - shown.paginator.count,
        "day": day,
        "moment": moment,
        "one_clock": True,
        "units": unit_rows(over_retained_by_unit(moment, Scope()), moment, over_retained.address),
        "tiles": tiles({over_retained.key: number}, moment),
        "page": shown,
        "rows": over_rows(shown, moment),
        "unit_columns": UNIT_COLUMNS,
        "columns": OVER_COLUMNS,
    }
    return render(request, "assets/disposals/over.html", page)


@require_safe
def disposals(request: HttpRequest) -> HttpResponse:
    """The log: what was proposed, decided and carried out."""
    require(request, "assets.list_assets")
    found = DisposalFilter(request.GET, Disposal.objects.visible_to(reader(request)).for_list())
    now = Moment.now()
    page = {
        "listed": listed(request, found, DISPOSAL_COLUMNS),
        "tiles": tiles(disposal_counts(now, Scope()), now),
    }
    return render(request, "assets/disposals/disposals.html", page)


@require_safe
def disposal(request: HttpRequest, reference: str) -> HttpResponse:
    """One disposal: the proposal, the decision, what was done, its history."""
    found = _disposal_or_404(request, reference)
    page = {
        "disposal": found,
        "events": timeline(found, told_elsewhere=["certificate"]),
        "side": side_to_agree(reader(request), found),
    }
    return render(request, "assets/disposals/disposal.html", page)


@get_and_post
def propose(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what should become of an asset."""
    require(request, "assets.list_assets")
    asset = get_object_or_404(Asset.objects.visible_to(reader(request)), reference=reference)
    require(request, "assets.propose_disposal", asset)
    form = ProposeForm(request.POST or None)
    step = partial(services.propose, asset, by=reader(request), on=today())
    if form.is_valid() and (proposed := taken(form, lambda: step(**form.cleaned_data))):
        messages.success(request, f"{proposed.reference} waits for the owner and the records manager")
        return redirect(proposed)
    page = {"form": form, "asset": asset, "retention": retention_of(asset, Moment.now(), reader(request))}
    return render(request, "assets/disposals/propose.html", page)


@get_and_post
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Agree for the owner or as records manager, or refuse."""
    found = _disposal_or_404(request, reference)
    require(request, "assets.decide_disposal", found)
    if not found.is_open and request.method != "POST":
        messages.info(request, f"{reference} has been decided: {found.get_stage_display().lower()}")
        return redirect(found)
    side = side_to_agree(reader(request), found)
    form = DecideForm(request.POST or None, side=side)
    if form.is_valid() and (decided := taken(form, lambda: _decide(form, found, reader(request)))):
        messages.success(request, f"{reference}: {decided.get_stage_display().lower()}")
        return redirect(decided)
    page = {"form": form, "disposal": found, "side": side}
    return render(request, "assets/disposals/decide.html", page)


@get_and_post
def carry_out(request: HttpRequest, reference: str) -> HttpResponse:
    """Record what was done; the certificate is issued."""
    found = _disposal_or_404(request, reference)
    require(request, "assets.carry_out_disposal", found)
    if found.stage != Disposal.Stage.AGREED and request.method != "POST":
        messages.info(request, f"{reference} is not to be carried out: {found.get_stage_display().lower()}")
        return redirect(found)
    form = CarryOutForm(request.POST or None, disposal=found)
    if form.is_valid() and (
        done := taken(form, lambda: services.carry_out(found, by=reader(request), **form.cleaned_data))
    ):
        messages.success(request, f"Certificate {done.certificate_number} is issued")
        return redirect("assets:certificate", done.reference)
    return render(request, "assets/disposals/carry_out.html", {"form": form, "disposal": found})


@require_safe
def certificate(request: HttpRequest, reference: str) -> HttpResponse:
    """The certificate as it was issued, to be printed, with its fingerprint."""
    found = _disposal_or_404(request, reference)
    if found.certificate is None:
        raise Http404(f"{reference} has not been carried out")
    return render(request, "assets/disposals/certificate.html", {"disposal": found})


def _decide(form: DecideForm, found: Disposal, person: User) -> Disposal:
    """The decision as the form says it. Raises DisposalError."""
    if form.agrees:
        return services.agree(found, as_=form.side, by=person, on=today())
    return services.refuse(found, by=person, on=today(), reason=form.cleaned_data["refusal"])


def _disposal_or_404(request: HttpRequest, reference: str) -> Disposal:
    """The disposal. Raises PermissionDenied (403) for whoever may open no asset at all, else Http404."""
    require(request, "assets.list_assets")
    return get_object_or_404(Disposal.objects.visible_to(reader(request)).for_list(), reference=reference)
