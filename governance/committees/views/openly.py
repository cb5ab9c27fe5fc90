"""Pages of papers that anybody may open, where the council publishes its papers here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from governance.committees import opened
from governance.committees.models import Paper, PublishedFigure
from governance.core.dates import today

KEPT_FOR = 60  # seconds for which anybody's cache may keep it: what is withdrawn is gone within a minute


def for_anybody(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page without sign-in, where the council publishes its papers here. Search engines keep no copy."""

    @wraps(view)
    def open_view(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        if not settings.PUBLISHED_PAPERS:
            raise Http404
        response = view(request, *args, **options)
        if not request.user.is_authenticated and response.status_code != HTTPStatus.CONFLICT:
            response["Cache-Control"] = f"public, max-age={KEPT_FOR}, must-revalidate"
        response["X-Robots-Tag"] = "noarchive" if response.status_code == HTTPStatus.OK else "noindex"
        return response

    return login_not_required(require_safe(open_view))


def or_in_public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page of a figure for who is signed in: files of the paper lead there. Anybody else is sent on to its
    public page, and to sign in where it has none."""

    @wraps(view)
    def either(request: HttpRequest, pk: int, position: int) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, pk, position)
        if request.method in ("GET", "HEAD") and _is_open(pk, position):
            return redirect("published:figure", pk, position)
        return redirect_to_login(request.get_full_path())

    return login_not_required(either)


def _is_open(pk: int, position: int) -> bool:
    """Has the figure a public page? Where it is withheld there is none, as where there is no figure."""
    if not settings.PUBLISHED_PAPERS or not Paper.objects.published(today()).filter(pk=pk).exists():
        return False
    kept = PublishedFigure.objects.filter(paper=pk, position=position).first()
    return kept is not None and not opened.is_withheld(kept)
