"""How a plan went over a period, and the board of its actions by status."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions.figures.burn_up import counts_over, news
from actions.forms.period import PeriodForm
from actions.representations.board import columns_of
from actions.representations.burn_up import burn_up as drawn
from actions.representations.burn_up import life, period
from actions.representations.plan import PlanFigures
from actions.views.plans import looked_at, plan_or_404
from governance.core.access import require
from governance.core.filtering import applied
from governance.figures.moment import Scope


@require_safe
def burn_up(request: HttpRequest, code: str) -> HttpResponse:
    """The actions of a plan and those completed over a period, drawn, with the same numbers in a table."""
    found = plan_or_404(request, code)
    require(request, "actions.view_plan", found)
    form, scope = PeriodForm(request.GET, plan=found), Scope(plans=(found.code,))
    chosen = form.cleaned_data if form.is_valid() else {}
    lived = life(found.opened_on, *news(scope))
    moments = period(found.opened_on, lived, chosen)
    chart = drawn(counts_over(moments, scope), moments, scope)
    page = {"plan": found, "form": form, "chart": chart, "life": lived, "cut": lived.cut(chosen)}
    page |= {"known_at": chosen.get("known_at")}
    return render(request, "actions/burn_up.html", page)


@require_safe
def board(request: HttpRequest, code: str) -> HttpResponse:
    """The actions of a plan that the person may open and that its filters find, a column for each status."""
    found, page = looked_at(request, code)
    filters = page["filter"]
    matching = columns_of(filters.qs, PlanFigures(found, filters.counted, filters.moment), filters.moment)
    page |= {"columns": matching, "narrowed": bool(applied(filters.form, request.GET))}
    return render(request, "actions/board.html", page)
