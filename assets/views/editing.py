"""Entering an asset, changing it section by section, and the steps of its life."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.forms.entry import NewAssetForm, StateForm
from assets.forms.section import SectionForm
from assets.forms.sections import FORMS
from assets.models import Asset
from assets.representations.completeness import Completeness
from assets.representations.places import kept_at
from assets.representations.public import NOT_PUBLIC, why_not
from assets.representations.sections import BY_KEY, SECTIONS, section_after
from assets.services.entry import StateError, UnderDisposalError, add, change_state
from assets.views.entry import asset_or_404
from governance.core.access import get_and_post, posted, reader, require
from governance.core.forms import render_form
from governance.figures.moment import Moment
from governance.people.registers.drafts import Drafting


@get_and_post
def new(request: HttpRequest) -> HttpResponse:
    """Enter an asset; the rest of it is said section by section."""
    require(request, "assets.add_asset")
    form = NewAssetForm(posted(request), person=reader(request))
    if form.is_valid():
        added = add(form.instance, reason=form.reason)
        messages.success(request, f"{added.reference} entered. Say the rest section by section")
        return redirect(added)
    return render(request, "assets/editing/new.html", {"form": form})


@require_safe
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """The sections, each with what is missing in it."""
    found = asset_or_404(request, reference)
    require(request, "assets.change_asset", found)
    gaps = Completeness.of_version(found).by_section()
    sections = [(section, gaps.get(section.key, [])) for section in SECTIONS]
    return render(request, "assets/editing/sections.html", {"asset": found, "sections": sections})


@get_and_post
def edit_section(request: HttpRequest, reference: str, section: str) -> HttpResponse:
    """Change one section of an asset, with a reason."""
    found = asset_or_404(request, reference)
    require(request, "assets.change_asset", found)
    if section not in BY_KEY:
        raise Http404
    drafting = Drafting(request, about=f"{reference} {found.title}: {BY_KEY[section].title.lower()}")
    if drafting.answer:
        return drafting.answer
    person = reader(request)
    form = FORMS[section](drafting.posted, instance=found, person=person, draft=drafting.kept)
    if form.is_valid():
        form.save()
        drafting.finish()
        _say(request, form)
        return redirect(_onwards(request, reference, section))
    page = {"form": form, "asset": found, "section": BY_KEY[section], "after": section_after(section)}
    places = kept_at(found, Moment.now(), person) if section == "protection" else {}
    return render_form(request, "assets/editing/section.html", page | places | {"drafting": drafting})


@get_and_post
def state(request: HttpRequest, reference: str) -> HttpResponse:
    """Take an asset a step further in its life."""
    found = asset_or_404(request, reference)
    require(request, "assets.change_state", found)
    form = StateForm(posted(request), asset=found, person=reader(request))
    if form.is_valid():
        said = form.cleaned_data
        try:
            change_state(found, said["to"], by=reader(request), reason=said["reason"])
        except StateError:
            form.moved_on()
        except UnderDisposalError as wrong:
            form.add_error(wrong.field, str(wrong))
        else:
            messages.success(request, f"{reference} is now {found.get_state_display().lower()}")
            return redirect(f"{found.get_absolute_url()}{_address_state(request)}")
    page = {"form": form, "asset": found}
    return render(request, "assets/editing/state.html", page, status=409 if form.was_overtaken else 200)


def _say(request: HttpRequest, form: SectionForm) -> None:
    reference = form.instance.reference
    if form.changes_nothing:
        messages.info(request, f"You changed nothing, so {reference} stands as it did")
        return
    decides = {"publish", "marking"} & {*form.changed_data}
    why = why_not(Asset.objects.select_related("marking").get(pk=form.instance.pk)) if decides else ""
    messages.success(request, f"{reference} updated{f'. {NOT_PUBLIC} {why}' if why else ''}")


def _onwards(request: HttpRequest, reference: str, section: str) -> str:
    """To the next section for whoever goes through them all, else back to the asset."""
    after = section_after(section)
    if "next" in request.POST and after:
        return reverse("assets:edit_section", args=[reference, after.key], query=request.GET)
    return reverse("assets:asset", args=[reference], query=request.GET)


def _address_state(request: HttpRequest) -> str:
    return f"?{request.GET.urlencode()}" if request.GET else ""
