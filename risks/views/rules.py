"""The rules of escalation: those in force, their versions, writing the next and putting it in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.views.held import form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.core.dates import long_date, today
from governance.core.filtering import paginate
from governance.core.forms import render_form
from governance.core.forms.adopting import AdoptForm, TakeBackForm
from governance.core.steps import done
from governance.figures.moment import Moment, Scope
from governance.history import adopting
from governance.history.timeline import timeline
from governance.history.trail import because
from risks.figures.promotion import dpias, missing
from risks.forms.rules import RulesForm
from risks.models import EscalationRules
from risks.permissions.escalation import in_office
from risks.representations.rules import differences, who_is_told, words_of
from risks.services import rules as services

if TYPE_CHECKING:
    from governance.people.models import User

MOST_DPIAS = 50


def way() -> list[Link]:
    """The way from home to the rules."""
    return [Link("Risks", reverse("risks:list")), Link("Rules of escalation", reverse("risks:all_rules"))]


@require_safe
def all_rules(request: HttpRequest) -> HttpResponse:
    """The rules in force, and every version of them."""
    require(request, "risks.view_rules")
    found = EscalationRules.objects.in_force(today())
    page = {
        "rules": found,
        "words": words_of(found) if found else [],
        "versions": EscalationRules.objects.all(),
    }
    return render(request, "risks/rules/all.html", page)


@require_safe
def rules(request: HttpRequest, number: int) -> HttpResponse:
    """One version, with its history; of a draft also what it would bring."""
    require(request, "risks.view_rules")
    found = get_object_or_404(EscalationRules, number=number)
    earlier, different = differences(found)
    page = {
        "rules": found,
        "words": words_of(found),
        "earlier": earlier,
        "different": different,
        "effects": [] if found.from_on else services.effects(found),
        "events": timeline(found),
    }
    return render(request, "risks/rules/rules.html", page)


@get_and_post
def new_rules(request: HttpRequest) -> HttpResponse:
    """Begin a version: as the one in force, or as the product comes."""
    require(request, "risks.write_rules")
    form = RulesForm(posted(request), initial=services.begins_as())
    if form.is_valid() and "preview" not in request.POST:
        made = services.begin(**form.said())
        messages.success(request, f"{made} begun as a draft")
        return redirect(made)
    return written(request, form, "Begin a new version")


@get_and_post
def write_rules(request: HttpRequest, number: int) -> HttpResponse:
    """Write a draft; "Preview" counts what it would bring and saves nothing."""
    require(request, "risks.write_rules")
    found = get_object_or_404(EscalationRules, number=number)
    if found.from_on:
        messages.info(request, f"{found} is adopted, so it stands as it is. Begin a new version")
        return redirect(found)
    form = RulesForm(posted(request), instance=found)
    if form.is_valid() and "preview" not in request.POST:
        with because(form.cleaned_data["change_reason"]):
            form.save()
        messages.success(request, f"{found} saved")
        return redirect(found)
    return written(request, form, "Change this draft", caption=str(found))


def written(request: HttpRequest, form: RulesForm, heading: str, caption: str = "") -> HttpResponse:
    """The page of the form, with what the rules would bring where a preview was asked for."""
    asked = form.is_bound and form.is_valid() and "preview" in request.POST
    page = {"form": form, "heading": heading, "caption": caption}
    page["effects"] = services.effects(form.typed()) if asked else []
    return render_form(request, "risks/rules/write.html", page)


@get_and_post
def adopt_rules(request: HttpRequest, number: int) -> HttpResponse:
    """Put a draft in force from a day."""
    require(request, "risks.take_back_rules")
    found = get_object_or_404(EscalationRules, number=number)
    require(request, "risks.adopt_rules", found)
    seen = str(found.standing_version())
    form = AdoptForm(posted(request), seen=seen)
    if form.is_valid():
        said = form.cleaned_data
        step = {"from_on": said["from_on"], "reason": said["reason"], "seen": number_of(said["seen"])}
        if done(form, lambda: services.adopt(found, **step)):
            messages.success(request, f"{found} is in force from {long_date(said['from_on'])}")
            return redirect(found)
    if form.is_bound:  # what is shown now is what the next click is about
        form.data = {**request.POST.dict(), "seen": seen}
    earlier, different = differences(found)
    page = {
        "form": form,
        "rules": found,
        "words": words_of(found),
        "earlier": earlier,
        "different": different,
        "told": who_is_told(found, in_office(found.overdue_to)),
    }
    page["effects"] = services.effects(found)
    return render_form(request, "risks/rules/adopt.html", page)


def number_of(seen: str) -> int:
    """The version that was shown; 0, which none is, where no number was posted."""
    return int(seen) if seen.isascii() and seen.isdigit() else 0


@get_and_post
def withdraw_rules(request: HttpRequest, number: int) -> HttpResponse:
    """Put a version that is not in force yet back among the drafts."""
    require(request, "risks.take_back_rules")
    found = get_object_or_404(EscalationRules, number=number)
    form = TakeBackForm(posted(request))
    if form.is_valid() and done(form, lambda: adopting.withdraw(found, **form.cleaned_data)):
        messages.success(request, f"{found} is a draft again")
        return redirect(found)
    back = [*way(), Link(str(found), found.get_absolute_url())]
    return form_page(request, form, heading="Put it back among the drafts", way=back, caption=str(found))


@require_safe
def promotions(request: HttpRequest) -> HttpResponse:
    """What is significant by the rules and stands on no register of risks, each with the way to raise one."""
    require(request, "risks.list_risks")
    moment = Moment.now()
    assets, found = (of.rows(moment, Scope()) for of in (missing, dpias))
    some = list(open_to(found, reader(request))[:MOST_DPIAS])
    page = {
        "page": paginate(request, open_to(assets, reader(request))),
        "dpias": some,
        "more_dpias": len(some) == MOST_DPIAS and open_to(found, reader(request)).count() - MOST_DPIAS,
        "dpias_figure": dpias.key,
        "rules": EscalationRules.objects.in_force(today()),
    }
    return render(request, "risks/rules/promotions.html", page)


def open_to(rows: Any, person: User) -> Any:
    """Those that this person may open, by reference."""
    return rows.visible_to(person).order_by("reference")
