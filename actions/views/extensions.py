"""More time for an action: asked for, answered, asked for no longer; and all of a plan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from actions.figures import extensions as figures
from actions.forms.extensions import AnswerForm, AskForm, WithdrawForm
from actions.forms.progress import SinceMomentForm
from actions.models import Extension
from actions.representations.dates import dates_of
from actions.representations.extensions import COLUMNS, asked_for
from actions.services import extensions as services
from actions.services.extensions import Answer, Whom
from actions.views.concern import way_to
from actions.views.plans import action_or_404, plan_or_404
from assets.views.held import form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.dates import long_date, today
from governance.core.filtering import paginate
from governance.core.steps import taken
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import count_together, tiles


@get_and_post
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for more time for an action."""
    found = action_or_404(request, reference)
    require(request, "actions.ask_extension", found)
    form = AskForm(posted(request), action=found, person=reader(request))
    if form.nobody_decides:
        messages.info(request, services.NOBODY.format(found.reference))
        return redirect(found)
    if form.is_valid():
        said, whom = form.cleaned_data, Whom(*form.whom())
        about = {"reason": said["reason"], "by": reader(request)}
        if asked := taken(form, lambda: services.ask(found, said["due_on"], whom, **about)):
            messages.success(request, f"Asked for. {asked.whose} decides")
            return redirect(found)
    return form_page(request, form, heading="Ask for more time", way=way_to(found), caption=str(found))


@get_and_post
def answer(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Grant more time or refuse it. Whoever decides sees the request, also of an action not open to them."""
    asked = _asked(request, reference, number)
    require(request, "actions.answer_extension", asked)
    form = AnswerForm(posted(request), request=asked, person=reader(request))
    if form.is_valid():
        if said := taken(form, lambda: _answered(request, form, asked)):
            messages.success(request, f"{reference}: {said}")
            return redirect(asked.action if _opens(request, asked) else "dashboards:home")
        form.look_again()
    way = way_to(asked.action) if _opens(request, asked) else []
    revisions = asked.action.date_revisions.for_story()
    page: dict[str, Any] = {
        "asked": asked,
        "first_due": dates_of(asked.action, revisions, Moment.now()).first,
    }
    page |= {"answered": hasattr(asked, "answer"), "template": "actions/extensions/answer.html"}
    return form_page(request, form, heading="Answer a request for more time", way=way, **page)


def _answered(request: HttpRequest, form: AnswerForm, asked: Extension) -> Extension:
    said, by = form.cleaned_data, reader(request)
    given = Answer(said.get("effective_on") or today(), said["reason"], said.get("minute", ""))
    if form.grants:
        return services.grant(asked, said["due_on"], given, by=by, seen=said["seen"], fits=form.fits)
    return services.refuse(asked, given, by=by)


@get_and_post
def withdraw(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Ask for it no longer."""
    asked = _asked(request, reference, number)
    require(request, "actions.withdraw_extension", asked)
    form = WithdrawForm(posted(request))
    if form.is_valid():
        reason, by = form.cleaned_data["reason"], reader(request)
        if taken(form, lambda: services.withdraw(asked, reason=reason, by=by)):
            messages.success(request, f"{reference}: more time is asked for no longer")
            return redirect(asked.action)
    until = long_date(asked.due_on) if asked.due_on else ""
    heading = f"Ask no longer for time until {until}"
    return form_page(request, form, heading=heading, way=way_to(asked.action), caption=reference)


@require_safe
def of_plan(request: HttpRequest, code: str) -> HttpResponse:
    """Every request for more time of a plan at a moment, those that wait first."""
    found = plan_or_404(request, code)
    require(request, "actions.view_plan", found)
    form = SinceMomentForm(request.GET, since=found.opened_on, began="The plan was opened")
    moment, scope = form.shown(), Scope(plans=(found.code,))
    asked = Extension.objects.within(scope).visible_to(reader(request)).live(moment)
    page = {
        "plan": found,
        "form": form,
        "moment": moment,
        "columns": COLUMNS,
        "figures": tiles(count_together(figures.ALL, moment, scope), moment, scope),
        "rows": paginate(request, asked_for(asked.for_story())),
    }
    return render(request, "actions/extensions/of_plan.html", page)


def _asked(request: HttpRequest, reference: str, number: int) -> Extension:
    """The request, if the person may see it; else 404."""
    found = Extension.objects.visible_to(reader(request)).filter(kind=Extension.Kind.ASKED)
    about = found.select_related("action__owner", "action__plan", "decides", "recorded_by", "answer")
    return get_object_or_404(about, pk=number, action__reference=reference)


def _opens(request: HttpRequest, asked: Extension) -> bool:
    return bool(request.user.has_perm("actions.view_action", asked.action))
