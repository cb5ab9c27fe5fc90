"""Pages that belong to no room: health, accessibility statement, colours, errors, gallery."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from governance.core import gallery, theme
from governance.core.access import ToldWhyError
from governance.core.context import council_facts


@login_not_required
@require_safe
@never_cache
@transaction.non_atomic_requests
def healthz(request: HttpRequest) -> HttpResponse:
    """200 "ok" when the database answers, else 503; no details, since strangers may ask."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (Public Sector Bodies Accessibility Regulations 2018, regulation 8)."""
    return render(request, "core/accessibility.html")


@login_not_required
@require_safe
@cache_control(max_age=3600, public=True)
@transaction.non_atomic_requests
def theme_sheet(request: HttpRequest) -> HttpResponse:
    """The council's accent colour as custom properties."""
    return HttpResponse(theme.sheet(settings.ACCENT_COLOUR), content_type="text/css; charset=utf-8")


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    """Every component with its variants and states (?state=). Mounted in development only."""
    template, status, context = gallery.examples(request)
    return render(request, template, context, status=status)


# Errors: each says what happened and what to do next.


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the rules do not allow it; why, where that may be told."""
    why = str(exception) if isinstance(exception, ToldWhyError) else ""
    return render(request, "403.html", {"why": why}, status=403)


def stale_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is not the session's: signed out meanwhile, or cookies are off."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing is here, or nothing that this person may see: the page does not tell which."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page that needs neither database nor session, since either may be what failed."""
    return HttpResponse(render_to_string("500.html", council_facts()), status=500)
