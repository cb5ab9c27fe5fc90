"""The position as at 31 March, and signing it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from assets.forms.campaigns import SignForm
from assets.services import chain
from assets.services import position as positions
from assets.services import statement as statements
from assets.services.signing import Signing, signed_already, signings
from governance.core.access import reader, require
from governance.core.dates import LONDON, long_date, today

if TYPE_CHECKING:
    from assets.models import PositionStatement
    from governance.people.models import User


def current_year() -> int:
    """The year that is under way, by the 31 March that ends it."""
    now = today()
    return now.year + (now > date(now.year, 3, 31))


def year_asked(request: HttpRequest) -> int:
    """The year in the address; without one, the year that is under way. Raises Http404 for another."""
    current = current_year()
    asked = request.GET.get("year", str(current))
    if not (re.fullmatch("[0-9]{4}", asked) and positions.FIRST_YEAR <= int(asked) <= current):
        raise Http404("No such year")
    return int(asked)


@require_safe
def position(request: HttpRequest) -> HttpResponse:
    """How far confirmation was at the end of a year, for each unit, with the year before beside it."""
    require(request, "assets.view_attestation")
    found = positions.Position(year_asked(request))
    page = {
        "position": found,
        "rows": found.rows(),
        "columns": positions.COLUMNS,
        "years": range(current_year(), current_year() - 5, -1),
        "may_sign": found.is_closed and found.whole.total and request.user.has_perm("assets.sign_position"),
    }
    return render(request, "assets/attestation/position.html", page)


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, year: int) -> HttpResponse:
    """Sign the position of a closed year."""
    require(request, "assets.sign_position")
    if not positions.FIRST_YEAR <= year <= today().year:
        raise Http404("No such year")
    found = positions.Position(year)
    if not found.is_closed:
        raise Http404("The year is under way")
    options = {signing.key: signing for signing in signings(reader(request), found)}
    given = {key: signed_already(signing, found) for key, signing in options.items()}
    offered = {key: options[key] for key in options if request.method == "POST" or not given[key]}
    form = SignForm(
        request.POST or None,
        choices=[(key, signing.label) for key, signing in offered.items()],
        initial={"words": chain.draft_words(found)},
        waiting={key: chain.waiting_below(found, signing) for key, signing in offered.items()},
    )
    if form.is_valid() and (signed := taken(form, found, options, reader(request))):
        messages.success(request, f"Signed as {signed.signed_as}")
        return redirect(reverse("assets:position", query={"year": year}))
    page = {"form": form, "position": found, "options": offered, "given": [*filter(None, given.values())]}
    return render(request, "assets/attestation/sign.html", page)


def taken(
    form: SignForm, found: positions.Position, options: Mapping[str, Signing], by: User
) -> PositionStatement | None:
    """The signature given; None, with the reason in the form, where another stands there already."""
    said = dict(form.cleaned_data)
    try:
        return chain.sign(found, options[said.pop("signing")], **said, by=by)
    except chain.SignedAlreadyError as refused:
        day = long_date(refused.given.signed_at.astimezone(LONDON).date())
        words = f"It is signed already, as {refused.given.signed_as} on {day}: what was signed stays"
        form.add_error("signing", words)
        return None


@require_safe
def statement(request: HttpRequest, year: int) -> HttpResponse:
    """The text for the annual governance statement, of a year that is over or of the one under way."""
    require(request, "assets.view_attestation")
    if not positions.FIRST_YEAR <= year <= current_year():
        raise Http404("No such year")
    found = positions.Position(year)
    said = statements.paragraphs(found)
    page = {
        "position": found,
        "title": statements.title_of(found),
        "paragraphs": said,
        "plain": statements.plain(found, said),
    }
    return render(request, "assets/attestation/statement.html", page)
