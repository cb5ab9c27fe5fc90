"""Asking for a risk to be accepted, answering, taking an acceptance back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from assets.views.held import HOME, form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.forms import Form, render_form
from governance.figures.moment import Moment
from risks.forms.acceptance import AnswerForm, AskForm, EndForm
from risks.representations.acceptance import Accepted
from risks.representations.parts import Parts
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
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if reason and done(form, ask, found, reason=reason, by=reader(request)):
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
    said = form.cleaned_data if form.is_valid() else {}
    made = said and done(form, answer, found, said["answer"], by=person, **parts_of(said))
    if said and not made:
        form.show_again(shown.token)
    if made:
        messages.success(request, f"{reference}: {made}")
        return redirect(found)
    page = {
        "risk": found,
        "form": form,
        "score": shown.assessment,
        "level": level_of(shown.assessment.cell.level),
        "accepted": Accepted.of(found, Moment.now()),
        "parts": Parts.of(found, Moment.now(), person),
        "way": [HOME, *way_to(found)],
    }
    return render_form(request, "risks/acceptance/answer.html", page)


@get_and_post
def end_acceptance(request: HttpRequest, reference: str) -> HttpResponse:
    """Take an acceptance back before its day."""
    found = risk_or_404(request, reference)
    require(request, "risks.end_acceptance", found)
    accepted = Accepted.of(found, Moment.now())
    if not accepted.may_be_ended or accepted.standing is None:
        raise Http404
    form = EndForm(posted(request))
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if reason and done(form, end, accepted.standing.answer, reason=reason, by=reader(request)):
        messages.success(request, f"{reference} is accepted no more")
        return redirect(found)
    return form_page(request, form, heading="Take the acceptance back", way=way_to(found), caption=reference)


def done(form: Form, service: Callable[..., Any], *about: Any, **said: Any) -> Any:
    """What the service made; None, with an error of the form that says why, where it refused."""
    try:
        return service(*about, **said)
    except AcceptanceError as refused:
        form.add_error(refused.field, str(refused))
    return None


def parts_of(said: dict[str, Any]) -> dict[str, Any]:
    """What the service takes of an answer beside the answer itself."""
    return {name: said[name] for name in ("until", "conditions", "reason", "seen")}
