"""Action plans, actions, and reporting their progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actions import figures
from actions.figures.follow_ups import by_follow_up, counts_by_follow_up
from actions.filters import COLUMNS, ActionFilter
from actions.forms.progress import CorrectForm, ProgressForm, SinceMomentForm
from actions.forms.report import ReportForm
from actions.models import (
    Action,
    ActionPlan,
    ActionPlanQuerySet,
    ActionQuerySet,
    Dependency,
    DocumentVersion,
    ProgressUpdate,
)
from actions.models.colour import COLOURED
from actions.permissions import KEEPERS
from actions.permissions.completions import (
    kept_from_verifying,
    may_approve_completion,
    may_verify_completion,
    somebody_may_verify,
)
from actions.representations import (
    AREA_COLUMNS,
    OWN_COLUMNS,
    RIVAL_COLUMNS,
    Facts,
    PlanFigures,
    needed,
    plan_entries,
    reports,
    side_by_side,
    story,
    waits,
)
from actions.representations.completions import Completions, completions_of, done
from actions.representations.concern import treated
from actions.representations.dates import dates_of, kept
from actions.representations.evidence import undocumented
from actions.representations.extensions import known_of
from actions.representations.milestone import MILESTONE_COLUMNS
from actions.representations.overlap import half_done, page_after, twins
from actions.representations.replacement import replaced
from actions.services.completions import own_part
from actions.views.beside import beside_action, beside_plan
from actions.views.later import tell_of_later, tell_of_own_claim, tell_of_waiting
from actions.views.paging import NONE, part_of_whole, rows_of
from assets.models import READERS
from governance.colours.models import lines_on, with_colours
from governance.colours.views.override import shown_of
from governance.core.access import get_and_post, posted, reader, require
from governance.core.listing import Listed, listed
from governance.figures.moment import Moment, Scope
from governance.history.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from governance.people.models import User


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan in which the person may open something, with its figures as they stand today."""
    require(request, "actions.list_plans")
    found = ActionPlan.objects.visible_to(reader(request)).select_related("audit")
    now = Moment.now()
    rated = counts_by_follow_up(by_follow_up(now, Scope()))
    entries = plan_entries(found, figures.counts_by_plan(now), now, rated, figures.latest_by_plan(now))
    return render(request, "actions/plans.html", {"entries": entries})


@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """A plan at a moment: its figures, and its actions found, sorted and paged by the address."""
    found, page = looked_at(request, code, part_of_whole(request))
    filters = page["filter"]
    page |= {
        "figures": PlanFigures(found, filters.counted, filters.moment),
        "done": done(filters.counted, filters.moment, filters.scope),
        "kept": kept(filters.counted, filters.moment, filters.scope),
        "undocumented": undocumented(filters.counted, filters.moment, filters.scope),
        "area_columns": AREA_COLUMNS,
        "milestone_columns": MILESTONE_COLUMNS,
        "listed": _listed(request, filters, page["shown"]),
        **beside_plan(found, filters),
    }
    return render(request, "actions/plan.html", page)


def _listed(request: HttpRequest, filters: ActionFilter, shown: Sequence[Mapping[str, Any]]) -> Listed:
    """The page of the list that the address asks for, of rows that were found already where some were."""
    known = sum(row["open"] for row in filters.counted)
    found = listed(request, filters, COLUMNS, known=known)
    if shown:
        found.page.object_list = rows_of(shown, filters.moment)
    return found


def looked_at(request: HttpRequest, code: str, part: slice = NONE) -> tuple[ActionPlan, dict[str, Any]]:
    """The plan, and what its table and its board have in common: the moment, the filter, the saved views; and
    `shown`, what was found of a part of the whole list along with the counts."""
    person = reader(request)
    found = plan_or_404(request, code, ActionPlan.objects.for_page().with_views_of(person))
    require(request, "actions.view_plan", found)
    form = SinceMomentForm(request.GET, since=found.opened_on, began="The plan was opened")
    moment, scope = form.shown(), Scope(plans=(found.code,))
    lines = lines_on(found.colour_lines, moment)
    counted, shown = figures.counts_with_rows(moment, scope, person, lines, part)
    rows = figures.standing(moment, scope).visible_to(person)
    if not shown:
        rows = with_colours(rows, COLOURED, moment, lines).for_register(moment)
    filters = ActionFilter(request.GET, rows, moment=moment, scope=scope, person=person, counted=counted)
    return found, {"plan": found, "form": form, "moment": moment, "filter": filters, "shown": shown}


@require_safe
def action(request: HttpRequest, reference: str) -> HttpResponse:
    """An action at a moment: its facts, what it waits on, and everything that was reported of it."""
    updates = _updates_or_404(request, reference)
    since = min(update.effective_on for update in updates)
    form = SinceMomentForm(request.GET, since=since, began="The action was opened")
    moment = form.shown()
    shown = Action.objects.for_page(moment.as_at).for_reader(reader(request)).naming_posts(KEEPERS)
    found = action_or_404(request, reference, shown)
    require(request, "actions.view_action", found)
    around = Dependency.at(moment).around(found).for_page(moment, reader(request))
    told = reports(updates, moment)
    stood = next((each.update.status for each in told if each.stands), None)
    changes = timeline(found, told_elsewhere=_untold(request), first_in_full=False, facts=updates)
    dates = dates_of(found, found.date_revisions.for_story(), moment, stood)
    waits_on, waited_for_by = waits(around, found)
    facts = Facts(found, told, moment, dates)
    completions = completions_of(found, found.completions.for_story(moment), facts.standing, moment)
    beside = beside_action(found, moment, reader(request))
    overlapping = twins(found, moment, reader(request))
    page = {
        "colour": shown_of(found, COLOURED, moment),
        "action": found,
        "form": form,
        "moment": moment,
        "facts": facts,
        "replaced": replaced(found, facts.standing, moment, reader(request)),
        "dates": dates,
        "completions": completions,
        "kept_from": {} if moment.is_past else _kept_from(found, completions, reader(request)),
        "nobody_verifies": not moment.is_past and completions.to_verify and not somebody_may_verify(found),
        "extensions": known_of(found.extensions.for_story(), moment),
        "waits_on": waits_on,
        "waited_for_by": waited_for_by,
        "story": story(told, [*changes, *beside["taken_off"]], moment),
        **beside,
        "twins": overlapping,
        "half_done": [] if moment.is_past else half_done(found, facts.standing, overlapping),
        "treats": treated(found, moment, reader(request)),
        "improves": found.area_links.visible_to(reader(request)).for_page(),
        "documents": DocumentVersion.objects.latest_for(found),
        "follows": found.incident_links.with_incidents_of(reader(request)).order_by("incident__reference"),
    }
    return render(request, "actions/action.html", page)


