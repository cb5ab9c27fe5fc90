"""Partners: their list, one partner, and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.forms.contracts import NewPartnerForm, PartnerForm, RenameForm
from assets.models import Partner
from assets.representations.sharing import PARTNER_COLUMNS, agreements_with, contracts_with
from assets.views.held import form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.core.filtering import paginate
from governance.history.timeline import timeline
from governance.history.trail import because
from governance.people.registers.day import DayForm
from governance.people.registers.versions import instant_of


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Every partner by name."""
    require(request, "assets.list_sharing")
    return render(
        request,
        "assets/partners/list.html",
        {"page": paginate(request, Partner.objects.for_list()), "columns": PARTNER_COLUMNS},
    )


@require_safe
def partner(request: HttpRequest, code: str) -> HttpResponse:
    """One partner, now or as at a past day, with its names, its agreements and contracts, and its history."""
    require(request, "assets.list_sharing")
    found = get_object_or_404(Partner.objects.for_list(), code=code)
    day, person = DayForm(request.GET), reader(request)
    moment = day.moment()
    page = {
        "day": day,
        "moment": moment,
        "one_clock": True,
        "partner": found,
        "version": Partner.history.at(moment).filter(id=found.pk).first(),
        "agreements": agreements_with(found, moment, person),
        "contracts": contracts_with(found, moment, person),
        "events": [event for event in timeline(found) if event.when < instant_of(moment)],
    }
    return render(request, "assets/partners/partner.html", page)


@get_and_post
def new(request: HttpRequest) -> HttpResponse:
    """Enter a partner."""
    require(request, "assets.keep_partners")
    form = NewPartnerForm(posted(request))
    if form.is_valid() and form.saved("Entered as a partner"):
        messages.success(request, f"{form.instance} entered")
        return redirect(form.instance)
    return form_page(request, form, heading="Enter a partner", way=[to_list()])


@get_and_post
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is said of a partner."""
    found = _to_keep(request, code)
    form = PartnerForm(posted(request), instance=found)
    if form.is_valid():
        with because("Partner's details"):
            form.save()
        messages.success(request, f"{found} updated")
        return redirect(found)
    return form_page(request, form, heading="Change this partner", way=_way_to(found), caption=found.name)


@get_and_post
def rename(request: HttpRequest, code: str) -> HttpResponse:
    """Record that a partner took another name."""
    found = _to_keep(request, code)
    form = RenameForm(posted(request), partner=found)
    if form.is_valid() and form.saved():
        messages.success(request, f"It is now called {found.name}; past days keep the old name")
        return redirect(found)
    return form_page(request, form, heading="It has another name", way=_way_to(found), caption=found.name)


def _to_keep(request: HttpRequest, code: str) -> Partner:
    require(request, "assets.keep_partners")
    return get_object_or_404(Partner, code=code)


def to_list() -> Link:
    """The way to the list."""
    return Link("Partners", reverse("assets:partners"))


def _way_to(found: Partner) -> list[Link]:
    return [to_list(), Link(found.name, found.get_absolute_url())]
