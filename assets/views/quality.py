"""Rules for the data of assets, and issues with them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from assets.figures.quality import open_issues
from assets.filters.quality import QualityFilter
from assets.forms.quality import ChangeRuleForm, EndIssueForm, QualityIssueForm, QualityRuleForm
from assets.models import Asset, QualityIssue, QualityRule
from assets.representations.quality import COLUMNS
from governance.core.access import get_and_post, reader, require
from governance.core.forms import render_form
from governance.core.listing import listed
from governance.figures.moment import Moment, Scope
from governance.history.timeline import timeline


@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    """Every issue with data that the reader may open."""
    require(request, "assets.list_quality")
    found = QualityIssue.objects.visible_to(reader(request)).select_related("asset")
    moment, scope = Moment.now(), Scope()
    page = {
        "listed": listed(request, QualityFilter(request.GET, found), COLUMNS),
        "open": open_issues.value(moment, scope),
        "open_href": open_issues.address(moment, scope),
    }
    return render(request, "assets/quality/issues.html", page)


@require_safe
def issue(request: HttpRequest, reference: str) -> HttpResponse:
    """One issue, with its history."""
    require(request, "assets.list_quality")
    mine = QualityIssue.objects.visible_to(reader(request)).select_related("asset", "rule")
    found = get_object_or_404(mine, reference=reference)
    require(request, "assets.view_quality", found.asset)
    return render(request, "assets/quality/issue.html", {"issue": found, "events": timeline(found)})


@get_and_post
def log(request: HttpRequest, reference: str) -> HttpResponse:
    """Log an issue with the data of an asset."""
    asset = _asset(request, reference)
    form = QualityIssueForm(request.POST or None, asset=asset)
    if form.is_valid():
        logged = form.save()
        messages.success(request, f"Issue {logged.reference} logged")
        return redirect(asset)
    return render(request, "assets/quality/log.html", {"form": form, "asset": asset})


@get_and_post
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what became of an issue."""
    require(request, "assets.list_quality")
    mine = QualityIssue.objects.visible_to(reader(request)).select_related("asset")
    found = get_object_or_404(mine, reference=reference)
    require(request, "assets.keep_quality", found.asset)
    form = EndIssueForm(request.POST or None, instance=found)
    if form.is_valid():
        form.save()
        messages.success(request, f"{reference} is now {found.get_state_display().lower()}")
        return redirect(found)
    return render_form(request, "assets/quality/end.html", {"form": form, "issue": found})


@get_and_post
def add_rule(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what the data of an asset must be."""
    asset = _asset(request, reference)
    form = QualityRuleForm(request.POST or None, asset=asset)
    if form.is_valid() and form.written():
        messages.success(request, "Rule added")
        return redirect(asset)
    return render(request, "assets/quality/rule.html", {"form": form, "asset": asset})


@get_and_post
def change_rule(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Change a rule, or retire it."""
    asset = _asset(request, reference)
    found = get_object_or_404(QualityRule.objects.visible_to(reader(request)), pk=pk, asset=asset)
    form = ChangeRuleForm(request.POST or None, instance=found)
    if form.is_valid() and form.written():
        messages.success(request, "Rule changed")
        return redirect(asset)
    return render_form(request, "assets/quality/rule.html", {"form": form, "asset": asset, "rule": found})


def _asset(request: HttpRequest, reference: str) -> Asset:
    """The asset whose data this person may speak for."""
    require(request, "assets.list_assets")
    found = get_object_or_404(Asset.objects.visible_to(reader(request)), reference=reference)
    require(request, "assets.keep_quality", found)
    return found
