"""Bodies: the list, one body with its names, lines, seats and meetings, and how each is kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from actions.models import ActionPlan
from assets.views.held import HOME, form_page
from governance.committees.forms import bodies as forms
from governance.committees.models import Body, Materiality, ReportingLine, Seat
from governance.committees.permissions import KEEPING, READING
from governance.committees.programme import seats_of
from governance.committees.views.keeping import added, body_or_404, changed, way_to
from governance.core.access import get_and_post, posted, reader, require
from governance.core.dates import long_date, today
from governance.core.filtering import paginate
from governance.history.timeline import timeline


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """Every body, by name."""
    require(request, READING)
    found = Body.objects.visible_to(reader(request)).named()
    day = today()
    page = paginate(request, found)
    rows = [(each, each.name_on(day)) for each in page]
    return render(request, "committees/bodies/bodies.html", {"page": page, "rows": rows})


@require_safe
def body(request: HttpRequest, code: str) -> HttpResponse:
    """One body: what it is called and was, to whom it answers, who sits on it, when it meets."""
    found, day = body_or_404(request, code), today()
    log = ActionPlan.objects.visible_to(reader(request)).filter(bodies=found).first()
    lines = found.reports_to.select_related("above")
    page = {
        "body": found,
        "called": found.name_on(day),
        "way": [HOME, *way_to(found)[:-1]],
        "log": log,
        "lines": lines,
        "answering": found.reported_by.in_force(day).select_related("body"),
        "seats": seats_of(found, day),
        "past_seats": found.seats.exclude(pk__in=found.seats.not_over(day)).select_related("post"),
        "rules": found.rules.all(),
        "size": Materiality.objects.in_force(found.pk, day),
        "meetings": paginate(request, found.meetings.named()),
        "events": timeline(found, told_elsewhere=["action_log"]),  # a plan is for who may open it,
    }
    return render(request, "committees/bodies/body.html", page)


@get_and_post
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change what sort of body it is, and its action log."""
    found = body_or_404(request, code, KEEPING)
    return changed(request, forms.BodyChangeForm, found, found, heading="Change a body")


@get_and_post
def rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give it another name from a day; earlier meetings keep the name of their day."""
    found = body_or_404(request, code, KEEPING)
    form = forms.RenameForm(posted(request), body=found)
    if form.is_valid() and form.renamed():
        messages.success(request, f"From {long_date(form.cleaned_data['from_on'])} it is called {found}")
        return redirect(found)
    return form_page(request, form, heading="Rename a body", way=way_to(found), caption=str(found))


@get_and_post
def add_line(request: HttpRequest, code: str) -> HttpResponse:
    """Say to whom it reports."""
    found = body_or_404(request, code, KEEPING)
    form = forms.LineForm(posted(request), instance=ReportingLine(body=found))
    return added(request, form, found, heading="Enter to whom it reports")


@get_and_post
def change_line(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Say until when it reports there."""
    found = body_or_404(request, code, KEEPING)
    line = get_object_or_404(found.reports_to.select_related("above", "body"), pk=pk)
    return changed(request, forms.LineChangeForm, line, found, heading="Change to whom it reports")


@get_and_post
def add_seat(request: HttpRequest, code: str) -> HttpResponse:
    """Say who sits on it."""
    found = body_or_404(request, code, KEEPING)
    form = forms.SeatForm(posted(request), instance=Seat(body=found))
    return added(request, form, found, heading="Enter a seat")


@get_and_post
def change_seat(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change a seat, or end it."""
    found = body_or_404(request, code, KEEPING)
    seat = get_object_or_404(found.seats.select_related("post"), pk=pk)
    return changed(request, forms.SeatChangeForm, seat, found, heading="Change a seat")
