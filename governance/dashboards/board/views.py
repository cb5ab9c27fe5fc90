"""The pages of the dashboards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.core.access import reader, require
from governance.core.filtering import paginate
from governance.dashboards.board.form import BoardForm
from governance.dashboards.board.page import Asked, Board
from governance.dashboards.board.risks import MovedList
from governance.dashboards.board.told import told_by
from governance.dashboards.board.units import Tree, scope_of, tree_for
from governance.dashboards.board.variants import Variant, variants_of
from governance.figures.forms import MomentForm
from governance.figures.moment import Moment
from risks.figures.movement import KINDS

if TYPE_CHECKING:
    from governance.people.models import User


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """One of the reader's dashboards (`?view=`, else the first), at a moment, compared with another."""
    require(request, "dashboards.view_board")
    return render_board(request, "dashboards/board/board.html")


@require_safe
def movement(request: HttpRequest) -> HttpResponse:
    """Every risk that moved between the two moments of a dashboard, or with `?kind=` those that moved so."""
    require(request, "dashboards.view_board")
    return render_board(request, "dashboards/board/movement.html", request.GET.get("kind", ""))


def render_board(request: HttpRequest, template: str, kind: str | None = None) -> HttpResponse:
    """A page of what the address asks for; where that makes no sense, the form with what is wrong."""
    variants = variants_of(reader(request))
    variant = next((each for each in variants if each.code == request.GET.get("view")), variants[0])
    asked = MomentForm(request.GET)
    moment = asked.moment() if asked.is_valid() else Moment.now()
    tree, told = tree_for(reader(request), variant, moment), told_by(moment, reader(request))
    form = BoardForm(request.GET, tree=tree, variant=variant, told=told)
    page = {"form": form, "variant": variant, "others": [each for each in variants if each != variant]}
    page["told"] = told
    if not form.is_valid():
        return render(request, template, page, status=400)
    found = Board(asked_of(form, reader(request), variant, tree))
    page |= {"board": found, "moment": form.moment()}
    if kind is not None:
        way = kind if kind in KINDS else ""
        page |= {"kind": way, "kinds": KINDS, "page": paginate(request, MovedList(found.between, way))}
    return render(request, template, page)


def asked_of(form: BoardForm, person: User, variant: Variant, tree: Tree) -> Asked:
    """What a valid form asks for."""
    moment, unit = form.moment(), form.cleaned_data["unit"]
    scope = scope_of(tree, unit, variant, moment)
    return Asked(person, variant, tree, unit, scope, moment, form.earlier(), form.trend_begins(), form.seen())