def _kept_from(found: Action, completions: Completions, person: User) -> dict[str, str]:
    """Why this reader, whose role lets others do it, does not approve or verify what waits for that."""
    why = {"approving": "", "verifying": ""}
    if completions.to_approve and may_approve_completion(person, found):
        why["approving"] = own_part(found, person, verifies=False)
    if completions.to_verify:
        may = may_verify_completion(person, found)
        own = own_part(found, person, verifies=True) if may else ""
        why["verifying"] = own or kept_from_verifying(person, found)
    return why


def _untold(request: HttpRequest) -> list[str]:
    """What the story of an action does not tell from its versions: the status, which its updates tell; and
    recommendations, which may be of an audit that only readers of the registers may open."""
    return ["status"] if reader(request).holds(*READERS) else ["status", "recommendation"]


@get_and_post
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how an action gets on."""
    found = action_or_404(request, reference)
    require(request, "actions.report_progress", found)
    form = ReportForm(posted(request), action=found, person=reader(request))
    return _progress(request, form, "actions/report.html", "reported")


@get_and_post
def correct(request: HttpRequest, reference: str, update: int) -> HttpResponse:
    """Put right what was reported, or say that it never happened."""
    found = action_or_404(request, reference)
    require(request, "actions.correct_progress", found)
    wrong = get_object_or_404(found.updates.select_related("corrected_by"), pk=update)
    if request.method != "POST" and hasattr(wrong, "corrected_by"):
        messages.info(request, "That update has been corrected already. You can correct the correction.")
        return redirect(f"{found.get_absolute_url()}{_state(request)}")
    form = CorrectForm(posted(request), action=found, person=reader(request), update=wrong)
    return _progress(request, form, "actions/correct.html", "corrected")


def _progress(request: HttpRequest, form: ProgressForm, template: str, done: str) -> HttpResponse:
    """Save what can be saved; else the form again, with 409 if somebody else was faster."""
    if form.is_valid() and (saved := form.save()):
        messages.success(request, f"{form.action.reference} {done}: {saved}")
        tell_of_later(request, [saved])
        tell_of_waiting(request, [saved])
        tell_of_own_claim(request, [saved])
        if request.POST.get("then") == "document":
            return redirect(
                reverse("actions:add_evidence", args=[form.action.reference], query={"then": "on"})
            )
        return redirect(f"{page_after(form.action)}{_state(request)}")
    now, person = Moment.now(), reader(request)
    waiting = Dependency.objects.filter(pk__in=[each.pk for each in form.waiting])
    around = Dependency.objects.around(form.action).in_force(now.as_at)
    waits_on, behind = waits(around.exclude_closed().for_page(now, person), form.action)
    page = {
        "action": form.action,
        "form": form,
        "waiting": [needed(each) for each in waiting.for_page(now, person)],
        "gone": [each for each in waits_on if each.is_withdrawn],
        "behind": behind,
        "compared": side_by_side(form.said() | form.reasons(), form.rival) if form.rival else [],
        "rival_columns": OWN_COLUMNS if form.met_own else RIVAL_COLUMNS,
        "rival_caption": "What you say, twice" if form.met_own else "What each of you says",
    }
    return render(request, template, page, status=409 if form.rival else 200)


def _state(request: HttpRequest) -> str:
    """The rest of the address, so that the list somebody came from survives the change and the way back."""
    return f"?{request.GET.urlencode()}" if request.GET else ""


def _updates_or_404(request: HttpRequest, reference: str) -> list[ProgressUpdate]:
    """Every update of an action that the person may open; an action opens with one. See `action_or_404`."""
    require(request, "actions.list_plans")
    found = ProgressUpdate.objects.visible_to(reader(request)).filter(action__reference=reference)
    return get_list_or_404(found.for_timeline())


def plan_or_404(request: HttpRequest, code: str, among: ActionPlanQuerySet | None = None) -> ActionPlan:
    """The plan, if the person may open it; refused as `action_or_404` refuses."""
    require(request, "actions.list_plans")
    found = ActionPlan.objects.all() if among is None else among
    return get_object_or_404(found.visible_to(reader(request)), code=code)


def action_or_404(request: HttpRequest, reference: str, among: ActionQuerySet | None = None) -> Action:
    """The action. Raises PermissionDenied (403) for whoever may open no plan at all, so that every address
    of the room answers them alike; Http404 for an action that is not there, or not theirs to open."""
    require(request, "actions.list_plans")
    found = Action.objects.select_related("plan", "owner") if among is None else among
    return get_object_or_404(found.visible_to(reader(request)), reference=reference)
