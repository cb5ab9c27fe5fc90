"""Entering the actions of a plan as it was delivered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from actions.forms.delivering import DeliveredForm
from actions.models import Recommendation
from actions.services.delivering import Delivered, enter
from actions.views.plans import plan_or_404
from assets.views.held import form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.core.steps import taken


@get_and_post
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Enter an action of a plan; `?recommendation=A01` names the one from whose page it is entered."""
    plan = plan_or_404(request, code)
    require(request, "actions.enter_delivered", plan)
    named = request.GET.get("recommendation", "").replace("\x00", "")
    open_to = Recommendation.objects.visible_to(reader(request))
    answers = open_to.filter(audit=plan.audit_id, reference=named).first()
    form = DeliveredForm(posted(request), plan=plan, answers=answers)
    if form.is_valid():
        said = Delivered(**form.cleaned_data)
        if made := taken(form, lambda: enter(plan, said, by=reader(request))):
            messages.success(request, f"{made.reference} entered on {plan}")
            return redirect(answers or made)
    way = [Link("Action plans", reverse("actions:plans")), Link(str(plan), plan.get_absolute_url())]
    return form_page(request, form, heading="Enter an action as the plan has it", way=way, caption=str(plan))
