"""Raising a risk from an incident."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from assets.views.held import form_page
from governance.core.access import get_and_post, posted, reader, require
from risks.forms.risk import NewRiskForm
from risks.models import Assessment
from risks.representations.incident_links import first_asset
from risks.services.incident_risk import raise_from
from risks.views.incident import incident_or_404, way_to


@get_and_post
def raise_from_incident(request: HttpRequest, reference: str) -> HttpResponse:
    """Raise a risk that an incident brought to light; the incident names it from then on."""
    found = incident_or_404(request, reference)
    require(request, "risks.change_incident", found)
    require(request, "risks.add_risk")
    person = reader(request)
    form = NewRiskForm(posted(request), person=person, asset=first_asset(found, person))
    form.initial.setdefault("unit", found.unit_id)
    if form.is_valid():
        added = raise_from(found, form.save)
        messages.success(request, f"{added.reference} is raised, and {reference} names it. Score it next")
        return redirect("risks:score", added.reference, Assessment.Kind.CURRENT)
    heading = "Raise a risk because of this incident"
    return form_page(request, form, heading=heading, way=way_to(found), caption=str(found))
