"""The pages of the risk register."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from assets.models import READERS, Asset
from assets.views.held import form_page
from governance.colours.views.override import shown_of
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Column, Link
from governance.core.forms import render_form
from governance.people.registers.drafts import Drafting
from governance.people.registers.pages import Register, page_of, record_page
from risks.figures import tallies
from risks.filters import RiskFilter
from risks.forms import CloseForm, NewRiskForm, RiskForm
from risks.models import Assessment, Risk
from risks.models.colour import COLOURED, coloured
from risks.models.escalation import Why
from risks.representations import COLUMNS, asset_of
from risks.representations.acceptance import Accepted
from risks.representations.actions import actions_of
from risks.representations.affected import affected
from risks.representations.closing import before_closing, token_of
from risks.representations.escalation import REASONS, belongs_on, escalation
from risks.representations.merging import merged_from
from risks.representations.parts import Parts
from risks.representations.register import TREATMENTS, merged_into
from risks.representations.scores import Scores, told
from risks.services import state as services
from risks.views.bulk import MANY
from risks.views.saved import KEPT
from risks.views.story import told_page

Step = Callable[..., None]

REGISTER = Register(
    name="risks",
    entries=coloured,
    filters=RiskFilter,
    counts=tallies,
    readers=READERS,
    fixed=COLUMNS,
    saves_views=True,
)


def risk_or_404(request: HttpRequest, reference: str) -> Risk:
    """The risk. Raises PermissionDenied for whoever may open none at all; Http404 for one not theirs."""
    require(request, "risks.list_risks")
    return get_object_or_404(Risk.objects.visible_to(reader(request)), reference=reference)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register, now or as at a past day; the address holds its whole state."""
    require(request, "risks.list_risks")
    page = page_of(request, REGISTER)
    choosing = reader(request).has_perm("risks.bulk_edit") and not page["moment"].is_past
    found = page["listed"]
    page |= {
        "kept": KEPT,
        "many": MANY,
        "choosing": choosing,
        "headings": [*([Column("Choose")] if choosing else []), *found.columns],
        "all_matching": f"Change all {found.count:,} {'matching' if found.narrowed else 'on the register'}",
    }
    page["shown"] = [
        (each, told(each.current), TREATMENTS[each.treatment], REASONS[Why(each.escalated_for)])
        for each in page["listed"].page
    ]
    return render(request, "risks/register.html", page)


@require_safe
def risk(request: HttpRequest, reference: str) -> HttpResponse:
    """One risk, now or as at a past day, with its asset and its history."""
    found = risk_or_404(request, reference)
    require(request, "risks.view_risk", found)
    page = record_page(request, found)
    scores = Scores.of(found, page["moment"])
    accepted = Accepted.of(found, page["moment"], reader(request))
    page |= told_page(request, found, page, scores, accepted)
    page |= {
        "risk": found,
        "level": told(getattr(page["record"].version, "current", None)),
        "colour": shown_of(found, COLOURED, page["moment"]),
        "affects": affected(page["record"].version),
        "escalation": escalation(page["record"].version),
        "belongs_on": belongs_on(page["record"].version),
        "asset": asset_of(page["record"], reader(request)),
        "incident_links": found.incident_links.with_incidents_of(reader(request)).order_by(
            "incident__reference"
        ),
        "scores": scores,
        "accepted": accepted,
        "merged_into": merged_into(found, reader(request)),
        "actions": actions_of(found, page["moment"], reader(request)),
        "merged_from": merged_from(found, page["moment"], reader(request)),
        "parts": Parts.of(found, page["moment"], reader(request)),
    }
    return render(request, "risks/risk.html", page)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Change one risk, with a reason."""
    found = risk_or_404(request, reference)
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
def new(request: HttpRequest) -> HttpResponse:
    """Raise a risk; `?asset=IA-0042` names the asset from whose page it is raised."""
    require(request, "risks.add_risk")
    person = reader(request)
    named = request.GET.get("asset", "").replace("\x00", "")
    asset = Asset.objects.visible_to(person).filter(reference=named).first()
    form = NewRiskForm(posted(request), person=person, asset=asset)
    if form.is_valid():
        added = form.save()
        messages.success(request, f"{added.reference} entered. Score it next: how likely, and how harmful?")
        return redirect("risks:score", added.reference, Assessment.Kind.CURRENT)
    back = Link(str(asset), asset.get_absolute_url()) if asset else Link("Risks", reverse("risks:list"))
    return form_page(request, form, heading="Raise a risk", way=[back])


@get_and_post
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a risk that cannot happen any more, or reopen it."""
    found = risk_or_404(request, reference)
    require(request, "risks.close_risk", found)
    close_it = partial(services.close, by=reader(request))
    steps: dict[Risk.State, Step] = {Risk.State.OPEN: services.reopen, Risk.State.CLOSED: close_it}
    return step_page(request, found, steps, "risks/close.html", ("is open again", "is closed"))


@get_and_post
def state(request: HttpRequest, reference: str) -> HttpResponse:
    """Withdraw a risk that should never have been entered, or bring it back."""
    found = risk_or_404(request, reference)
    require(request, "risks.withdraw_risk", found)
    withdraw = partial(services.withdraw, by=reader(request))
    steps: dict[Risk.State, Step] = {Risk.State.OPEN: services.bring_back, Risk.State.WITHDRAWN: withdraw}
    return step_page(request, found, steps, "risks/state.html", ("is back on the register", "is withdrawn"))


def step_page(
    request: HttpRequest, found: Risk, steps: dict[Risk.State, Step], template: str, said: tuple[str, str]
) -> HttpResponse:
    """The page on which a risk leaves the register, or comes back; `said` is what is then told of it."""
    gone = found.state != Risk.State.OPEN
    form, still = looked_at(request, found)
    if form.is_valid():
        try:
            leave(request.POST.get("to", ""), found, steps, form)
        except services.LookAgainError as why:
            form, still = looked_at(request, found)
            if form.is_valid():
                form.add_error(None, str(why))
        except (KeyError, ValueError, services.MovedOnError) as why:
            form.add_error(None, str(why) if isinstance(why, services.MovedOnError) else "Choose again")
        else:
            messages.success(request, f"{found.reference} {said[0] if gone else said[1]}")
            return redirect(found)
    return render_form(request, template, {"form": form, "risk": found, "gone": gone, "still": still})


def looked_at(request: HttpRequest, found: Risk) -> tuple[CloseForm, list[str]]:
    """The form of a step, and what is still open of a risk that would end by it."""
    still = before_closing(found, reader(request)) if found.state == Risk.State.OPEN else []
    return CloseForm(posted(request), token=token_of(still)), still


def leave(to: str, found: Risk, steps: dict[Risk.State, Step], form: CloseForm) -> None:
    """Take the step. Raises MovedOnError; KeyError or ValueError for one that there is not."""
    step, seen = steps[Risk.State(to)], {"seen": form.token} if Risk.State(to) != Risk.State.OPEN else {}
    step(found, reason=form.cleaned_data["reason"], **seen)
