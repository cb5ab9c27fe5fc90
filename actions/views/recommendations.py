"""Recommendations: what the auditor asks for, what the council answers, which actions answer it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actions.forms.recommendations import (
    AnsweredByForm,
    AnswerForm,
    NewRecommendationForm,
    RecommendationForm,
)
from actions.models import Recommendation, RecommendationPriority
from actions.representations.audits import priority_words
from actions.views.audits import added, audit_to_keep, changed, way_to
from assets.views.held import HOME, take_off
from governance.core.access import get_and_post, posted, reader, require
from governance.history.timeline import timeline


@require_safe
def recommendation(request: HttpRequest, handle: str) -> HttpResponse:
    """One recommendation, the council's answer, and the actions that answer it."""
    found = recommendation_or_404(request, handle)
    require(request, "actions.view_audit", found.audit)
    person = reader(request)
    page = {
        "recommendation": found,
        "way": [HOME, *way_to(found)[:-1]],
        "priority": priority_words(RecommendationPriority.objects.all()).get(found.priority, found.priority),
        "actions": found.actions.visible_to(person).select_related("owner").order_by("reference"),
        "further": found.action_links.with_actions_of(person).order_by("action__reference"),
        "ratings": found.ratings.select_related("found", "follow_up__audit"),
        "events": timeline(found),
        "plans": found.audit.plans.visible_to(person),
        "may_keep": person.has_perm("actions.keep_audits"),
    }
    return render(request, "actions/audits/recommendation.html", page)


@get_and_post
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Enter what the auditor asks for."""
    found = audit_to_keep(request, code)
    form = NewRecommendationForm(posted(request), audit=found)
    return added(request, form, found, heading="Enter a recommendation")


@get_and_post
def edit(request: HttpRequest, handle: str) -> HttpResponse:
    """Put right what the auditor asks for."""
    found = to_keep(request, handle)
    return changed(request, RecommendationForm, found, found, heading="Change a recommendation")


@get_and_post
def answer(request: HttpRequest, handle: str) -> HttpResponse:
    """Accept it, accept it in part, or reject it with a reason."""
    found = to_keep(request, handle)
    return changed(request, AnswerForm, found, found, heading="The council’s answer")


@get_and_post
def add_action(request: HttpRequest, handle: str) -> HttpResponse:
    """Say that a further action answers it."""
    found = to_keep(request, handle)
    form = AnsweredByForm(posted(request), recommendation=found, person=reader(request))
    said = f"It is recorded that a further action answers {found.handle}"
    return added(request, form, found, heading="Add an action that answers it", said=said)


@get_and_post
def remove_action(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """Say that an action does not answer it after all; the history keeps that it did."""
    found = to_keep(request, handle)
    link = get_object_or_404(found.action_links.with_actions_of(reader(request)), pk=number)
    said = f"{link.action.reference} is taken off {found.handle}"
    return take_off(
        request, found, link, thing=link.action, way=way_to(found), called=found.handle, said=said
    )


def recommendation_or_404(request: HttpRequest, handle: str) -> Recommendation:
    """The recommendation, if the person may enter the list of audits (else 403) and open it (else 404)."""
    require(request, "actions.list_audits")
    found = Recommendation.objects.visible_to(reader(request)).select_related("audit", "scope_area")
    return get_object_or_404(found.called(handle))


def to_keep(request: HttpRequest, handle: str) -> Recommendation:
    """The recommendation, if the person may enter what the auditor says and the council answers."""
    found = recommendation_or_404(request, handle)
    require(request, "actions.keep_audits")
    return found
