"""What comes before a DPIA: screening an activity, advice on it, going ahead without."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assets.forms.screening import AdviceForm, GoAheadForm, ScreeningForm
from assets.representations.screening import outcome
from assets.services import dpia as services
from assets.services.dpia import DpiaError
from assets.views.processing import activity_or_404
from governance.core.access import get_and_post, posted, reader, require
from governance.people.registers.drafts import Drafting


@get_and_post
def screening(request: HttpRequest, reference: str) -> HttpResponse:
    """Say which criteria apply to an activity, and what is decided."""
    found = activity_or_404(request, reference, "assets.change_activity")
    drafting = Drafting(request, about=f"{found}: screening for a DPIA")
    if drafting.answer:
        return drafting.answer
    form = ScreeningForm(drafting.posted, activity=found, draft=drafting.kept)
    reckoned = None
    if form.is_valid():
        reckoned, said = outcome(form.criteria), form.cleaned_data
        try:
            services.screen(found, form.criteria, decision=said["decision"], reason=said["reason"])
        except DpiaError as error:
            form.add_error("reason", str(error))
        else:
            drafting.finish()
            messages.success(request, reckoned.words)
            return redirect(found)
    page = {"form": form, "activity": found, "outcome": reckoned, "drafting": drafting}
    return render(request, "assets/dpia/screening.html", page)


@require_POST
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin a DPIA of an activity, or go on with the one under way."""
    found = activity_or_404(request, reference, "assets.change_activity")
    return redirect(services.begin(found, by=reader(request)))


@get_and_post
def advise_activity(request: HttpRequest, reference: str) -> HttpResponse:
    """Advise on an activity before a DPIA is decided on."""
    found = activity_or_404(request, reference, "assets.view_activity")
    require(request, "assets.advise_on_processing")
    form = AdviceForm(posted(request), person=reader(request))
    if form.is_valid():
        services.advise(found, by=reader(request), **form.cleaned_data)
        messages.success(request, "Your advice is recorded")
        return redirect(found)
    return render(request, "assets/dpia/advise.html", {"form": form, "activity": found})


@get_and_post
def go_ahead(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide, as senior information risk owner, that an activity may be live before its DPIA is approved."""
    found = activity_or_404(request, reference, "assets.view_activity")
    require(request, "assets.go_ahead_without_dpia", found)
    form = GoAheadForm(posted(request))
    if form.is_valid():
        try:
            services.go_ahead(found, form.cleaned_data["reason"], by=reader(request))
        except DpiaError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{reference} may be live before its DPIA is signed off")
            return redirect(found)
    return render(request, "assets/dpia/go_ahead.html", {"form": form, "activity": found})
