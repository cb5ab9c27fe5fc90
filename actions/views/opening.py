"""Putting a new action on a plan, such as one that treats a risk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from actions.forms.opening import NewActionForm
from assets.views.held import form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.core.steps import taken
from risks.models import Risk


@get_and_post
def new(request: HttpRequest) -> HttpResponse:
    """Open an action; `?risk=IR-0042` names the risk from whose page it is raised, and which it treats."""
    require(request, "actions.add_action")
    person = reader(request)
    named = request.GET.get("risk", "").replace("\x00", "")
    risk = Risk.objects.visible_to(person).filter(reference=named, state=Risk.State.OPEN).first()
    form = NewActionForm(posted(request), person=person, risk=risk)
    if form.is_valid() and (opened := taken(form, form.open)):
        messages.success(request, f"{opened.reference} opened on {opened.plan}")
        return redirect(risk or opened)
    back = (
        Link(str(risk), risk.get_absolute_url()) if risk else Link("Action plans", reverse("actions:plans"))
    )
    caption = f"Against {risk}" if risk else ""
    return form_page(request, form, heading="Open an action", way=[back], caption=caption)
