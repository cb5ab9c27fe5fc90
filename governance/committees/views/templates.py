"""Forms of reports: read, begun, written, put in force, withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from governance.committees.forms.templates import (
    BeginTemplateForm,
    TemplateForm,
    TemplateSectionForm,
    WithdrawTemplateForm,
)
from governance.committees.models import PaperTemplate, TemplateSection
from governance.committees.services import templates as services
from governance.committees.services.removing import remove_template_section
from governance.committees.views.removing import asked_to_remove, removed
from governance.core.access import get_and_post, posted, require
from governance.core.dates import long_date
from governance.core.forms import render_form
from governance.core.forms.adopting import AdoptForm
from governance.core.steps import done
from governance.history import adopting
from governance.history.timeline import timeline

SECTION = "committees/templates/section.html"


@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """The forms that papers can be made from today, and every version."""
    require(request, "committees.view_templates")
    every = PaperTemplate.objects.prefetch_related("sections")
    offered = PaperTemplate.objects.offered().order_by().values("pk")
    page = {"offered": every.filter(pk__in=offered).order_by("name", "number"), "versions": every}
    return render(request, "committees/templates/list.html", page)


@require_safe
def template(request: HttpRequest, number: int) -> HttpResponse:
    """One version: its sections with their numbers, and its history."""
    require(request, "committees.view_templates")
    found = get_object_or_404(PaperTemplate, number=number)
    page = {"template": found, "sections": found.laid_out(), "events": timeline(found)}
    return render(request, "committees/templates/one.html", page)


@get_and_post
def new_template(request: HttpRequest) -> HttpResponse:
    """Begin a form as one of those that are shipped."""
    require(request, "committees.write_template")
    form = BeginTemplateForm(posted(request))
    if form.is_valid():
        made = services.begin(form.chosen())
        messages.success(request, f"{made} begun as a draft")
        return redirect(made)
    return render(request, "committees/templates/new.html", {"form": form})


@require_POST
def next_template(request: HttpRequest, number: int) -> HttpResponse:
    """Begin the next version of a form, as this one is."""
    require(request, "committees.write_template")
    made = services.begin_after(get_object_or_404(PaperTemplate, number=number))
    messages.success(request, f"{made} begun as a draft")
    return redirect(made)


@get_and_post
def edit_template(request: HttpRequest, number: int) -> HttpResponse:
    """Change the name of a draft."""
    require(request, "committees.write_template")
    found = get_object_or_404(PaperTemplate, number=number)
    form = TemplateForm(posted(request), instance=found)
    if form.is_valid():
        messages.success(request, f"{form.save()} saved")
        return redirect(found)
    return render_form(request, "committees/templates/edit.html", {"form": form, "template": found})


@get_and_post
def edit_template_section(request: HttpRequest, number: int, section: int | None = None) -> HttpResponse:
    """Write a section of a draft; without `section`, a new one. The button “Remove” takes it out."""
    require(request, "committees.write_template")
    found = get_object_or_404(PaperTemplate, number=number)
    kept = get_object_or_404(found.sections, pk=section) if section else TemplateSection(template=found)
    if found.from_on:
        messages.info(request, f"{found} is adopted, so it stands as it is. Begin a new version")
        return redirect(found)
    if section and asked_to_remove(request):
        return removed(
            request,
            lambda seen: remove_template_section(kept, seen),
            said=f"Section removed: {kept}",
            to=found,
            template=SECTION,
            page={
                "form": TemplateSectionForm(instance=kept, template=found),
                "template": found,
                "section": section,
            },
        )
    form = TemplateSectionForm(posted(request), instance=kept, template=found)
    if form.is_valid():
        messages.success(request, f"Section saved: {form.save()}")
        return redirect(found)
    page = {"form": form, "template": found, "section": section}
    return render_form(request, SECTION, page)


@get_and_post
def adopt_template(request: HttpRequest, number: int) -> HttpResponse:
    """Put a draft in force from a day."""
    require(request, "committees.adopt_template")
    found = get_object_or_404(PaperTemplate, number=number)
    form = AdoptForm(posted(request), seen=services.digest(found))
    if form.is_valid() and done(form, lambda: services.adopt(found, **form.cleaned_data)):
        messages.success(request, f"{found} is in force from {long_date(form.cleaned_data['from_on'])}")
        return redirect(found)
    if form.is_bound:  # what is shown now is what the next click is about
        form.data = {**request.POST.dict(), "seen": services.digest(found)}
    page = {"form": form, "template": found, "sections": found.laid_out()}
    return render(request, "committees/templates/adopt.html", page)


@get_and_post
def withdraw_template(request: HttpRequest, number: int) -> HttpResponse:
    """Put a version that is not in force yet back among the drafts, or let no paper be made from one."""
    require(request, "committees.adopt_template")
    found = get_object_or_404(PaperTemplate, number=number)
    step = adopting.withdraw if found.is_to_come else services.retire
    form = WithdrawTemplateForm(posted(request))
    if form.is_valid() and done(form, lambda: step(found, **form.cleaned_data)):
        messages.success(request, f"{found} is withdrawn")
        return redirect(found)
    return render(request, "committees/templates/withdraw.html", {"form": form, "template": found})
