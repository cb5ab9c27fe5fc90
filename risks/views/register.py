"""The pages of the risk register."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from assets.models import READERS
from assets.representations.told import told_to
from governance.core.access import get_and_post, reader, require
from governance.core.forms import render_form
from governance.people.registers.drafts import Drafting
from governance.people.registers.pages import Register, page_of, record_page
from risks.figures import tallies
from risks.filters import RiskFilter
from risks.forms import RiskForm, WithdrawForm
from risks.models import Risk
from risks.representations import COLUMNS, asset_of
from risks.services.state import MovedOnError, bring_back, withdraw

REGISTER = Register(
    name="risks",
    entries=Risk.history.at,
    filters=RiskFilter,
    counts=tallies,
    readers=READERS,
    fixed=COLUMNS,
)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register, now or as at a past day; the address holds its whole state."""
    require(request, "risks.list_risks")
    return render(request, "risks/register.html", page_of(request, REGISTER))


@require_safe
def risk(request: HttpRequest, reference: str) -> HttpResponse:
    """One risk, now or as at a past day, with its asset and its history."""
    require(request, "risks.list_risks")
    found = get_object_or_404(Risk.objects.visible_to(reader(request)), reference=reference)
    require(request, "risks.view_risk", found)
    page = record_page(request, found)
    page |= {
        "risk": found,
        "asset": asset_of(page["record"], reader(request)),
        "events": told_to(reader(request), page["events"], ["Asset"]),
    }
    return render(request, "risks/risk.html", page)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Change one risk, with a reason."""
    require(request, "risks.list_risks")
    found = get_object_or_404(Risk.objects.visible_to(reader(request)), reference=reference)
    require(request, "risks.change_risk", found)
    drafting = Drafting(request, about=f"{reference} {found.title}")
    if drafting.answer:
        return drafting.answer
    form = RiskForm(drafting.posted, instance=found, person=reader(request), draft=drafting.kept)
    if form.is_valid():
        form.save()
        drafting.finish()
        if form.changes_nothing:
            messages.info(request, f"You changed nothing, so {reference} stands as it did")
        else:
            messages.success(request, f"{reference} updated")
        return redirect(reverse("risks:risk", args=[reference], query=request.GET))
    page = {"form": form, "reference": reference, "drafting": drafting}
    return render_form(request, "risks/edit.html", page)


@get_and_post
def state(request: HttpRequest, reference: str) -> HttpResponse:
    """Withdraw a risk that should never have been entered, or bring it back."""
    require(request, "risks.list_risks")
    found = get_object_or_404(Risk.objects.visible_to(reader(request)), reference=reference)
    require(request, "risks.withdraw_risk", found)
    gone = found.state == Risk.State.WITHDRAWN
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        wanted = request.POST.get("to", "")
        try:
            step = {Risk.State.OPEN: bring_back, Risk.State.WITHDRAWN: withdraw}[Risk.State(wanted)]
            step(found, reason=form.cleaned_data["reason"])
        except (ValueError, MovedOnError) as why:
            form.add_error(None, str(why) if isinstance(why, MovedOnError) else "Choose again")
        else:
            messages.success(request, f"{reference} is {'back on the register' if gone else 'withdrawn'}")
            return redirect(found)
    return render_form(request, "risks/state.html", {"form": form, "risk": found, "gone": gone})
