"""Audits: the list, one audit with what was said in it, and entering it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actions.figures import audits as figures
from actions.filters import RECOMMENDATION_COLUMNS, RecommendationFilter
from actions.forms.audits import SECTIONS, AreaForm, NewAreaForm, NewAuditForm
from actions.models import Audit, Quotation, RecommendationPriority
from actions.representations.audits import (
    AREA_COLUMNS,
    AUDIT_COLUMNS,
    audit_rows,
    audit_tiles,
    priority_words,
    texts_by_kind,
)
from assets.views.held import form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.core.listing import listed
from governance.figures.moment import Moment, Scope
from governance.history.timeline import timeline


@require_safe
def audits(request: HttpRequest) -> HttpResponse:
    """Every audit that the person may open, with its opinion as given and its figures."""
    require(request, "actions.list_audits")
    found = Audit.objects.visible_to(reader(request)).select_related("kind")
    now = Moment.now()
    rows = audit_rows(found, figures.counts_by_audit(now, Scope()), now)
    return render(request, "actions/audits/audits.html", {"rows": rows, "columns": AUDIT_COLUMNS})


@require_safe
def audit(request: HttpRequest, code: str) -> HttpResponse:
    """One audit: opinions, the auditor's words and who quotes them, recommendations, history."""
    found = audit_or_404(request, code)
    require(request, "actions.view_audit", found)
    person, now = reader(request), Moment.now()
    counted = figures.counts_by_audit(now, Scope()).get(code, {})
    filters = RecommendationFilter(request.GET, found.recommendations.for_list(), audit=found)
    quoted = Quotation.objects.visible_to(person).filter(held__audit=found)
    page = {
        "audit": found,
        "areas": found.scope_areas.all(),
        "area_columns": AREA_COLUMNS,
        "tiles": audit_tiles(found, counted, now),
        "texts": texts_by_kind(found.texts.select_related("kind", "scope_area"), quoted.for_page()),
        "plans": found.plans.visible_to(person),
        "follow_ups": found.follow_ups.for_list(),
        "listed": listed(request, filters, RECOMMENDATION_COLUMNS),
        "priorities": priority_words(RecommendationPriority.objects.all()),
        "events": timeline(found),
        "may_keep": person.has_perm("actions.keep_audits"),
    }
    return render(request, "actions/audits/audit.html", page)


@get_and_post
def new(request: HttpRequest) -> HttpResponse:
    """Enter an audit."""
    require(request, "actions.keep_audits")
    form = NewAuditForm(posted(request))
    if form.is_valid() and form.saved("Entered on the page of audits"):
        messages.success(request, f"{form.instance.code} entered. Add its areas and recommendations")
        return redirect(form.instance)
    return form_page(request, form, heading="Enter an audit", way=[to_audits()])


@get_and_post
def edit(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """Change one section of an audit, with a reason."""
    found = audit_to_keep(request, code)
    if section not in SECTIONS:
        raise Http404
    heading, form_class = SECTIONS[section]
    return changed(request, form_class, found, found, heading=heading)


@get_and_post
def add_area(request: HttpRequest, code: str) -> HttpResponse:
    """Add an area to what the audit looked at."""
    found = audit_to_keep(request, code)
    return added(request, NewAreaForm(posted(request), audit=found), found, heading="Add a scope area")


@get_and_post
def change_area(request: HttpRequest, code: str, area: str) -> HttpResponse:
    """Change an area, or the opinion that the auditor gave of it."""
    found = audit_to_keep(request, code)
    one = get_object_or_404(found.scope_areas, code=area)
    return changed(request, AreaForm, one, found, heading="Change a scope area")


def added(
    request: HttpRequest, form: Any, to: Any, *, heading: str, said: str = "", **page: Any
) -> HttpResponse:
    """Take a form that adds something to an audit, or to a recommendation of one, and say what was done:
    `said`, or what was added."""
    if form.is_valid() and form.saved(f"Entered for {_called(to)}"):
        messages.success(request, said or f"{form.instance} is entered for {_called(to)}"[:300])
        return redirect(to)
    return form_page(request, form, heading=heading, way=way_to(to), caption=_called(to), **page)


def changed(request: HttpRequest, form_class: Any, thing: Model, of: Any, *, heading: str) -> HttpResponse:
    """Take a form that changes something of an audit, with a reason; 409 where somebody else was faster."""
    form = form_class(posted(request), instance=thing, person=reader(request))
    if form.is_valid() and form.written():
        unchanged = f"You changed nothing, so {_called(of)} stands as it did"
        messages.success(request, unchanged if form.changes_nothing else f"{_called(of)} is saved")
        return redirect(of)
    return form_page(request, form, heading=heading, way=way_to(of), caption=_called(of))


def audit_or_404(request: HttpRequest, code: str) -> Audit:
    """The audit, if the person may enter the list of them (else 403) and open it (else 404)."""
    require(request, "actions.list_audits")
    found = Audit.objects.visible_to(reader(request)).select_related("kind")
    return get_object_or_404(found, code=code)


def audit_to_keep(request: HttpRequest, code: str) -> Audit:
    """The audit, if the person may enter what the auditor says."""
    found = audit_or_404(request, code)
    require(request, "actions.keep_audits")
    return found


def to_plans() -> Link:
    """The way to the room of which audits are a part."""
    return Link("Action plans", reverse("actions:plans"))


def to_audits() -> Link:
    """The way to the list."""
    return Link("Audits", reverse("actions:audits"))


def way_to(thing: Any) -> list[Link]:
    """The way to an audit, or to a recommendation of one."""
    audit = thing if isinstance(thing, Audit) else thing.audit
    further = [] if thing is audit else [Link(thing.reference, thing.get_absolute_url())]
    return [to_plans(), to_audits(), Link(audit.title, audit.get_absolute_url()), *further]


def _called(thing: Any) -> str:
    return str(getattr(thing, "handle", "") or thing.code)
