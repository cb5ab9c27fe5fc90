"""The public register: no sign-in, posts and never names, and only what may be public."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from assets.representations import catalogue as dcat
from assets.representations.public import LEFT_OUT, entries, said, searched
from governance.core.components import Column
from governance.core.dates import today
from governance.core.filtering import paginate
from governance.core.forms import Form
from governance.people.models import Controller

KEPT_FOR = 300  # seconds for which anybody's cache may keep a page
COLUMNS = (Column("Reference"), Column("Title"), Column("Unit"), Column("Owner"), Column("Licence"))


class SearchForm(Form):
    """What somebody looks for."""

    mark_optional = False
    q = forms.CharField(label="Search the register", required=False, max_length=100)


def for_anybody(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page without sign-in, which caches may keep, but not as whoever is signed in sees it."""

    @wraps(view)
    def open_view(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        response = view(request, *args, **options)
        if not request.user.is_authenticated:
            patch_cache_control(response, public=True, max_age=KEPT_FOR)
        return response

    return login_not_required(require_safe(open_view))


@for_anybody
def register(request: HttpRequest) -> HttpResponse:
    """What the council holds and publishes, searched by words, page by page."""
    form = SearchForm(request.GET)
    found = searched(entries(), form.cleaned_data["q"]) if form.is_valid() else entries()
    page = paginate(request, found)
    context = {
        "search": form,
        "page": page,
        "entries": list(said(page.object_list)),
        "columns": COLUMNS,
        "asked": form.cleaned_data.get("q", ""),
        "on": today(),
    }
    return render(request, "public/register.html", context)


@for_anybody
def asset(request: HttpRequest, reference: str) -> HttpResponse:
    """One public entry; anything else is not there."""
    entry = next(said(entries().filter(reference=reference)), None)
    if entry is None:
        raise Http404
    return render(request, "public/asset.html", {"entry": entry, "on": today(), "left_out": LEFT_OUT})


@for_anybody
def catalogue(request: HttpRequest) -> HttpResponse:
    """The register as a catalogue for machines (DCAT, JSON-LD)."""
    found = dcat.catalogue(said(entries()), Controller.objects.current(), today())
    return JsonResponse(
        found, json_dumps_params={"ensure_ascii": False}, content_type="application/ld+json; charset=utf-8"
    )
