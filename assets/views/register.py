"""The register itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.figures import kept, tallies
from assets.filters.register import AssetFilter
from assets.models import READERS, Asset
from assets.representations.register import OFFERED, drawn
from assets.representations.room import room_of
from assets.views.bulk import MANY
from assets.views.saved import KEPT
from governance.core.access import reader, require
from governance.core.components import Column
from governance.people.models import OrganisationalUnit
from governance.people.registers.pages import COMMON, Register, page_of

REGISTER = Register(
    name="assets",
    entries=Asset.objects.at,
    filters=AssetFilter,
    counts=tallies,
    readers=READERS,
    fixed=COMMON[:2],
    offered=OFFERED,
    matching=kept,
)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register, now or as at a past day; the address holds its whole state."""
    require(request, "assets.list_assets")
    page = page_of(request, REGISTER)
    person, found = reader(request), page["listed"]
    choosing = person.has_perm("assets.bulk_edit") and not page["moment"].is_past
    page |= {
        "room": room_of(person),
        "kept": KEPT,
        "many": MANY,
        "choosing": choosing,
        "drawn": drawn(page["rows"]),
        "headings": [*([Column("Choose")] if choosing else []), *found.columns],
        "all_matching": f"Change all {found.count:,} {'matching' if found.narrowed else 'on the register'}",
    }
    return render(request, "assets/register.html", page)


@require_safe
def of_unit(request: HttpRequest, code: str) -> HttpResponse:
    """What one unit holds, in the register."""
    require(request, "assets.list_assets")
    unit = get_object_or_404(OrganisationalUnit.objects.all(), code=code)
    return redirect(reverse("assets:list", query={"unit": unit.pk}))
