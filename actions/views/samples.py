"""Samples for auditors: drawing one, and showing that it was drawn by lot."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from actions.forms.samples import SampleForm
from actions.models import Audit, AuditSample
from actions.models.samples import METHOD
from actions.representations.sampled import Drawn
from actions.services.samples import draw, draw_again, offered_of
from actions.views.audits import audit_or_404, way_to
from assets.views.held import HOME, form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Column, Link
from governance.core.filtering import paginate
from governance.core.steps import taken

COLUMNS = [Column("Place"), Column("Drawn")]
AGAIN_COLUMNS = [*COLUMNS, Column("Drawn again"), Column("The same?")]


@get_and_post
def draw_sample(request: HttpRequest, code: str) -> HttpResponse:
    """Draw rows by lot, of a figure of this audit."""
    audit = audit_for_samples(request, code)
    require(request, "actions.draw_sample")
    offered, lacking = offered_of(audit)
    form = SampleForm(posted(request), offered=offered, lacking=lacking)
    if form.is_valid():
        asked, once, by = form.asked(), form.cleaned_data["once"], reader(request)
        sample = taken(form, lambda: draw(audit, asked, by=by, given=form.given(), once=once))
        if sample:
            messages.success(request, f"{sample.size} of {sample.population} drawn by seed {sample.seed}")
            return redirect(sample)
    way = [*way_to(audit), Link("Samples", f"{audit.get_absolute_url()}samples/")]
    return form_page(request, form, heading="Draw a sample", way=way, caption=audit.code)


@require_safe
def samples(request: HttpRequest, code: str) -> HttpResponse:
    """The samples drawn for an audit, the latest first."""
    audit = audit_for_samples(request, code)
    found = paginate(request, AuditSample.objects.of(audit))
    page = {"audit": audit, "page": found, "way": [HOME, *way_to(audit)]}
    return render(request, "actions/samples/samples.html", page)


@require_safe
def sample(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One sample: of what, by which seed, and what was drawn."""
    found = sample_or_404(request, code, number)
    drawn = Drawn(found, reader(request))
    page = {
        "sample": found,
        "way": [HOME, *way_to(found.audit), Link("Samples", f"{found.audit.get_absolute_url()}samples/")],
        "method": METHOD,
        "columns": [*COLUMNS, *(Column(each.heading) for each in drawn.columns)],
        "rows": drawn.rows,
        "address": found.counted.address(found.moment, found.among),
    }
    return render(request, "actions/samples/sample.html", page)


@require_safe
def again(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The same sample drawn again now, place by place, and what is recorded of that moment by now."""
    found = sample_or_404(request, code, number)
    page = {
        "sample": found,
        "way": [HOME, *way_to(found.audit), Link(str(found), found.get_absolute_url())],
        "columns": AGAIN_COLUMNS,
        "again": draw_again(found),
    }
    return render(request, "actions/samples/again.html", page)


def audit_for_samples(request: HttpRequest, code: str) -> Audit:
    """The audit, if the person may open it (else 404) and look at samples (else 403)."""
    audit = audit_or_404(request, code)
    require(request, "actions.view_samples")
    return audit


def sample_or_404(request: HttpRequest, code: str, number: int) -> AuditSample:
    """A sample of an audit that the person may open, of which they may see samples."""
    audit = audit_for_samples(request, code)
    return get_object_or_404(audit.samples.select_related("audit"), pk=number)
