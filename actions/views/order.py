"""The order of work: of a plan as a whole, and what an action waits on, said and ended."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import get_text_list
from django.views.decorators.http import require_safe

from actions.forms.order import EndNeedForm, NeedForm
from actions.forms.progress import SinceMomentForm
from actions.models import Action
from actions.models.replacement import in_its_place
from actions.representations import needed
from actions.representations.answered import COLUMNS, SHOWN
from actions.representations.asking_answers import answers_of
from actions.representations.asking_work import work_of
from actions.representations.assured import ASSURED_COLUMNS, assured
from actions.representations.forecast import Forecast
from actions.representations.ordered import OrderPage
from actions.views.concern import way_to
from actions.views.plans import action_or_404, plan_or_404
from assets.views.held import form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.dates import today
from governance.core.filtering import paginate
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import tiles


@require_safe
def order(request: HttpRequest, code: str) -> HttpResponse:
    """When the plan will all be done, what it hangs on, what to do next, and what waits on what."""
    found = plan_or_404(request, code)
    require(request, "actions.view_plan", found)
    form = SinceMomentForm(request.GET, since=found.opened_on, began="The plan was opened")
    moment, scope = form.shown(), Scope(plans=(found.code,))
    shown = OrderPage(work_of(found, moment, reader(request)))
    changes = answers_of(found, shown.work, moment, reader(request))
    forecast = Forecast(shown.work, moment, changes)
    page = {
        "plan": found,
        "form": form,
        "moment": moment,
        "shown": shown,
        "forecast": forecast,
        "changes": changes[:SHOWN],
        "changes_before": len(changes[SHOWN:]),
        "change_columns": COLUMNS,
        "assured": assured(found, moment),
        "assured_columns": ASSURED_COLUMNS,
        "figures": tiles(shown.counted, moment, scope),
        "rows": paginate(request, shown.rows),
    }
    return render(request, "actions/order/order.html", page)


@get_and_post
def add_need(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that an action waits on another, or on a post being filled."""
    found = _to_order(request, reference)
    form = NeedForm(posted(request), action=found, person=reader(request))
    if form.is_valid() and form.saved(f"Work put in order: {reference}"):
        messages.success(request, f"{reference}: {form.instance}")
        return redirect(found)
    heading = "Say what it waits on"
    return form_page(request, form, heading=heading, way=way_to(found), caption=str(found))


@get_and_post
def end_need(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say that it waits on something no longer; past days keep that it did."""
    found = _to_order(request, reference)
    needs = found.dependencies.in_force(today()).for_page(Moment.now(), reader(request))
    need = get_object_or_404(needs, pk=number)
    said = needed(need)
    form = EndNeedForm(posted(request), instead=in_its_place(need, reader(request), today()))
    if form.is_valid() and form.end(need):
        instead = get_text_list(form.cleaned_data.get("instead", []), "and")
        more = f", and waits on {instead} instead" if instead else ""
        messages.success(request, f"{reference} waits on that no longer{more}")
        return redirect(found)
    heading = f"End its wait for {said.reference or said.title}"
    return form_page(request, form, heading=heading, way=way_to(found), caption=str(found))


def _to_order(request: HttpRequest, reference: str) -> Action:
    """The action, if the person may say what it waits on."""
    found = action_or_404(request, reference)
    require(request, "actions.order_work", found)
    return found
