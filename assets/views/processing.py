"""The record of processing activities: the register, one activity, changing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from assets.figures import dpia as figures
from assets.filters.processing import ActivityFilter
from assets.forms.activity_rows import ROWS
from assets.forms.activity_sections import FORMS
from assets.forms.processing import ActivityForm, EndForm, GoLiveForm, NewActivityForm
from assets.models import READERS, Asset, ProcessingActivity
from assets.representations.article_30 import missing
from assets.representations.processing import BY_KEY, COLUMNS, page_of
from assets.representations.processing_history import told
from assets.representations.screening import bars
from assets.services import processing as services
from assets.services.processing import IncompleteError, TwiceError
from governance.core.access import get_and_post, reader, require
from governance.core.forms import render_form
from governance.figures.moment import Moment
from governance.people.registers.drafts import Drafting
from governance.people.registers.pages import Register, record_page
from governance.people.registers.pages import page_of as listed_page

NAMES = {
    "assets": "an asset it works with",
    "transfers": "a transfer abroad",
    "controllers": "a controller it is done for",
}


def activity_or_404(request: HttpRequest, reference: str, permission: str) -> ProcessingActivity:
    """The activity among those the person may open, once the question of the door is answered."""
    require(request, "assets.list_activities")
    mine = ProcessingActivity.objects.visible_to(reader(request))
    found = get_object_or_404(mine, reference=reference)
    require(request, permission, found)
    return found


def entries(moment: Moment) -> Any:
    """The record at a moment, with what a row of it shows."""
    return ProcessingActivity.history.at(moment).select_related("basis")


REGISTER = Register(
    name="activities",
    entries=entries,
    filters=ActivityFilter,
    counts=figures.counts,
    readers=READERS,
    fixed=COLUMNS,
)


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """The register, now or as at a past day, with the coverage of the assets."""
    require(request, "assets.list_activities")
    page = listed_page(request, REGISTER)
    return render(request, "assets/processing/activities.html", page)


@require_safe
def activity(request: HttpRequest, reference: str) -> HttpResponse:
    """One activity, now or as at a past day, with its history."""
    found = activity_or_404(request, reference, "assets.view_activity")
    page = record_page(request, found, change="assets:activity_change")
    page |= page_of(found, page["record"].version, page["moment"], reader(request))
    page["events"] = told(found, page["events"], page["moment"], reader(request))
    return render(request, "assets/processing/activity.html", page)


@get_and_post
def new(request: HttpRequest) -> HttpResponse:
    """Enter an activity as a draft; ?asset= names the asset that it begins from."""
    require(request, "assets.add_activity")
    asked = request.GET.get("asset", "")[:12].replace("\x00", "")
    asset = Asset.objects.visible_to(reader(request)).filter(reference=asked).first()
    form = NewActivityForm(request.POST or None, person=reader(request), asset=asset)
    if form.is_valid():
        made = services.add(form.filled(), reason="Entered on its page", asset=asset)
        messages.success(request, f"{made.reference} entered as a draft. Go through its sections next.")
        return redirect(made)
    return render(request, "assets/processing/new.html", {"form": form, "asset": asset})


@get_and_post
def edit(request: HttpRequest, reference: str, section: str) -> HttpResponse:
    """Change one section of an activity, with a reason."""
    found = activity_or_404(request, reference, "assets.change_activity")
    if section not in FORMS:
        raise Http404
    drafting = Drafting(request, about=f"{reference} {found.title}: {BY_KEY[section].title.lower()}")
    if drafting.answer:
        return drafting.answer
    form = FORMS[section](drafting.posted, instance=found, person=reader(request), draft=drafting.kept)
    if form.is_valid() and saved(form, found):
        drafting.finish()
        said = "You changed nothing, so it stands as it did" if form.changes_nothing else "updated"
        messages.success(request, f"{reference}: {said}")
        return redirect(found)
    page = {"form": form, "activity": found, "section": BY_KEY[section], "reference": reference}
    return render_form(request, "assets/processing/edit.html", page | {"drafting": drafting})


def saved(form: ActivityForm, activity: ProcessingActivity) -> bool:
    """Save the section; where a live activity would lack something of another, say what and where."""
    reason = form.cleaned_data.get("change_reason", "")
    try:
        services.save_section(activity, form.save, form.chosen_conditions, reason=reason)
    except IncompleteError as incomplete:
        for each in incomplete.missing:
            here = each.field in form.fields or each.section not in BY_KEY
            first = "" if here else f" first, under “{BY_KEY[each.section].title}”"
            form.add_error(
                each.field if each.field in form.fields else None,
                f"The activity is live. {each.words}{first}",
            )
        return False
    return True


@get_and_post
def go_live(request: HttpRequest, reference: str) -> HttpResponse:
    """Check the answers, and let a complete activity go live."""
    found = activity_or_404(request, reference, "assets.change_activity")
    form = GoLiveForm(request.POST or None)
    if form.is_valid():
        try:
            services.go_live(found, reason=form.cleaned_data["reason"])
        except IncompleteError:
            form.add_error(None, "It cannot go live yet: what is missing stands below")
        else:
            messages.success(request, f"{reference} is live")
            return redirect(found)
    page = {"form": form, "activity": found, "missing": [*missing(found), *bars(found)]}
    return render(request, "assets/processing/go_live.html", page)


@get_and_post
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that an activity is over."""
    found = activity_or_404(request, reference, "assets.change_activity")
    form = EndForm(request.POST or None)
    if form.is_valid():
        services.end(found, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"])
        messages.success(request, f"{reference} has ended")
        return redirect(found)
    return render(request, "assets/processing/end.html", {"form": form, "activity": found})


# Rows


@get_and_post
def row(request: HttpRequest, reference: str, kind: str, pk: int | None = None) -> HttpResponse:
    """Add or change a row of an activity."""
    found = activity_or_404(request, reference, "assets.change_activity")
    options: dict[str, Any] = {"activity": found, "person": reader(request)}
    if pk is not None:
        options["instance"] = row_or_404(found, kind, pk)
    if kind not in ROWS or (kind == "assets" and pk is not None):
        raise Http404
    drafting = Drafting(request, about=f"{reference} {found.title}: {NAMES[kind]}")
    if drafting.answer:
        return drafting.answer
    form = ROWS[kind][1](drafting.posted, draft=drafting.kept, **options)
    if form.is_valid():
        try:
            services.save_row(found, form.save)
        except IncompleteError as incomplete:
            form.add_error(None, f"The activity is live. {incomplete}")
        except TwiceError as twice:
            form.add_error(None, str(twice))
        else:
            drafting.finish()
            messages.success(request, f"{reference} updated")
            return redirect(found)
    page = {"form": form, "activity": found, "kind": kind, "pk": pk, "what": NAMES[kind]}
    return render_form(request, "assets/processing/row.html", page | {"drafting": drafting})


@require_POST
def remove_row(request: HttpRequest, reference: str, kind: str, pk: int) -> HttpResponse:
    """Take a row away; the history keeps it."""
    found = activity_or_404(request, reference, "assets.change_activity")
    gone = row_or_404(found, kind, pk)
    try:
        services.save_row(found, gone.delete)
    except IncompleteError as incomplete:
        messages.error(request, f"Nothing was removed, since the activity is live. {incomplete}")
    else:
        messages.success(request, f"{reference}: {NAMES[kind]} removed")
    return redirect(found)


def row_or_404(activity: ProcessingActivity, kind: str, pk: int) -> Any:
    """A row of an activity."""
    if kind not in ROWS:
        raise Http404
    return get_object_or_404(getattr(activity, ROWS[kind][0]), pk=pk)
