"""Changing many assets at once: choose what, check what would happen, do it."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.filters.register import AssetFilter
from assets.forms.bulk import FIELDS, FieldForm, ValueForm, name_of
from assets.models import Asset
from assets.representations.bulk import as_they_are, columns
from assets.services import bulk
from governance.core.access import get_and_post, reader, require
from governance.figures.moment import Moment
from governance.people.registers.day import DayForm

REFERENCE = re.compile(r"IA-\d{4,10}")
OWN = ("chosen", "all", "field")
NONE = "Choose at least one asset in the register"
AGAIN = "Nothing was changed. Choose the assets again"
PAST = "You were looking at a past day. Go back to now to change assets: they may have changed since that day"


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Which field, then which value, of the assets that the address names or filters."""
    require(request, "assets.bulk_edit")
    page = selection(request)
    if page["wrong"] == NONE:
        return led_back(request, NONE)
    if page["wrong"]:
        return render(request, "assets/bulk/nothing.html", page, status=400)
    field = request.GET.get("field", "")
    if field in FIELDS:
        form = ValueForm(None, field)
        return render(request, "assets/bulk/value.html", page | {"form": form, "name": name_of(field)})
    asked = FieldForm(request.GET if "field" in request.GET else None)
    return render(request, "assets/bulk/field.html", page | {"form": asked})


@get_and_post
def check(request: HttpRequest) -> HttpResponse:
    """What the change would do, and what it cannot. Who comes by a reload is led to the register."""
    require(request, "assets.bulk_edit")
    if request.method != "POST":
        return led_back(request, AGAIN)
    page, field = selection(request), request.GET.get("field", "")
    if page["wrong"] or field not in FIELDS:
        return render(request, "assets/bulk/nothing.html", page, status=400)
    form = ValueForm(request.POST, field)
    page |= {"form": form, "name": name_of(field)}
    if not form.is_valid():
        return render(request, "assets/bulk/value.html", page)
    reason = form.cleaned_data["change_reason"]
    checked = bulk.check(page["selected"], form.values(), reason, reader(request))
    names = list(form.given())
    page |= {"columns": columns(names), "now": as_they_are(checked.shown, names)}
    return render(request, "assets/bulk/check.html", page | {"checked": checked, "reason": reason})


@get_and_post
def do(request: HttpRequest) -> HttpResponse:
    """Change what was checked; what somebody else has changed since is left and named."""
    require(request, "assets.bulk_edit")
    if request.method != "POST":
        return led_back(request, AGAIN)
    try:
        done = bulk.do(request.POST.get("token", ""), reader(request))
    except bulk.NotDoneError as wrong:
        page = {"wrong": str(wrong), "query": rest(request)}
        return render(request, "assets/bulk/nothing.html", page, status=400)
    if done.left:
        return render(request, "assets/bulk/left.html", {"done": done, "query": rest(request)}, status=409)
    messages.success(request, f"{done.changed:,} {'asset' if done.changed == 1 else 'assets'} changed")
    return HttpResponseRedirect(f"{reverse('assets:list')}?{rest(request)}")


def led_back(request: HttpRequest, sentence: str) -> HttpResponse:
    """To the register as it was, with a sentence that says what to do there."""
    messages.info(request, sentence)
    return HttpResponseRedirect(f"{reverse('assets:list')}?{rest(request)}")


def selection(request: HttpRequest) -> dict[str, Any]:
    """The assets chosen one by one, or all that the filters match; `wrong` says why there are none."""
    visible = Asset.objects.at(Moment.now()).visible_to(reader(request))
    found, unread = chosen(request, visible)
    number = found.count()
    wrong, day = "", DayForm(request.GET)
    if not day.is_valid() or day.moment().is_past:
        wrong = PAST
    elif unread:
        wrong = f"A filter cannot be read, so it is not known which assets you mean: {unread}"
    elif not number:
        wrong = NONE
    elif number > bulk.MOST:
        most = f"at most {bulk.MOST:,} can be changed at once"
        wrong = f"Your filters match {number:,} assets, and {most}. Narrow them"
    return {"selected": found, "number": number, "wrong": wrong, "query": rest(request)}


def chosen(request: HttpRequest, visible: Any) -> tuple[QuerySet[Asset], str]:
    """What the address names, all that its filters match or some references; then what could not be read.

    A filter that cannot be read would be left out, and every asset then match.
    """
    if "all" in request.GET:
        found = AssetFilter(request.GET, visible)
        wrong = {
            found.form.fields[name].label or name for name in found.form.errors if name in found.form.fields
        }
        unread = ", ".join(sorted(map(str, wrong))) or ("something else" if found.form.errors else "")
        return (visible.none() if unread else shown(found)), unread
    named = [each for each in request.GET.getlist("chosen") if REFERENCE.fullmatch(each)]
    return visible.filter(reference__in=named), ""


def shown(found: AssetFilter) -> QuerySet[Asset]:
    """The entries that the register's page lists: where none holds the words searched for, those near."""
    listed: QuerySet[Asset] = found.qs
    if not listed.exists() and found.come_near():
        return Asset.objects.filter(pk__in=list(found.nearest))
    return listed


def rest(request: HttpRequest) -> str:
    """The register's own part of the address, to lead back to."""
    asked = request.GET.copy()
    for name in OWN:
        asked.pop(name, None)
    return asked.urlencode()
