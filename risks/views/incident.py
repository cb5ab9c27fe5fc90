"""Incidents: the log, one incident, the first report, and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.views.held import change_section, form_page
from governance.core.access import get_and_post, reader, require
from governance.core.components import Link
from governance.figures.moment import Moment, Scope
from governance.people.registers.day import DayForm
from governance.people.registers.drafts import Drafting
from governance.people.registers.pages import record_page, register_page
from risks.figures.incident import tallies
from risks.filters import IncidentFilter
from risks.forms.incident import FirstReportForm, form_of
from risks.models import Incident
from risks.representations.incident import BY_KEY, COLUMNS, cards, types_of
from risks.representations.incident_clock import Standing, clock_words
from risks.representations.incident_links import links_of
from risks.representations.incident_record import record_of
from risks.services import incident as services
from risks.services.incident_figures import broken_down, shown


def nothing_counted(moment: Moment, scope: Scope) -> dict[str, int]:
    """Counts for whoever may open no figure: how many there are is theirs no more than what."""
    return {"incidents.total": 0}


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The log, now or as at a past day: all of it or, for most, their own reports."""
    require(request, "risks.list_incidents")
    counts = reader(request).has_perm("risks.count_incidents")
    page = register_page(
        request, Incident.history.at, IncidentFilter, COLUMNS, tallies if counts else nothing_counted
    )
    if not counts:
        page |= {"tiles": [], "hidden": 0}
    page["rows"] = [(each, types_of(each), clock_words(each)) for each in page["listed"].page]
    return render(request, "risks/incidents/register.html", page)


@require_safe
def breakdowns(request: HttpRequest) -> HttpResponse:
    """Incidents counted by month, type, category, severity, service and clock, now or as at a past day."""
    require(request, "risks.count_incidents")
    day = DayForm(request.GET)
    moment = day.moment()
    page = {"day": day, "moment": moment, "one_clock": True, "tables": broken_down(moment, Scope())}
    return render(request, "risks/incidents/figures.html", page | {"parts": shown(moment, Scope())})


@require_safe
def incident(request: HttpRequest, reference: str) -> HttpResponse:
    """One incident, now or as at a past day: its clock, its sections, everything recorded, its history."""
    found = incident_or_404(request, reference)
    require(request, "risks.view_incident", found)
    page = record_page(request, found) | {"incident": found}
    if version := page["record"].version:
        page |= {
            "standing": Standing(version, page["moment"]),
            "cards": cards(version),
            "entries": record_of(found, page["moment"]),
            "standing_notices": found.incidentnotices.standing_now().select_related("recipient"),
            **links_of(found, page["moment"], reader(request)),
        }
    return render(request, "risks/incidents/incident.html", page)


@get_and_post
def report(request: HttpRequest) -> HttpResponse:
    """The first report: five answers, by anybody who works here."""
    require(request, "risks.report_incident")
    drafting = Drafting(request, about="Report of an incident")
    if drafting.answer:
        return drafting.answer
    form = FirstReportForm(drafting.posted, person=reader(request), draft=drafting.kept)
    if form.is_valid():
        reported = services.report(form.instance, by=reader(request))
        drafting.finish()
        messages.success(
            request, f"{reported.reference} is reported. The Information Governance Team finds it on its page"
        )
        return redirect(reported)
    template, heading = "risks/incidents/report.html", "Report an incident"
    return form_page(request, form, heading=heading, way=[to_log()], template=template, drafting=drafting)


@get_and_post
def edit(request: HttpRequest, reference: str, section: str) -> HttpResponse:
    """Change one section of an incident, with a reason."""
    found = incident_or_404(request, reference)
    require(request, "risks.change_incident", found)
    if section not in BY_KEY:
        raise Http404
    heading = BY_KEY[section].title
    return change_section(request, found, form_of(section), heading=heading, way=way_to(found))


def incident_or_404(request: HttpRequest, reference: str) -> Incident:
    """The incident, if the person may enter the log (else 403) and open it (else 404)."""
    require(request, "risks.list_incidents")
    mine = Incident.objects.visible_to(reader(request))
    found: Incident = get_object_or_404(mine, reference=reference)
    return found


def to_log() -> Link:
    """The way to the log."""
    return Link("Incidents", reverse("risks:incidents"))


def way_to(found: Incident) -> list[Link]:
    """The way to an incident."""
    return [to_log(), Link(found.reference, found.get_absolute_url())]
