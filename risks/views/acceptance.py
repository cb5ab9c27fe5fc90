"""Asking for a risk to be accepted, answering, taking an acceptance back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from assets.views.held import form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.forms import Form, render_form
from governance.core.steps import taken
from governance.figures.moment import Moment
from risks.forms.acceptance import AnswerForm, AskForm, EndForm
from risks.representations.acceptance import Accepted
from risks.representations.affected import affected
from risks.representations.parts import Parts
from risks.representations.register import asset_now
from risks.representations.scores import level_of
from risks.services.acceptance import AcceptanceError, answer, ask, before, end
from risks.views.parts import way_to
from risks.views.register import risk_or_404


@get_and_post
def ask_acceptance(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for a risk to be accepted."""
    found = risk_or_404(request, reference)
    require(request, "risks.ask_acceptance", found)
    form = AskForm(posted(request))
    if form.is_valid() and _taken(form, partial(ask, found), request):
        messages.success(request, f"The senior information risk owner is asked to accept {reference}")
        return redirect(found)
    return form_page(request, form, heading="Ask for this risk to be accepted", way=way_to(found))


@get_and_post
def answer_acceptance(request: HttpRequest, reference: str) -> HttpResponse:
    """Accept a risk until a day, or refuse to, with everything about it on the page."""
    found = risk_or_404(request, reference)
    require(request, "risks.answer_acceptance", found)
    person = reader(request)
    try:
        shown = before(found)
    except AcceptanceError as why:
        messages.info(request, str(why))
        return redirect(found)
    form = AnswerForm(
        posted(request), seen=shown.token, may_accept=person.has_perm("risks.accept_risk", found)
    )
    if form.is_valid():
        if made := _taken(form, partial(answer, found), request):
            messages.success(request, f"{reference}: {made}")
            return redirect(found)
        form.show_again(shown.token)
    page = {
        "risk": found,
        "form": form,
        "score": shown.assessment,
        "level": level_of(shown.assessment.cell.level),
        "accepted": Accepted.of(found, Moment.now(), person),
        "affects": affected(found),
        "asset": asset_now(found, person),
        "parts": Parts.of(found, Moment.now(), person),
    }
    return render_form(request, "risks/acceptance/answer.html", page)


@get_and_post
def end_acceptance(request: HttpRequest, reference: str) -> HttpResponse:
    """Take an acceptance back before its day."""
    found = risk_or_404(request, reference)
    require(request, "risks.end_acceptance", found)
    standing = Accepted.of(found, Moment.now(), reader(request)).standing
    if standing is None:
        raise Http404
    form = EndForm(posted(request))
    if form.is_valid() and _taken(form, partial(end, standing.answer), request):
        messages.success(request, f"{reference} is accepted no more")
        return redirect(found)
    return form_page(request, form, heading="Take the acceptance back", way=way_to(found), caption=reference)


def _taken(form: Form, step: Callable[..., object], request: HttpRequest) -> object:
    """What the step brings of what was typed; None where the form now says why it cannot be."""
    return taken(form, lambda: step(**form.cleaned_data, by=reader(request)))
