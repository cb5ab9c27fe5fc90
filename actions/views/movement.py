"""What moved in plans between two days."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions.forms.movement import MovementForm
from actions.models import ActionPlan
from actions.models.movement import between
from actions.representations.movement import COLUMNS, RESTATED_COLUMNS, account
from governance.core.access import reader, require
from governance.figures.moment import Scope


@require_safe
def movement(request: HttpRequest) -> HttpResponse:
    """From what was open at the start to what is open at the end, of one plan or of several."""
    require(request, "actions.list_plans")
    person = reader(request)
    form = MovementForm(request.GET, plans=list(ActionPlan.objects.visible_to(person)))
    (since, closing), plans = form.days(), form.chosen()
    scope = Scope(plans=tuple(plan.code for plan in plans))
    asked = plans and form.is_valid()  # of days that make no sense nothing is counted
    found = account(between(since, closing, scope), scope, person) if asked else None
    page = {"form": form, "moment": closing, "plans": plans, "found": found}
    page |= {"columns": COLUMNS, "restated_columns": RESTATED_COLUMNS}
    return render(request, "actions/movement/page.html", page)
