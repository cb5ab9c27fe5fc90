"""The publication calendar: its rules and days, steps fixed by hand, the work programme, the agenda."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.forms.held import RowForm
from assets.views.held import HOME, form_page, take_off
from governance.committees import services
from governance.committees.asked import due_there
from governance.committees.backplan import Calendar
from governance.committees.forms import calendar as forms
from governance.committees.forms.following import FollowForm
from governance.committees.models import (
    AgendaItem,
    Body,
    FixedStep,
    Meeting,
    Paper,
    Period,
    PublicationRule,
    Step,
)
from governance.committees.permissions import KEEPING, READING
from governance.committees.programme import programme
from governance.committees.views.found import paper_or_404, way_to_paper
from governance.committees.views.keeping import added, meeting_or_404, way_to
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.core.dates import today
from governance.core.filtering import paginate
from governance.core.working_days import known_years


@require_safe
def work_programme(request: HttpRequest) -> HttpResponse:
    """The meetings of the twelve months ahead, with papers, requests due, what is late. `?body=` for one."""
    require(request, READING)
    person = reader(request)
    bodies = list(Body.objects.visible_to(person))
    chosen = next((each for each in bodies if each.code == request.GET.get("body")), None)
    meetings = Meeting.objects.visible_to(person).ahead(today()).annotate(due_there=due_there(today()))
    found = list(meetings.filter(body=chosen) if chosen else meetings)  # a year has few: counted here
    page = paginate(request, found)
    shown = programme(page.object_list, Paper.objects.visible_to(person), Calendar.current())
    told = {"page": page, "planned": shown, "bodies": bodies, "chosen": chosen}
    return render(request, "committees/calendar/programme.html", told)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """By which rules papers are due, and the days that stand out."""
    require(request, READING)
    page = {
        "rules": PublicationRule.objects.select_related("body"),
        "law": PublicationRule(),
        "periods": Period.objects.all(),
        "known": known_years(),
    }
    return render(request, "committees/calendar/calendar.html", page)


@get_and_post
def add_rule(request: HttpRequest) -> HttpResponse:
    """Adopt a rule for meetings from a day. `?body=` chooses the body beforehand."""
    require(request, KEEPING)
    form = forms.RuleForm(posted(request), initial={"body": request.GET.get("body")})
    return _entered(request, form, "Adopt a rule of publication")


@get_and_post
def remove_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a rule back that should not have been adopted."""
    require(request, KEEPING)
    return _removed(request, get_object_or_404(PublicationRule, pk=pk))


@get_and_post
def add_period(request: HttpRequest) -> HttpResponse:
    """Enter days of closure, or a period before an election."""
    require(request, KEEPING)
    return _entered(request, forms.PeriodForm(posted(request)), "Enter a period")


@get_and_post
def remove_period(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a period back."""
    require(request, KEEPING)
    return _removed(request, get_object_or_404(Period, pk=pk))


@get_and_post
def fix_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Fix the day of a step by hand, or let it follow the meeting again."""
    found = meeting_or_404(request, pk, KEEPING)
    if step not in {each.step for each in Calendar.current().plan(found).steps}:
        raise Http404
    if fixed := FixedStep.objects.filter(meeting=found, step=step).first():
        return take_off(
            request, found, fixed, thing=fixed, way=way_to(found), called=str(found),
            said=f"{fixed.get_step_display()} follows the meeting again",
        )  # fmt: skip
    form = forms.FixForm(posted(request), instance=FixedStep(meeting=found, step=step))
    return added(request, form, found, heading=f"Fix by hand: {Step(step).label.lower()}")


@get_and_post
def place_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a paper is urgent, supplementary or withdrawn; of an issued one too."""
    found = paper_or_404(request, pk)
    require(request, "committees.place_paper", found)
    item = AgendaItem.objects.filter(paper=found).first() or AgendaItem(paper=found)
    form = forms.AgendaForm(posted(request), instance=item)
    if form.is_valid() and form.written():
        messages.success(request, "Its place on the agenda is said")
        return redirect(found.meeting)
    return _of_paper(request, form, found, "Say how it goes out")


@get_and_post
def follow_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the same report on to another body, with the recommendation of the first."""
    found = paper_or_404(request, pk, locked=request.method == "POST")
    require(request, "committees.follow_paper", found)
    form = FollowForm(posted(request), first=found)
    if form.is_valid():
        made = services.follow(found, form.cleaned_data["meeting"], by=reader(request))
        messages.success(request, "The draft is begun, with all that the first one has")
        return redirect(made)
    return _of_paper(request, form, found, "Take the report to another body")


def _of_paper(request: HttpRequest, form: object, found: Paper, heading: str) -> HttpResponse:
    return form_page(request, form, heading=heading, way=way_to_paper(found), caption=str(found))


def _way() -> list[Link]:
    return [Link("Publication calendar", reverse("committees:calendar"))]


def _entered(request: HttpRequest, form: RowForm, heading: str) -> HttpResponse:
    if form.is_valid() and form.saved("Entered in the publication calendar"):
        messages.success(request, f"Entered: {form.instance}"[:300])
        return redirect("committees:calendar")
    return form_page(request, form, heading=heading, way=_way())


def _removed(request: HttpRequest, found: PublicationRule | Period) -> HttpResponse:
    called = "the publication calendar"
    if request.method == "POST":
        found.delete()
        messages.success(request, f"{found} is taken off {called}")
        return redirect("committees:calendar")
    page = {"thing": found, "caption": called, "way": [HOME, *_way()], "back": _way()[-1].href}
    return render(request, "assets/held/remove.html", page)
