"""What a meeting leaves behind: who came, what members asked, its minutes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from assets.views.held import HOME, form_page
from governance.committees import services
from governance.committees.forms import sittings as forms
from governance.committees.forms.minutes import ConfirmForm, MinutesForm
from governance.committees.models import Attendance, MembersQuestion, Minutes
from governance.committees.permissions import KEEPING
from governance.committees.views.keeping import added, changed, meeting_or_404, way_to
from governance.core.access import get_and_post, posted, reader
from governance.core.steps import done
from governance.history.trail import because

CONFIRM = "committees/meetings/confirm.html"


@require_POST
def expect_members(request: HttpRequest, pk: int) -> HttpResponse:
    """Put everybody who has a seat on the body that day on the list of those expected."""
    found = meeting_or_404(request, pk, KEEPING)
    with because("The members of the body are expected"):
        expected = services.expect_members(found)
    said = "The members of that day are on the list" if expected else "Nobody is missing from the list"
    messages.success(request, said)
    return redirect(found)


@get_and_post
def take_roll(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who came: everybody on the list, and the members of that day, on one page."""
    found = meeting_or_404(request, pk, KEEPING)
    seen = services.roll_digest(found.roll())
    form = forms.RollForm(posted(request), meeting=found, seen=seen)
    if not form.places:
        messages.info(request, "Nobody had a seat on the body that day: enter who is expected")
        return redirect("committees:attend", pk)
    if form.is_valid() and done(form, lambda: services.take_roll(found, **form.facts())):
        messages.success(request, "It is recorded who came")
        return redirect(found)
    if form.is_bound:  # what is shown now is what the next click is about
        form.data = {**request.POST.dict(), "seen": seen}
    return form_page(request, form, heading="Say who came", way=way_to(found), caption=str(found))


@get_and_post
def attend(request: HttpRequest, pk: int) -> HttpResponse:
    """Add somebody who is expected or was invited."""
    found = meeting_or_404(request, pk, KEEPING)
    form = forms.AttendanceForm(posted(request), instance=Attendance(meeting=found))
    return added(request, form, found, heading="Enter who is expected or invited")


@get_and_post
def came(request: HttpRequest, pk: int, attendance: int) -> HttpResponse:
    """Say whether somebody came."""
    found = meeting_or_404(request, pk, KEEPING)
    one = get_object_or_404(found.attendances.select_related("post"), pk=attendance)
    return changed(request, forms.CameForm, one, found, heading=f"Did they come? {one}")


@get_and_post
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a question of a member."""
    found = meeting_or_404(request, pk, KEEPING)
    form = forms.QuestionForm(posted(request), instance=MembersQuestion(meeting=found))
    return added(request, form, found, heading="Enter a question of a member", said="The question is entered")


@get_and_post
def answer(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """Answer a question, or put it right."""
    found = meeting_or_404(request, pk, KEEPING)
    one = get_object_or_404(found.questions, pk=question)
    return changed(request, forms.AnswerForm, one, found, heading="Answer a question")


@get_and_post
def write_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter minutes; where there are some, a corrected version of them."""
    found = meeting_or_404(request, pk, KEEPING)
    form = MinutesForm(posted(request), meeting=found)
    heading = "Correct the minutes" if form.instance.number > 1 else "Enter minutes"
    return added(request, form, found, heading=heading, said=f"{form.instance} is kept as a draft")


@require_safe
def minutes(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version of the minutes of a meeting."""
    found = meeting_or_404(request, pk)
    visible = Minutes.objects.visible_to(reader(request)).select_related("confirmed_at__body")
    one = get_object_or_404(visible, meeting=found, number=number)
    later = found.minutes.filter(number__gt=number).visible_to(reader(request)).first()
    page = {"minutes": one, "meeting": found, "way": [HOME, *way_to(found)], "later": later}
    return render(request, "committees/meetings/minutes.html", page)


@get_and_post
def confirm_minutes(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say at which later meeting a version was confirmed."""
    found = meeting_or_404(request, pk, KEEPING)
    one = get_object_or_404(Minutes.objects.visible_to(reader(request)), meeting=found, number=number)
    form = ConfirmForm(posted(request), minutes=one)
    if form.is_valid() and form.saved():
        messages.success(request, f"{one} is confirmed")
        return redirect(found)
    page: dict[str, Any] = {"heading": "Confirm minutes", "way": way_to(found), "meeting": found}
    return form_page(request, form, template=CONFIRM, caption=f"{one}, {found}", **page)
