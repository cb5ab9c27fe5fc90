"""The views of the risk register that a person saves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from governance.core.access import get_and_post
from governance.people.registers.saved_pages import SavedViews

KEPT = SavedViews("risks", "risk", "risks")


@get_and_post
def views(request: HttpRequest) -> HttpResponse:
    """The views this person may open; saving the one they came from."""
    return KEPT.page(request)


@get_and_post
def remove_view(request: HttpRequest, number: int) -> HttpResponse:
    """Take a saved view off, after asking."""
    return KEPT.remove_page(request, number)
