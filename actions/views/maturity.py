"""Maturity: the models and assessments there are, and writing a model."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actions import figures
from actions.forms.maturity import OWN, BeginModelForm, MaturityModelForm, UsedModelForm, UseForm
from actions.models import ActionArea, MaturityArea, MaturityAssessment, MaturityModel, MaturityScore
from actions.representations.maturity_definition import EMPTY, of_model, shipped
from actions.representations.maturity_list import entries
from actions.services import maturity_model as services
from assets.views.held import form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.core.forms.adopting import TakeBackForm
from governance.core.steps import done, taken
from governance.figures.moment import Moment
from governance.history.timeline import timeline


def way() -> list[Link]:
    """The way from home to maturity."""
    return [
        Link("Action plans", reverse("actions:plans")),
        Link("Maturity", reverse("actions:maturity")),
    ]


def way_to_model(model: MaturityModel) -> list[Link]:
    """The way from home to a model."""
    return [*way(), Link(str(model), model.get_absolute_url())]


@require_safe
def maturity(request: HttpRequest) -> HttpResponse:
    """Every model with its figures as they stand today, and every assessment, the latest first."""
    require(request, "actions.view_maturity")
    models = MaturityModel.objects.visible_to(reader(request)).for_list()
    assessments = MaturityAssessment.objects.visible_to(reader(request)).for_page()
    now = Moment.now()
    page = {
        "entries": entries(models, figures.maturity.counts_by_model(now), now),
        "assessments": assessments,
    }
    return render(request, "actions/maturity/maturity.html", page)


@require_safe
def model(request: HttpRequest, code: str) -> HttpResponse:
    """One model: its levels, its areas, what was assessed by it, and its history."""
    found = model_or_404(request, code)
    page = {
        "model": found,
        "levels": found.levels.all(),
        "areas": found.areas.prefetch_related("criteria__level"),
        "assessments": found.assessments.for_page(),
        "events": timeline(found),
    }
    return render(request, "actions/maturity/model.html", page)


@require_safe
def area(request: HttpRequest, reference: str) -> HttpResponse:
    """One area: its criteria, what it was scored, and the actions that improve it."""
    require(request, "actions.view_maturity")
    areas = MaturityArea.objects.visible_to(reader(request)).select_related("model")
    found = get_object_or_404(areas, reference=reference)
    every = ActionArea.objects.filter(area=found)
    links = list(every.visible_to(reader(request)).for_page())
    page = {
        "area": found,
        "criteria": found.criteria.select_related("level"),
        "scores": MaturityScore.objects.filter(area=found).standing(Moment.now()).for_page().reverse(),
        "links": links,
        "closed_to_reader": every.count() - len(links),
    }
    return render(request, "actions/maturity/area.html", page)


@get_and_post
def new_model(request: HttpRequest) -> HttpResponse:
    """Begin a model: as shipped, or with nothing but five levels without names."""
    require(request, "actions.keep_maturity")
    begun = shipped()
    offered = [(name, f"{each.name}, as it comes with the product") for name, each in begun.items()]
    form = BeginModelForm(
        posted(request), offered=[*offered, (OWN, "One of the council's own, or an assessor's")]
    )
    if form.is_valid():
        says = begun.get(form.cleaned_data["start"], EMPTY)
        named = replace(says, name=form.cleaned_data["name"] or says.name)
        if made := taken(form, lambda: services.begin(named)):
            messages.success(request, f"{made} begun as a draft")
            return redirect("actions:write_maturity_model", made.code)
    return form_page(request, form, heading="Enter a model of maturity", way=way())


@get_and_post
def write_model(request: HttpRequest, code: str) -> HttpResponse:
    """Write a draft; of a model in use, name its levels and add areas."""
    require(request, "actions.keep_maturity")
    found = model_or_404(request, code)
    says = of_model(found)
    form = (UsedModelForm if found.in_use else MaturityModelForm)(posted(request), says=says)
    if form.is_valid():
        wanted, seen = form.definition(), form.cleaned_data["seen"]
        reason = form.cleaned_data.get("reason", "")
        if done(form, lambda: services.write(found, wanted, seen=seen, reason=reason)):
            messages.success(request, f"{wanted.name} saved")
            return redirect(found)
        form.data = {**request.POST.dict(), "seen": says.digest}
    return form_page(request, form, heading="Change this model", way=way_to_model(found), caption=str(found))


@get_and_post
def use_model(request: HttpRequest, code: str) -> HttpResponse:
    """Put a draft in use, with what it says before the person."""
    require(request, "actions.keep_maturity")
    found = model_or_404(request, code)
    says = of_model(found)
    form = UseForm(posted(request), initial={"seen": says.digest})
    if form.is_valid() and done(form, lambda: services.put_in_use(found, seen=form.cleaned_data["seen"])):
        messages.success(request, f"{found} is in use")
        return redirect(found)
    if form.is_bound:  # what is shown now is what the next click is about
        form.data = {**request.POST.dict(), "seen": says.digest}
    page = {"form": form, "model": found, "levels": found.levels.all()}
    page["areas"] = found.areas.prefetch_related("criteria__level")
    return render(request, "actions/maturity/use.html", page)


@get_and_post
def put_model_back(request: HttpRequest, code: str) -> HttpResponse:
    """Make a model a draft again, as long as nothing was assessed by it."""
    require(request, "actions.keep_maturity")
    found = model_or_404(request, code)
    form = TakeBackForm(posted(request))
    if form.is_valid() and done(form, lambda: services.put_back(found, **form.cleaned_data)):
        messages.success(request, f"{found} is a draft again")
        return redirect(found)
    return form_page(
        request, form, heading="Put it back among the drafts", way=way_to_model(found), caption=str(found)
    )


def model_or_404(request: HttpRequest, code: str) -> MaturityModel:
    """The model, if the person may open it."""
    require(request, "actions.view_maturity")
    return get_object_or_404(MaturityModel.objects.visible_to(reader(request)), code=code)
