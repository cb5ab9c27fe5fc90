"""The retention schedule: its rules, and the assets under each."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from assets.figures.retention import under_rule
from assets.filters.retention import RuleFilter
from assets.forms.schedule import RuleForm
from assets.models import RetentionRule
from assets.representations.retention import RULE_COLUMNS, says_how_long
from governance.core.access import get_and_post, require
from governance.core.dates import today
from governance.core.forms import render_form
from governance.core.listing import listed
from governance.figures.moment import Moment, Scope
from governance.history.timeline import timeline


@require_safe
def schedule(request: HttpRequest) -> HttpResponse:
    """Every rule, filtered and sorted by the address."""
    require(request, "assets.list_assets")
    found = RuleFilter(request.GET, RetentionRule.objects.all())
    page = {"listed": listed(request, found, RULE_COLUMNS), "today": today()}
    return render(request, "assets/retention/schedule.html", page)


@require_safe
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule, what it is reckoned by, the assets under it, and its history."""
    require(request, "assets.list_assets")
    found = get_object_or_404(RetentionRule, code=code)
    now = Moment.now()
    page = {
        "rule": found,
        "reckoned": says_how_long(found),
        "number": under_rule.by(now, Scope(), "rule").get(found.code, 0),
        "href": under_rule.address(now, Scope(), rule=found.code),
        "today": today(),
        "events": timeline(found),
    }
    return render(request, "assets/retention/rule.html", page)


@get_and_post
def new_rule(request: HttpRequest) -> HttpResponse:
    """Add a rule: what its period was understood to say is confirmed first."""
    require(request, "assets.keep_schedule")
    return _keep(request, RuleForm(request.POST or None), "Add a rule", "added to the schedule")


@get_and_post
def edit_rule(request: HttpRequest, code: str) -> HttpResponse:
    """Change a rule, or offer it no longer."""
    require(request, "assets.keep_schedule")
    found = get_object_or_404(RetentionRule, code=code)
    return _keep(request, RuleForm(request.POST or None, instance=found), "Change this rule", "changed")


def _keep(request: HttpRequest, form: RuleForm, heading: str, done: str) -> HttpResponse:
    if form.is_valid() and (saved := form.written()):
        messages.success(request, f"{saved.code} {done}")
        return redirect("assets:rule", saved.code)
    return render_form(request, "assets/retention/edit_rule.html", {"form": form, "heading": heading})
