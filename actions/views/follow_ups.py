"""Follow-ups of an audit: when the auditor returns, and what was found beside what the council claims."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from actions.figures import follow_ups as figures
from actions.forms.finding import COLUMNS, BesideFilter
from actions.forms.follow_ups import FollowUpForm, NewFollowUpForm, RangeForm
from actions.forms.ratings import RatingForm, RatingsForm, TakeRatingBackForm
from actions.models import FollowUp, claims
from actions.representations.follow_ups import (
    AREA_COLUMNS,
    Accuracy,
    areas_compared,
    beside,
    follow_up_tiles,
)
from actions.views.audits import added, audit_or_404, audit_to_keep, changed, way_to
from assets.views.held import HOME, form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.listing import Listed, listed
from governance.core.steps import done
from governance.figures.moment import Moment
from governance.history.timeline import timeline


@require_safe
def follow_up(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The auditor's view beside the council's own, recommendation by recommendation."""
    found = follow_up_or_404(request, code, number)
    require(request, "actions.view_audit", found.audit)
    now = Moment.now()
    counted = figures.counts(now, found.handle)
    filters = BesideFilter(request.GET, found.audit.recommendations.for_list(), follow_up=found)
    shown = listed(request, filters, COLUMNS)
    whole = follow_up_tiles(found, counted, now)
    page = {
        "follow_up": found,
        "way": [HOME, *way_to(found)[:-1]],
        "ranges": found.ranges.for_page(),
        "tiles": whole,
        "areas": areas_compared(found, counted, now),
        "area_columns": AREA_COLUMNS,
        "listed": shown,
        "rows": beside(shown.page, found.rated(shown.page), found.claims(), claims(found.audit, now)),
        "is_whole": _is_whole(found, shown, whole),
        "taken_back": found.ratings.taken_back(),
        "packs": found.packs.visible_to(reader(request)).for_page(),
        "events": timeline(found),
        "may_keep": reader(request).has_perm("actions.keep_audits") and not found.mistaken_at,
    }
    return render(request, "actions/follow_ups/follow_up.html", page)


def _is_whole(found: FollowUp, shown: Listed, whole: Accuracy) -> bool:
    """Is nothing left to rate? Asked of the database only where the list, being narrowed, does not tell."""
    if shown.narrowed:
        return not found.audit.recommendations.unrated(found).exists()
    return bool(shown.count == whole.tiles[0].value)


@get_and_post
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Enter that the auditor means to return, and when."""
    found = audit_to_keep(request, code)
    form = NewFollowUpForm(posted(request), audit=found, person=reader(request))
    return added(request, form, found, heading="Plan a follow-up", said="The follow-up is planned")


@get_and_post
def edit(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say how it was done, and what the auditor concluded."""
    found = follow_up_to_keep(request, code, number)
    return changed(request, FollowUpForm, found, found, heading="Change a follow-up")


@get_and_post
def plan(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say when it is to be now; what was said before stays."""
    found = follow_up_to_keep(request, code, number)
    form = RangeForm(posted(request), follow_up=found, person=reader(request))
    said = f"It is recorded when {found} is planned"
    return added(request, form, found, heading="Say when it is planned", said=said)


@get_and_post
def rate(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Enter what the auditor found of recommendations that are not rated yet."""
    found = follow_up_to_keep(request, code, number)
    if found.plan_as_at is None:
        messages.info(request, "First say of which day the plan is that the auditor was given")
        return redirect("actions:edit_follow_up", code, number)
    form = RatingsForm(posted(request), follow_up=found)
    if not form.is_bound and not form.offers:
        messages.info(request, "There is no recommendation here that is not rated. Change a rating beside it")
        return redirect(found)
    if form.is_valid() and (rated := form.saved()):
        messages.success(request, f"{rated} rated")
        return redirect(found)
    return form_page(request, form, heading="What the auditor found", way=way_to(found), caption=found.handle)


@get_and_post
def change_rating(request: HttpRequest, code: str, number: int, rating: int) -> HttpResponse:
    """Put a rating right, or hold what the auditor says beside it."""
    found = follow_up_to_keep(request, code, number)
    one = get_object_or_404(found.ratings.select_related("recommendation", "found"), pk=rating)
    if one.void:
        messages.info(request, f"The rating of {one.recommendation.reference} was taken back. Enter another")
        return redirect(found)
    return changed(request, RatingForm, one, found, heading=f"The rating of {one.recommendation.reference}")


@get_and_post
def take_rating_back(request: HttpRequest, code: str, number: int, rating: int) -> HttpResponse:
    """Say that a rating was entered wrongly; it stays to be read, and another may be entered."""
    found = follow_up_to_keep(request, code, number)
    one = get_object_or_404(found.ratings.select_related("recommendation", "found"), pk=rating)
    form = TakeRatingBackForm(posted(request))
    if form.is_valid() and done(form, lambda: one.take_back(form.cleaned_data["reason"])):
        messages.success(request, f"The rating of {one.recommendation.reference} is taken back")
        return redirect(found)
    heading = f"Take the rating of {one} back"
    return form_page(request, form, heading=heading, way=way_to(found), caption=found.handle)


def follow_up_or_404(request: HttpRequest, code: str, number: int) -> FollowUp:
    """A follow-up of an audit that the person may open."""
    audit = audit_or_404(request, code)
    return get_object_or_404(audit.follow_ups.select_related("audit", "kind"), number=number)


def follow_up_to_keep(request: HttpRequest, code: str, number: int) -> FollowUp:
    """The follow-up, if the person may enter what the auditor says."""
    found = follow_up_or_404(request, code, number)
    require(request, "actions.keep_audits")
    if found.mistaken_at:
        raise Http404
    return found
