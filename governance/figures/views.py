"""The page that opens any figure at any moment, and the list of all figures with their definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.core import components
from governance.core.access import reader, require
from governance.core.filtering import paginate
from governance.figures.asking import AskedBadlyError, dimensions_asked, scope_asked
from governance.figures.figure import (
    FIGURES,
    SCOPE_PARTS,
    SCOPE_TITLES,
    Figure,
    UnknownFigureError,
    get_figure,
)
from governance.figures.forms import MomentForm
from governance.figures.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from governance.figures.moment import Scope
    from governance.people.models import User


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Every figure that the person may open, by key, with its definition in words."""
    person = reader(request)
    listed = [figure for _, figure in sorted(FIGURES.items()) if person.has_perm(figure.shape.permission)]
    return render(request, "figures/figures.html", {"figures": listed})


@require_safe
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """One figure at a moment: definition, value, and every row behind it that the person may open.

    `?since=` (a day) lists instead what has come into the figure since then, and what has left it.
    """
    found = _figure_or_404(key)
    require(request, found.shape.permission)
    form = MomentForm(request.GET)
    page: dict[str, Any] = {"figure": found, "form": form}
    try:
        dimensions = dimensions_asked(found.shape.dimensions, request.GET)
        if not form.is_valid():
            return render(request, "figures/asked_badly.html", page, status=400)
        scope = scope_asked({part: request.GET.getlist(part) for part in SCOPE_PARTS}, form.moment())
        listing = Listing.asked(found, form.moment(), scope, dimensions, request.GET.get("since"))
        rows, value, hidden = listing.opened_by(reader(request))
    except AskedBadlyError as wrong:
        return render(request, "figures/asked_badly.html", page | {"wrong": wrong.sentence}, status=400)
    page |= {
        "moment": form.moment(),
        "listing": listing,
        "counted": scope.in_words(_titles(scope, reader(request))),
        "narrowed": _narrowed(dimensions),
        "value": value,
        "hidden": hidden,
        "page": paginate(request, rows),
        "columns": _headings(found),
        "left": listing.left_for(reader(request)),
    }
    return render(request, "figures/figure.html", page)


def _titles(scope: Scope, person: User) -> dict[str, Mapping[str, str]]:
    """What the codes of a scope are called, as far as the person may know."""
    parts = scope.as_json()
    return {name: titles(parts[name], person) for name, titles in SCOPE_TITLES.items() if name in parts}


def _narrowed(dimensions: Mapping[str, str]) -> dict[str, str]:
    """To what the figure is narrowed, in words: a key is left out where its title stands beside it."""
    keys = {f"{name}_id" for name in dimensions}
    return {name.replace("_", " "): said for name, said in dimensions.items() if name not in keys}


def _figure_or_404(key: str) -> Figure[Any]:
    try:
        return get_figure(key)
    except UnknownFigureError as unknown:
        raise Http404(str(unknown)) from None


def _headings(found: Figure[Any]) -> list[components.Column]:
    return [
        components.Column("Reference"),
        *(components.Column(column.heading) for column in found.shape.columns),
    ]
