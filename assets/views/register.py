"""The register itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assets.figures import counts
from assets.filters.register import AssetFilter
from assets.models import Asset
from assets.representations.register import COLUMNS
from governance.core.access import require
from governance.people.registers.pages import register_page


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register, now or as at a past day; the address holds its whole state."""
    require(request, "assets.list_assets")
    page = register_page(request, Asset.history.at, AssetFilter, COLUMNS, counts)
    return render(request, "assets/register.html", page)
