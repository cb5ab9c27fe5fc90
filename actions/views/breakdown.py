"""The actions of a plan by priority, scope area, owner, unit or milestone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actions.forms.progress import SinceMomentForm
from actions.representations.breakdown import BREAKDOWNS
from actions.representations.sight import COLUMNS
from actions.views.plans import plan_or_404
from governance.core.access import require
from governance.core.components import Link


@require_safe
def by(request: HttpRequest, code: str, way: str) -> HttpResponse:
    """Where the actions of a plan stand, by each value of what they are broken down by."""
    plan = plan_or_404(request, code)
    require(request, "actions.view_plan", plan)
    if way not in BREAKDOWNS:
        raise Http404(f"Actions of a plan are not told by {way}.")
    form = SinceMomentForm(request.GET, since=plan.opened_on, began="The plan was opened")
    asked = form.shown().query()
    page = {
        "plan": plan,
        "form": form,
        "shown": BREAKDOWNS[way],
        "lines": BREAKDOWNS[way].lines(plan, form.shown()),
        "columns": COLUMNS,
        "ways": [
            Link(each.words, reverse("actions:by", args=[code, name], query=asked), current=name == way)
            for name, each in BREAKDOWNS.items()
        ],
    }
    return render(request, "actions/by.html", page)
