"""Saying who approves an action, approving it or not, verifying it, and taking that back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from actions.forms.completions import (
    ApproveForm,
    ApproverForm,
    FoundForm,
    PlanApproverForm,
    RefuseForm,
    TakeBackForm,
    VerifyForm,
)
from actions.models import Action, ActionPlan, Completion
from actions.models.action import ActionQuerySet
from actions.permissions.completions import kept_from_verifying
from actions.representations.completions import claim_of, some_of
from actions.representations.overlap import page_after
from actions.services.completions import (
    Found,
    approve,
    named_to_approve,
    obstacle,
    refuse,
    take_back,
    to_approve,
    to_verify,
    verify,
)
from actions.views.concern import way_to, way_to_plan
from actions.views.plans import action_or_404
from assets.views.held import form_page
from governance.core.access import ToldWhyError, get_and_post, posted, reader, require
from governance.core.components import Link
from governance.core.steps import taken

SHOWN_OTHERS = 50  # of what else waits for the person
SHOWN_GIVEN = 5  # of what the person approved or verified, the latest
WHO = "Who approves"
OWN = (
    "Everybody in the post of {} owns {}, or says that it is done, and so does not approve it: somebody else "
    "would have to be named"
)
HEADINGS: dict[str, str] = {
    Completion.Kind.APPROVED: "Approve that it is done",
    Completion.Kind.REFUSED: "Do not approve it",
    Completion.Kind.VERIFIED: "Verify that it is done",
}
GIVEN: dict[str, str] = {
    Completion.Kind.APPROVED: "the approval",
    Completion.Kind.VERIFIED: "the verification",
}


@get_and_post
def set_approver(request: HttpRequest, reference: str) -> HttpResponse:
    """Say who approves that an action is done."""
    found = action_or_404(request, reference)
    require(request, "actions.set_approver", found)
    form = ApproverForm(posted(request), instance=found)
    return _approver(request, form, way_to(found), reference)


@get_and_post
def set_plan_approver(request: HttpRequest, code: str) -> HttpResponse:
    """Say who approves the actions of a plan that name nobody of their own."""
    require(request, "actions.list_plans")
    found = get_object_or_404(ActionPlan.objects.visible_to(reader(request)), code=code)
    require(request, "actions.set_plan_approver", found)
    form = PlanApproverForm(posted(request), instance=found)
    return _approver(request, form, way_to_plan(found), found.code)


def _approver(request: HttpRequest, form: ApproverForm, way: list[Link], caption: str) -> HttpResponse:
    if form.is_valid():
        saved = form.save()
        who = saved.approver_named or "nobody"
        messages.success(request, f"{saved}: {who} approves {form.what} now")
        if own := form.own_to_it():
            messages.warning(request, OWN.format(who, some_of(own)))
        return redirect(saved)
    return form_page(request, form, heading=WHO, way=way, caption=caption)


@get_and_post
def approve_completion(request: HttpRequest, reference: str) -> HttpResponse:
    """Approve that an action is done. Whoever is named to sees its facts, also of one not open to them."""
    found = _to_approve(request, reference)
    require(request, "actions.approve_completion", found)
    form = ApproveForm(posted(request), action=found)

    def step(said: dict[str, Any]) -> Any:
        what = Found(said["effective_on"], said["basis"], said.get("decision", ""))
        return approve(found, what, by=reader(request), waiver=said["waiver"])

    return _find(request, form, step, Completion.Kind.APPROVED)


@get_and_post
def refuse_completion(request: HttpRequest, reference: str) -> HttpResponse:
    """Say why it is not approved that an action is done; found as `approve_completion` finds it."""
    found = _to_approve(request, reference)
    require(request, "actions.approve_completion", found)

    def step(said: dict[str, Any]) -> Any:
        return refuse(found, Found(said["effective_on"], said["basis"]), by=reader(request))

    return _find(request, RefuseForm(posted(request), action=found), step, Completion.Kind.REFUSED)


@get_and_post
def verify_completion(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that an action was checked and is done."""
    found = action_or_404(request, reference)
    if why := kept_from_verifying(reader(request), found):
        raise ToldWhyError(why)
    require(request, "actions.verify_completion", found)

    def step(said: dict[str, Any]) -> Any:
        return verify(found, Found(said["effective_on"], said["basis"]), by=reader(request))

    return _find(request, VerifyForm(posted(request), action=found), step, Completion.Kind.VERIFIED)


@get_and_post
def take_back_completion(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say that an approval or a verification was not to be given. Who gave it need not open the action."""
    given = (
        Completion.objects.visible_to(reader(request)).filter(action__reference=reference).for_taking_back()
    )
    found = get_object_or_404(given, pk=number)
    require(request, "actions.take_back_completion", found)
    form = TakeBackForm(posted(request))
    opens = bool(request.user.has_perm("actions.view_action", found.action))
    if form.is_valid():
        reason, by = form.cleaned_data["reason"], reader(request)
        if taken(form, lambda: take_back(found, reason=reason, by=by)):
            messages.success(request, f"{reference}: {GIVEN[found.kind]} is taken back")
            return redirect(found.action if opens else "dashboards:home")
    way = way_to(found.action) if opens else []
    return form_page(
        request, form, heading=f"Take back {GIVEN[found.kind]}", way=way, caption=str(found.action)
    )


def _find(
    request: HttpRequest, form: FoundForm, step: Callable[[dict[str, Any]], Any], kind: Completion.Kind
) -> HttpResponse:
    """Take the form, and record what was found. Whoever cannot say it is told so before there is a form."""
    action: Action = form.action
    opens = bool(request.user.has_perm("actions.view_action", action))
    if form.is_valid() and (row := taken(form, lambda: step(form.cleaned_data))):
        messages.success(request, f"{action.reference} is {row}")
        return redirect(page_after(action) if opens else "dashboards:home")
    own = Completion.objects.filter(recorded_by=reader(request)).to_take_back().for_taking_back()
    standing = action.standing()
    page: dict[str, Any] = {"action": action, "standing": standing, "claim": claim_of(action, standing)}
    others = list(_others(request, action, kind)[: SHOWN_OTHERS + 1])
    page |= {"given": own[:SHOWN_GIVEN], "others": others[:SHOWN_OTHERS]}
    page |= {"has_more_others": len(others) > SHOWN_OTHERS}
    page |= {"verifies": kind == Completion.Kind.VERIFIED}
    page |= {"obstacle": "" if form.is_bound else obstacle(action, standing, kind, reader(request))}
    page |= {"template": "actions/completion.html"}
    return form_page(request, form, heading=HEADINGS[kind], way=way_to(action) if opens else [], **page)


def _to_approve(request: HttpRequest, reference: str) -> Action:
    """The action, if they are to approve it or may open it; else as `action_or_404`."""
    named = named_to_approve(reader(request)).filter(reference=reference)
    return named.first() or action_or_404(request, reference)


def _others(request: HttpRequest, action: Action, kind: Completion.Kind) -> ActionQuerySet:
    """What else awaits their approval; of a verification, what else they may verify."""
    if kind == Completion.Kind.VERIFIED:
        return to_verify(reader(request)).exclude(pk=action.pk)
    return to_approve(reader(request)).exclude(pk=action.pk)
