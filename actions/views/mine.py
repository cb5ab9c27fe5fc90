"""The actions of whoever asks, what to do next about each, and reports on many at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.views.decorators.http import require_safe

from actions.forms.said_of import said_of, those_said_of
from actions.forms.several import SeveralReports
from actions.models import Action, ActionQuerySet
from actions.models.mine import still_open
from actions.permissions.progress import reported_by
from actions.representations.mine import COLUMNS, next_steps
from actions.representations.overlap import asked_of
from actions.views.later import tell_of_later, tell_of_own_claim, tell_of_waiting
from actions.views.plans import plan_or_404
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.core.filtering import paginate
from governance.figures.moment import Moment

PER_PAGE = 25


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The open actions of the person's posts, those due first at the top, each with the next step."""
    require(request, "actions.list_plans")
    page = paginate(request, _own(request))
    shown = next_steps(page.object_list, Moment.now(), reader(request))
    return render(request, "actions/mine/mine.html", {"page": page, "steps": shown, "columns": COLUMNS})


@get_and_post
def report_mine(request: HttpRequest) -> HttpResponse:
    """Say of several of the person's actions how they get on, in one form."""
    require(request, "actions.list_plans")
    back = Link("My actions", reverse("actions:mine"))
    return _several(request, _own(request), reported_by(reader(request), Action.objects.all()), back)


@get_and_post
def report_plan(request: HttpRequest, code: str) -> HttpResponse:
    """The same of the open actions of a plan on which the person reports."""
    found = plan_or_404(request, code)
    among = reported_by(reader(request), Action.objects.filter(plan=found))
    return _several(request, still_open(among), among, Link(str(found), found.get_absolute_url()))


def _own(request: HttpRequest) -> ActionQuerySet:
    return still_open(Action.objects.filter(owner__in=reader(request).posts()))


def _several(
    request: HttpRequest, offered: ActionQuerySet, among: ActionQuerySet, back: Link
) -> HttpResponse:
    """A page of those offered; of what was posted, a row for each of those `among` which it is about, whether
    or not they are still offered or still on that page."""
    said = said_of(posted(request))
    page = None if said else paginate(request, offered, PER_PAGE)
    actions = page.object_list if page else those_said_of(among, said)
    several = SeveralReports(posted(request), actions=actions, person=reader(request))
    if several.is_bound and several.is_valid() and (made := several.save()):
        count = len(made)
        messages.success(request, f"Progress of {count} action{pluralize(count)} reported")
        tell_of_later(request, made)
        tell_of_waiting(request, made)
        tell_of_own_claim(request, made)
        return redirect(asked_of([each.action for each in made]) or back.href)
    shown = {"form": several, "page": page, "back": back, "columns": several.columns}
    return render(request, "actions/mine/several.html", shown)
