"""Changing many risks at once: choose what, check what would happen, do it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assets.services.bulk import MOST, NotDoneError
from governance.core.access import get_and_post, reader, require
from governance.figures.moment import Moment
from governance.people.registers.many import Many, rest, unread_of
from risks.filters import RiskFilter
from risks.forms.bulk import FIELDS, FieldForm, ValueForm, name_of
from risks.models import Risk
from risks.models.colour import coloured
from risks.representations.bulk import as_they_are, columns
from risks.services import bulk

MANY = Many("risks", "risk", "risks", "IR")


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Which field, then which value, of the risks that the address names or filters."""
    require(request, "risks.bulk_edit")
    page = selection(request)
    if page["wrong"] == MANY.none:
        return MANY.led_back(request, MANY.none)
    if page["wrong"]:
        return render(request, "registers/bulk/nothing.html", page, status=400)
    field = request.GET.get("field", "")
    if field in FIELDS:
        page |= {"form": ValueForm(None, field), "name": name_of(field)}
        return render(request, "registers/bulk/value.html", page)
    asked = FieldForm(request.GET if "field" in request.GET else None)
    return render(request, "registers/bulk/field.html", page | {"form": asked})


@get_and_post
def check(request: HttpRequest) -> HttpResponse:
    """What the change would do, and what it cannot. Who comes by a reload is led to the register."""
    require(request, "risks.bulk_edit")
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
    page |= {"columns": columns(field), "now": as_they_are(checked.shown, field)}
    return render(request, "risks/bulk/check.html", page | {"checked": checked, "reason": reason})


@get_and_post
def do(request: HttpRequest) -> HttpResponse:
    """Change what was checked; what somebody else has changed since is left and named."""
    require(request, "risks.bulk_edit")
    if request.method != "POST":
        return MANY.led_back(request, MANY.again)
    page: dict[str, Any] = {"query": rest(request), "many": MANY}
    try:
        done = bulk.do(request.POST.get("token", ""), reader(request))
    except NotDoneError as wrong:
        return render(request, "registers/bulk/nothing.html", page | {"wrong": str(wrong)}, status=400)
    if done.left:
        return render(request, "registers/bulk/left.html", page | {"done": done}, status=409)
    messages.success(request, MANY.done(done.changed))
    return MANY.back(request)


def selection(request: HttpRequest) -> dict[str, Any]:
    """The risks chosen one by one, or all that the filters match; `wrong` says why there are none."""
    found, unread = chosen(request)
    number = found.count()
    wrong = MANY.why_not(request, number, unread, MOST)
    return {"selected": found, "number": number, "wrong": wrong, "query": rest(request), "many": MANY}


def chosen(request: HttpRequest) -> tuple[QuerySet[Risk], str]:
    """What the address names, all that its filters match or some references; then what could not be read."""
    visible = Risk.objects.visible_to(reader(request))
    if "all" not in request.GET:
        return visible.filter(reference__in=MANY.named(request)), ""
    found = RiskFilter(request.GET, coloured(Moment.now()))
    if unread := unread_of(found):
        return visible.none(), unread
    listed: Any = found.qs
    if not listed.exists() and found.come_near():
        listed = Risk.history.filter(pk__in=list(found.nearest))
    return visible.filter(pk__in=list(listed.order_by().values_list("id", flat=True))), ""
