"""Changing many assets at once: choose what, check what would happen, do it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assets.filters.register import AssetFilter
from assets.forms.bulk import FIELDS, FieldForm, ValueForm, name_of
from assets.models import Asset
from assets.representations.bulk import as_they_are, columns
from assets.services import bulk
from governance.core.access import get_and_post, reader, require
from governance.figures.moment import Moment
from governance.people.registers.many import Many, rest, unread_of

MANY = Many("assets", "asset", "assets", "IA")


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Which field, then which value, of the assets that the address names or filters."""
    require(request, "assets.bulk_edit")
    page = selection(request)
    if page["wrong"] == MANY.none:
        return MANY.led_back(request, MANY.none)
    if page["wrong"]:
        return render(request, "registers/bulk/nothing.html", page, status=400)
    field = request.GET.get("field", "")
    if field in FIELDS:
        form = ValueForm(None, field)
        return render(request, "registers/bulk/value.html", page | {"form": form, "name": name_of(field)})
    asked = FieldForm(request.GET if "field" in request.GET else None)
    return render(request, "registers/bulk/field.html", page | {"form": asked})


@get_and_post
def check(request: HttpRequest) -> HttpResponse:
    """What the change would do, and what it cannot. Who comes by a reload is led to the register."""
    require(request, "assets.bulk_edit")
    if request.method != "POST":
        return MANY.led_back(request, MANY.again)
    page, field = selection(request), request.GET.get("field", "")
    if page["wrong"] or field not in FIELDS:
        return render(request, "registers/bulk/nothing.html", page, status=400)
    form = ValueForm(request.POST, field)
    page |= {"form": form, "name": name_of(field)}
    if not form.is_valid():
        return render(request, "registers/bulk/value.html", page)
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
        return MANY.led_back(request, MANY.again)
    try:
        done = bulk.do(request.POST.get("token", ""), reader(request))
    except bulk.NotDoneError as wrong:
        page = {"wrong": str(wrong), "query": rest(request), "many": MANY}
        return render(request, "registers/bulk/nothing.html", page, status=400)
    if done.left:
        page = {"done": done, "query": rest(request), "many": MANY}
        return render(request, "registers/bulk/left.html", page, status=409)
    messages.success(request, MANY.done(done.changed))
    return MANY.back(request)


def selection(request: HttpRequest) -> dict[str, Any]:
    """The assets chosen one by one, or all that the filters match; `wrong` says why there are none."""
    visible = Asset.objects.at(Moment.now()).visible_to(reader(request))
    found, unread = chosen(request, visible)
    number = found.count()
    wrong = MANY.why_not(request, number, unread, bulk.MOST)
    return {"selected": found, "number": number, "wrong": wrong, "query": rest(request), "many": MANY}


def chosen(request: HttpRequest, visible: Any) -> tuple[QuerySet[Asset], str]:
    """What the address names, all that its filters match or some references; then what could not be read."""
    if "all" in request.GET:
        found = AssetFilter(request.GET, visible)
        unread = unread_of(found)
        return (visible.none() if unread else shown(found)), unread
    return visible.filter(reference__in=MANY.named(request)), ""


def shown(found: AssetFilter) -> QuerySet[Asset]:
    """The entries that the register's page lists: where none holds the words searched for, those near."""
    listed: QuerySet[Asset] = found.qs
    if not listed.exists() and found.come_near():
        return Asset.objects.filter(pk__in=list(found.nearest))
    return listed
