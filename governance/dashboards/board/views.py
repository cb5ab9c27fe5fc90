"""The pages of the dashboards."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.core.access import reader, require
from governance.dashboards.board.form import BoardForm
from governance.dashboards.board.page import Asked, Board
from governance.dashboards.board.units import Tree, scope_of, tree_for, tree_then
from governance.dashboards.board.variants import Variant, variants_of


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """One of the reader's dashboards (`?view=`, else the first), at a moment, compared with another."""
    require(request, "dashboards.view_board")
    variants = variants_of(reader(request))
    variant = next((each for each in variants if each.code == request.GET.get("view")), variants[0])
    tree = tree_for(reader(request), variant)
    form = BoardForm(request.GET, tree=tree, variant=variant)
    page = {"form": form, "variant": variant, "others": [each for each in variants if each != variant]}
    if not form.is_valid():
        return render(request, "dashboards/board/board.html", page, status=400)
    page |= {"board": Board(asked_of(form, variant, tree)), "moment": form.moment()}
    return render(request, "dashboards/board/board.html", page)


def asked_of(form: BoardForm, variant: Variant, tree: Tree) -> Asked:
    """What a valid form asks for."""
    moment, unit = form.moment(), form.cleaned_data["unit"]
    then = tree_then(tree, moment)
    scope = scope_of(then, unit, variant)
    return Asked(variant, then, unit, scope, moment, form.earlier(), form.trend_begins())
