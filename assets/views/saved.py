"""How a person sees the register: the columns they choose, the views they save."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from assets.representations.register import OFFERED
from governance.core.access import get_and_post, reader, require
from governance.people.registers.choosing import choose
from governance.people.registers.saved import address_part
from governance.people.registers.saved_pages import SavedViews

KEPT = SavedViews("assets", "asset", "assets")


@get_and_post
def columns(request: HttpRequest) -> HttpResponse:
    """Keep the columns that this person chose, and show the register as it was asked for."""
    require(request, "assets.list_assets")
    if request.method != "POST":
        messages.info(request, "Choose the columns here, under “Columns”")
        return redirect("assets:list")
    wanted = set(request.POST.getlist("column"))
    codes = [each.code for each in OFFERED if each.code in wanted and "default" not in request.POST]
    choose(reader(request), KEPT.room, codes)
    messages.success(request, "Columns changed")
    return back(request)


@get_and_post
def views(request: HttpRequest) -> HttpResponse:
    """The views this person may open; saving the one they came from."""
    return KEPT.page(request)


@get_and_post
def remove_view(request: HttpRequest, number: int) -> HttpResponse:
    """Take a saved view off, after asking."""
    return KEPT.remove_page(request, number)


def back(request: HttpRequest) -> HttpResponseRedirect:
    """To the register, with what its address said."""
    return HttpResponseRedirect(f"{reverse('assets:list')}?{address_part(request.POST.get('query', ''))}")
