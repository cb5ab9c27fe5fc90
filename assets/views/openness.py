"""What the council must publish: the register, one obligation, and that it was met."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.figures.openness import obligation_counts, openness_counts
from assets.filters.sharing import ObligationFilter
from assets.forms.openness import NewObligationForm, ObligationForm, PublicationForm, TakeBackForm
from assets.models import Obligation, Publication
from assets.representations.openness import COLUMNS
from assets.services.openness import TakenBackError, take_back
from assets.views.held import change_section, form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.figures.moment import Scope
from governance.figures.tiles import tiles
from governance.people.registers.pages import record_page, register_page, unseen


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """What must be published, now or as at a past day, with how open the assets are."""
    require(request, "assets.list_openness")
    page = register_page(request, Obligation.history.at, ObligationFilter, COLUMNS, obligation_counts)
    decided, by_stars = openness_counts(page["moment"], Scope())
    page |= {
        "open_tiles": tiles(decided, page["moment"]),
        "by_stars": sorted(by_stars.items(), reverse=True),
        "hidden": unseen(Obligation.history.at(page["moment"]), page["listed"]),
    }
    return render(request, "assets/openness/register.html", page)


@require_safe
def obligation(request: HttpRequest, reference: str) -> HttpResponse:
    """One obligation, now or as at a past day, with its publications and its history."""
    found = obligation_or_404(request, reference)
    require(request, "assets.view_obligation", found)
    page = record_page(request, found)
    page |= {"obligation": found, "publications": Publication.objects.for_page(found, page["moment"])}
    return render(request, "assets/openness/obligation.html", page)


@get_and_post
def new(request: HttpRequest) -> HttpResponse:
    """Enter an obligation."""
    require(request, "assets.list_openness")
    require(request, "assets.add_obligation")
    form = NewObligationForm(posted(request), person=reader(request))
    if form.is_valid():
        added = form.save()
        messages.success(request, f"{added.reference} entered")
        return redirect(added)
    return form_page(request, form, heading="Enter something to publish", way=[to_register()])


@get_and_post
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Change an obligation, with a reason."""
    found = obligation_or_404(request, reference)
    require(request, "assets.change_obligation", found)
    return change_section(request, found, ObligationForm, heading="Change this obligation", way=way_to(found))


@get_and_post
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that it was published."""
    found = obligation_or_404(request, reference)
    require(request, "assets.record_publication", found)
    form = PublicationForm(posted(request), obligation=found, person=reader(request))
    if form.is_valid():
        form.save()
        messages.success(request, f"Publication of {reference} recorded")
        return redirect(found)
    return form_page(request, form, heading="Record a publication", way=way_to(found), caption=reference)


@get_and_post
def unpublish(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Record that something was not published after all."""
    found = obligation_or_404(request, reference)
    require(request, "assets.record_publication", found)
    standing = get_object_or_404(found.publications.filter(void=False, corrected_by=None), pk=number)
    form = TakeBackForm(posted(request))
    if form.is_valid():
        try:
            take_back(standing, by=reader(request), why=form.cleaned_data["evidence"])
        except TakenBackError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Taken back: the publication before it counts again")
            return redirect(found)
    return form_page(request, form, heading="It was not published", way=way_to(found), caption=str(standing))


def obligation_or_404(request: HttpRequest, reference: str) -> Obligation:
    """The obligation, if the person may enter the register (else 403) and open it (else 404)."""
    require(request, "assets.list_openness")
    return get_object_or_404(Obligation.objects.visible_to(reader(request)), reference=reference)


def to_register() -> Link:
    """The way to the register."""
    return Link("What must be published", reverse("assets:transparency"))


def way_to(found: Obligation) -> list[Link]:
    """The way to an obligation."""
    return [to_register(), Link(found.reference, found.get_absolute_url())]
