"""My assets, confirming one, and how often that is asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assets.forms.attestation import ConfirmForm, PeriodsForm
from assets.models import Asset, AttestationPeriods, AttestationQuestion
from assets.services.attestation import MovedOnError, NotToBeConfirmedError
from assets.services.attestation import confirm as confirm_asset
from assets.services.mine import MINE_COLUMNS, Mine, changes_since, said_of
from assets.services.standing import progress
from governance.core.access import reader, require
from governance.core.dates import long_date
from governance.core.filtering import paginate
from governance.core.forms import render_form
from governance.figures.moment import Moment
from governance.people.registers.record import Record


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the person's posts own and units hold, what waits to be confirmed first."""
    require(request, "assets.view_mine")
    work = Mine(reader(request), Moment.now())
    page = paginate(request, work.assets())
    rows = [(version, said_of(version)) for version in page]
    found = {"work": work, "page": page, "rows": rows, "columns": MINE_COLUMNS}
    return render(request, "assets/attestation/mine.html", found)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Confirm one asset as it is shown: the second of two clicks."""
    require(request, "assets.view_mine")
    person = reader(request)
    asset = get_object_or_404(Asset.objects.visible_to(person), reference=reference)
    require(request, "assets.attest", asset)
    form = ConfirmForm(request.POST or None, asset=asset, person=person)
    if form.is_valid() and confirmed(form):
        told = Mine(person, Moment.now())
        messages.success(request, said_after(reference, told))
        return redirect("assets:mine")
    return confirmation(request, asset, form)


def confirmed(form: ConfirmForm) -> bool:
    """Record what the form says. False, with an error, where the asset is not the one that was shown."""
    try:
        confirm_asset(form.asset, by=form.person, **form.answers())
    except MovedOnError:
        form.moved_on = True
        form.add_error(None, "The asset was changed since this page was shown: look at it again")
    except NotToBeConfirmedError:
        form.add_error(None, "This asset is no longer on the register, so there is nothing to confirm")
    return form.is_valid()


def confirmation(request: HttpRequest, asset: Asset, form: ConfirmForm) -> HttpResponse:
    """The page of the statements; anew, as a conflict, where the asset has changed since it was shown."""
    stale = form.moved_on
    last, events = changes_since(asset)
    found = {
        "asset": asset,
        "form": form,
        "stale": stale,
        "standing_version": asset.standing_version(),
        "last": last,
        "events": events,
        "record": Record.of(asset, Moment.now()),
        "questions": AttestationQuestion.objects.offered(),
    }
    return render(request, "assets/attestation/confirm.html", found, status=409 if stale else 200)


def said_after(reference: str, work: Mine) -> str:
    """What is said once an asset is confirmed: how many are left, or until when the person is done."""
    if work.waiting:
        return f"{reference} confirmed. {work.waiting} to go"
    until = f" until {long_date(work.next_on)}" if work.next_on else ""
    return f"{reference} confirmed. You are done{until}"


@require_safe
def attestation(request: HttpRequest) -> HttpResponse:
    """How far confirmation is, for the council and for each service."""
    require(request, "assets.view_attestation")
    return render(request, "assets/attestation/progress.html", progress(Moment.now()))


@require_http_methods(["GET", "POST"])
def periods(request: HttpRequest) -> HttpResponse:
    """How often assets are confirmed."""
    require(request, "assets.run_attestation")
    form = PeriodsForm(request.POST or None, instance=AttestationPeriods.current())
    if form.is_valid():
        form.save()
        messages.success(request, "The periods are changed. What is due is reckoned by them from now on")
        return redirect("assets:attestation")
    return render_form(request, "assets/attestation/periods.html", {"form": form})
