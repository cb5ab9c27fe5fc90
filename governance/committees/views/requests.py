"""What bodies asked for: how it stands, and the report of outstanding issues."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actions.models import ActionPlan
from governance.committees.asked import Asked, asked, matters, stood, with_facts
from governance.committees.forms.requests import RequestFilter
from governance.committees.models import Body, Paper, Request
from governance.core.access import reader, require
from governance.core.components import Column
from governance.core.dates import today
from governance.core.filtering import paginate
from governance.history.timeline import timeline
from governance.people.registers.day import DayForm

COLUMNS = [
    Column("What was asked for"),
    Column("Asked"),
    Column("Due"),
    Column("How it stands"),
    Column("Answered by"),
]


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Every request by its matter, as at a day; of one body, if chosen."""
    require(request, "committees.view_requests")
    bodies = Body.objects.visible_to(reader(request))
    form = RequestFilter(request.GET, bodies=bodies)
    moment = form.moment()
    body = form.cleaned_data.get("body") if form.is_valid() else None
    found = matters(asked(moment.as_at, reader=reader(request), body=body))
    page = {
        "form": form,
        "moment": moment,
        "one_clock": True,
        "page": paginate(request, found),
        "columns": COLUMNS,
        "bodies": bodies.filter(meetings__requests__isnull=False).distinct(),
    }
    return render(request, "committees/requests/requests.html", page)


@require_safe
def outstanding(request: HttpRequest, code: str) -> HttpResponse:
    """The standing report of a body's outstanding issues, as at a day."""
    require(request, "committees.view_requests")
    body = get_object_or_404(Body.objects.visible_to(reader(request)), code=code)
    form = DayForm(request.GET)
    form.fields["as_at"].help_text = "What was outstanding at the end of this day"
    moment = form.moment()
    every = asked(moment.as_at, reader=reader(request), body=body)
    plans = ActionPlan.objects.visible_to(reader(request))
    page = {
        "body": body,
        "form": form,
        "moment": moment,
        "one_clock": True,
        "reports": [each for each in matters(_by_resolution(every)) if each.is_open],
        "assured": plans.filter(papers__meeting__body=body, assurances__isnull=False).distinct(),
        "members": [each for each in every if each.is_outstanding and not each.request.resolution_id],
    }
    return render(request, "committees/requests/outstanding.html", page)


def _by_resolution(every: list[Asked]) -> list[Asked]:
    return [each for each in every if each.request.resolution_id]


@require_safe
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: when it was due, and was put off to; what answers it; what is of the same matter."""
    found = request_or_404(request, pk)
    require(request, "committees.view_requests")
    day = today()
    same = with_facts(
        Request.objects.visible_to(reader(request)).filter(matter=found.matter).asked_by(day),
        Paper.objects.visible_to(reader(request)),
    )
    page = {
        "held": found,
        "asked": stood(found, day),
        "same": [stood(each, day) for each in same if each.pk != found.pk],
        "columns": COLUMNS,
        "events": timeline(found, first_in_full=False),
    }
    return render(request, "committees/requests/request.html", page)


def request_or_404(request: HttpRequest, pk: int) -> Request:
    """A request that the person may see, with its facts."""
    person = reader(request)
    visible: Any = with_facts(Request.objects.visible_to(person), Paper.objects.visible_to(person))
    found: Request = get_object_or_404(visible, pk=pk)
    return found
