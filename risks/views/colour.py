"""Setting another colour on a risk than the computed one, and taking it back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from governance.colours.views.override import set_page, take_back_page
from governance.core.access import get_and_post, require
from risks.models.colour import COLOURED
from risks.views.register import risk_or_404


@get_and_post
def set_colour(request: HttpRequest, reference: str) -> HttpResponse:
    """Show another colour until a day, with a reason."""
    found = risk_or_404(request, reference)
    require(request, "risks.set_colour", found)
    return set_page(request, found, COLOURED)


@get_and_post
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the computed colour again."""
    found = risk_or_404(request, reference)
    require(request, "risks.set_colour", found)
    return take_back_page(request, found, COLOURED)
