"""The register of DPIAs, and one from its draft to its signing off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from assets.figures import dpia as figures
from assets.filters.processing import DpiaFilter
from assets.forms.dpia import DpiaRiskForm, SignOffForm, step_form
from assets.forms.screening import AdviceForm
from assets.models import Dpia
from assets.representations.dpia import BY_KEY, COLUMNS, answers, page_of, told, unwritten
from assets.services import dpia as services
from assets.services.dpia import DpiaError
from governance.core.access import get_and_post, posted, reader, require
from governance.core.forms import render_form
from governance.core.listing import listed
from governance.figures.moment import Scope
from governance.figures.tiles import tiles
from governance.people.registers.day import DayForm
from governance.people.registers.drafts import Drafting
from governance.people.registers.pages import record_page


def dpia_or_404(request: HttpRequest, reference: str, permission: str) -> Dpia:
    """The DPIA among those the person may open; the question is asked of its activity."""
    require(request, "assets.list_activities")
    mine = Dpia.objects.visible_to(reader(request)).select_related("activity")
    found = get_object_or_404(mine, reference=reference)
    require(request, permission, found.activity)
    return found


@require_safe
def dpias(request: HttpRequest) -> HttpResponse:
    """Every DPIA that the reader may open, now or as at a past day, superseded ones left out."""
    require(request, "assets.list_activities")
    day = DayForm(request.GET)
    moment, scope = day.moment(), Scope()
    rows = figures.dpias.rows(moment, scope)
    found = listed(request, DpiaFilter(request.GET, rows.visible_to(reader(request))), COLUMNS)  # type: ignore[attr-defined]
    shown = (figures.dpias, figures.due_for_review)
    counted = {each.key: each.value(moment, scope) for each in shown}
    page = {"day": day, "moment": moment, "one_clock": True}
    page |= {"listed": found, "tiles": tiles(counted, moment)}
    return render(request, "assets/dpia/dpias.html", page)


@require_safe
def dpia(request: HttpRequest, reference: str) -> HttpResponse:
    """One DPIA with its steps, risks, advice and history, now or as at a past day."""
    found = dpia_or_404(request, reference, "assets.view_activity")
    page = record_page(request, found, change="assets:dpia_change")
    page |= page_of(found, page["record"].version, page["moment"])
    page["events"] = told(found, page["events"], page["moment"])
    return render(request, "assets/dpia/dpia.html", page)


@get_and_post
def advise(request: HttpRequest, reference: str) -> HttpResponse:
    """Advise on a DPIA."""
    found = dpia_or_404(request, reference, "assets.view_activity")
    require(request, "assets.advise_on_processing")
    form = AdviceForm(posted(request), person=reader(request))
    if form.is_valid():
        services.advise(found.activity, by=reader(request), dpia=found, **form.cleaned_data)
        messages.success(request, "Your advice is recorded")
        return redirect(found)
    return render(request, "assets/dpia/advise.html", {"form": form, "dpia": found})


# Writing


@get_and_post
def step(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Write one of steps 1 to 4."""
    found = dpia_or_404(request, reference, "assets.change_activity")
    if step not in BY_KEY:
        raise Http404
    page = {"dpia": found, "step": BY_KEY[step]}
    return written(request, found, BY_KEY[step].title, step_form(BY_KEY[step]), "step", page, instance=found)


@get_and_post
def risk(request: HttpRequest, reference: str, pk: int | None = None) -> HttpResponse:
    """Steps 5 and 6: name or change a risk and its measure."""
    found = dpia_or_404(request, reference, "assets.change_activity")
    instance = get_object_or_404(found.risks, pk=pk) if pk is not None else None
    options = {"instance": instance, "dpia": found}
    return written(request, found, "a risk", DpiaRiskForm, "risk", {"dpia": found}, **options)


def written(
    request: HttpRequest,
    found: Dpia,
    what: str,
    form_class: Any,
    template: str,
    page: dict[str, Any],
    **options: Any,
) -> HttpResponse:
    """The page of one part of a draft; what is typed is kept until it is saved."""
    drafting = Drafting(request, about=f"{found}: {what}")
    if drafting.answer:
        return drafting.answer
    person = reader(request)
    form = form_class(drafting.posted, person=person, draft=drafting.kept, **options)
    said = f"{found.reference} updated"
    if form.is_valid() and done(request, lambda: services.write(found, form.save, by=person), said):
        drafting.finish()
        return redirect(found)
    page |= {"form": form, "drafting": drafting}
    return render_form(request, f"assets/dpia/{template}.html", page)


def done(request: HttpRequest, do: Callable[[], object], said: str) -> bool:
    """Do it and say so; where the state of the DPIA forbids it, say why."""
    try:
        do()
    except DpiaError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, said)
    return True


# Deciding


@get_and_post
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Check the answers, and send them to the data protection officer."""
    found = dpia_or_404(request, reference, "assets.change_activity")
    said = f"{reference} is with the data protection officer"
    if request.method == "POST" and done(request, lambda: services.send(found), said):
        return redirect(found)
    page = {"dpia": found, "unwritten": unwritten(found), "answers": answers(found)}
    page |= {"risks": found.risks.all()}
    return render(request, "assets/dpia/check.html", page)


@require_POST
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Make it a draft again."""
    found = dpia_or_404(request, reference, "assets.change_activity")
    done(request, lambda: services.take_back(found), f"{reference} is a draft again")
    return redirect(found)


@get_and_post
def sign_off(request: HttpRequest, reference: str) -> HttpResponse:
    """Step 7: approve the measures and what risk is left over."""
    found = dpia_or_404(request, reference, "assets.view_activity")
    require(request, "assets.sign_off_dpia", found)
    form = SignOffForm(posted(request), person=reader(request))
    if form.is_valid():
        try:
            services.sign_off(found, by=reader(request), **form.cleaned_data)
        except DpiaError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{reference} is signed off")
            return redirect(found)
    page = {"form": form, "dpia": found, "advice": found.advice_given.all(), "risks": found.risks.all()}
    return render(request, "assets/dpia/sign_off.html", page)
