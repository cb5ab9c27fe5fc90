"""Assessments of maturity: recording one on one page, reading it, putting it right, comparing two."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from actions.forms.maturity_scores import AssessmentFactsForm, AssessmentForm, RedateForm, ScoreForm
from actions.models import MaturityAssessment
from actions.representations.maturity import area_rows, compare, completed_between, corrections
from actions.representations.maturity_chart import chart_of, chart_of_two
from actions.services import maturity_scores as services
from actions.views.maturity import model_or_404, way, way_to_model
from assets.views.held import HOME, change_section, form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.core.dates import long_date
from governance.core.steps import done, taken
from governance.history.timeline import timeline


def way_of(assessment: MaturityAssessment) -> list[Link]:
    """The way from home to an assessment."""
    return [*way(), Link(str(assessment), assessment.get_absolute_url())]


@get_and_post
def assess(request: HttpRequest, code: str) -> HttpResponse:
    """Record an assessment by a model: all of its areas on one page."""
    require(request, "actions.keep_maturity")
    model = model_or_404(request, code)
    if not model.in_use:
        messages.info(request, f"{model} is a draft: put it in use before you record an assessment by it")
        return redirect(model)
    form = AssessmentForm(posted(request), model=model)
    if form.is_valid():
        made = taken(form, lambda: services.record(model, form.scores(), by=reader(request), **form.facts()))
        if made:
            messages.success(request, f"{made} recorded")
            return redirect(made)
    page = {"form": form, "model": model, "way": [HOME, *way_to_model(model)]}
    return render(request, "actions/maturity/assess.html", page)


@require_safe
def assessment(request: HttpRequest, reference: str) -> HttpResponse:
    """One assessment: the overall as given, each area with level and target, and what was corrected."""
    found = assessment_or_404(request, reference)
    levels, areas = list(found.model.levels.all()), list(found.model.areas.all())
    rows = area_rows(areas, services.standing_scores(found))
    page = {
        "assessment": found,
        "rows": rows,
        "chart": chart_of("Level and target of each area", levels, rows),
        "earlier": MaturityAssessment.objects.visible_to(reader(request)).standing().before(found).for_page(),
        "corrections": corrections(found),
        "events": timeline(found),
    }
    return render(request, "actions/maturity/assessment.html", page)


@require_safe
def since(request: HttpRequest, reference: str, earlier: str) -> HttpResponse:
    """What moved between two assessments by one model, and the completed actions behind it."""
    later = assessment_or_404(request, reference)
    every = MaturityAssessment.objects.visible_to(reader(request)).standing().before(later)
    before = get_object_or_404(every.for_page(), reference=earlier)
    levels, areas = list(later.model.levels.all()), list(later.model.areas.all())
    scores = (services.standing_scores(before), services.standing_scores(later))
    rows = compare(areas, scores, completed_between(before, later, reader(request)))
    page = {
        "assessment": later,
        "before": before,
        "rows": rows,
        "chart": chart_of_two("Levels before and after", levels, rows),
        "unexplained": [row for row in rows if row.unexplained],
    }
    return render(request, "actions/maturity/since.html", page)


@get_and_post
def change_assessment(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what an assessment says of the whole."""
    found = assessment_to_keep(request, reference)
    return change_section(
        request, found, AssessmentFactsForm, heading="Change this assessment", way=way_of(found)
    )


@get_and_post
def redate(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that an assessment was as at another day."""
    found = assessment_to_keep(request, reference)
    shown = {"as_at": found.as_at, "seen": found.as_at.isoformat()}
    form = RedateForm(posted(request), initial=shown)
    person = reader(request)
    if form.is_valid() and done(form, lambda: services.redate(found, by=person, **form.cleaned_data)):
        messages.success(request, f"{found} is as at {long_date(form.cleaned_data['as_at'])}")
        return redirect(found)
    if form.is_bound:
        form.data = request.POST.copy()
        form.data["seen"] = found.as_at.isoformat()
    return form_page(request, form, heading="Correct the day", way=way_of(found), caption=str(found))


@get_and_post
def score(request: HttpRequest, reference: str, area: str) -> HttpResponse:
    """Put right the level of one area, or give it one."""
    found = assessment_to_keep(request, reference)
    about = get_object_or_404(found.model.areas.select_related("model"), reference=area)
    standing = services.standing_of(found, about)
    form = ScoreForm(posted(request), area=about, standing=standing)
    if form.is_valid():
        given, person = form.given(), reader(request)
        if done(form, lambda: services.score(found, about, by=person, **given)):
            messages.success(request, f"{about} in {found} is as you said")
            return redirect(found)
        form.data = request.POST.copy()
        form.data["seen"] = str(standing.pk if standing else 0)
    heading = f"Correct the level of {about}"
    return form_page(request, form, heading=heading, way=way_of(found), caption=str(found))


def assessment_to_keep(request: HttpRequest, reference: str) -> MaturityAssessment:
    """The assessment, if the person may put it right, and it was not entered in error."""
    require(request, "actions.keep_maturity")
    found = assessment_or_404(request, reference)
    if found.mistaken_at:
        raise Http404
    return found


def assessment_or_404(request: HttpRequest, reference: str) -> MaturityAssessment:
    """The assessment, if the person may open it."""
    require(request, "actions.view_maturity")
    every = MaturityAssessment.objects.visible_to(reader(request)).for_page()
    return get_object_or_404(every, reference=reference)
