"""The page of one asset."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assets.models import Asset
from assets.representations.around import with_events_around
from assets.representations.completeness import Completeness
from assets.representations.duplicates import kin_of
from assets.representations.entry import CHANGE, cards, next_step
from assets.representations.places import kept_at
from assets.representations.processing import processing_of
from assets.representations.public import entries, published, said
from assets.representations.quality import quality_of
from assets.representations.register import actions_of, incidents_of, risks_of
from assets.representations.retention import retention_of
from assets.representations.sharing import sharing_of
from assets.representations.told import told_to
from governance.core.access import reader, require
from governance.figures.moment import Moment
from governance.people.models import User
from governance.people.registers.pages import record_page

Part = Callable[[Asset, Moment, User], dict[str, Any]]
# What each part of the asset register adds to this page: values that its template
# templates/assets/PART/on_asset.html shows. That template is included in templates/assets/asset.html.
PARTS: tuple[Part, ...] = (
    kept_at,
    lambda asset, moment, person: published(asset, moment),
    risks_of,
    incidents_of,
    actions_of,
    lambda asset, moment, person: {"retention": retention_of(asset, moment, person)},
    processing_of,
    kin_of,
    quality_of,
    sharing_of,
)


@require_safe
def asset(request: HttpRequest, reference: str) -> HttpResponse:
    """One asset, now or as at a past day: its sections, what is missing, each part's own, its history."""
    require(request, "assets.list_assets")
    found = Asset.objects.visible_to(reader(request)).filter(reference=reference).first()
    if found is None:
        return elsewhere(request, reference)
    require(request, "assets.view_asset", found)
    page = record_page(request, found, change="assets:change") | {"asset": found}
    events = told_to(reader(request), page["events"])
    page["events"] = with_events_around(events, found, page["moment"], reader(request))
    if version := page["record"].version:
        complete = Completeness.of_version(version)
        step = next_step(found, complete, reader(request))
        page |= {
            "cards": cards(version),
            "complete": complete,
            "step": step,
            "step_address": step.address(reference) if step else "",
            "change": CHANGE,
        }
        for part in PARTS:
            page |= part(found, page["moment"], reader(request))
    return render(request, "assets/asset.html", page)


def elsewhere(request: HttpRequest, reference: str) -> HttpResponse:
    """An asset that is not the reader's to open, but that anybody may read of: the way to its public entry.
    Raises Http404 for one that is not public, as for one that is not there."""
    entry = next(said(entries().filter(reference=reference)), None)
    if entry is None:
        raise Http404("No such asset")
    return render(request, "assets/elsewhere.html", {"entry": entry})


def asset_or_404(request: HttpRequest, reference: str) -> Asset:
    """The asset. Raises PermissionDenied (403) for whoever may open no asset at all, so that every address
    of the room answers them alike; Http404 for an asset that is not there, or not theirs to open."""
    require(request, "assets.list_assets")
    return get_object_or_404(Asset.objects.visible_to(reader(request)), reference=reference)
