"""Who was told what, and what each person wants to be told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.core.access import reader, require
from governance.core.components import Column
from governance.core.filtering import applied, paginate
from governance.core.listing import Listed
from governance.reminders.filters import ToldFilter
from governance.reminders.forms import ChoiceForm
from governance.reminders.models import Digest, ReminderChoice
from governance.reminders.representations import opened_by

COLUMNS = (
    Column("Day"),
    Column("Post told"),
    Column("Of what"),
    Column("Things", numeric=True),
    Column("State"),
)


@require_safe
def digests(request: HttpRequest) -> HttpResponse:
    """Every digest mail: to which post, when, of what, and whether it was sent. Never the words,
    and nothing of what the reader may not know that others were told."""
    require(request, "reminders.view_told")
    known = Digest.objects.known_to(reader(request))
    told = ToldFilter(request.GET, known.for_list(), person=reader(request))
    listed = Listed(told, COLUMNS, paginate(request, told.qs), narrowed=bool(applied(told.form, request.GET)))
    failed = known.failed().count() if request.user.has_perm("reminders.send_again") else 0
    return render(request, "reminders/digests.html", {"listed": listed, "failed": failed})


@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """What the person was told, and what they want to be told."""
    require(request, "reminders.choose")
    person = reader(request)
    choice = ReminderChoice.objects.filter(person=person).first() or ReminderChoice(person=person)
    form = ChoiceForm(request.POST or None, instance=choice)
    if form.is_valid():
        form.keep()
        messages.success(request, "Your choice is kept")
        return redirect("reminders:mine")
    own = paginate(request, Digest.objects.filter(person=person).for_list())
    return render(request, "reminders/mine.html", {"form": form, "page": own, "columns": COLUMNS})


@require_safe
def digest(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail as it was sent."""
    found = get_object_or_404(Digest.objects.visible_to(reader(request)), pk=pk)
    require(request, "reminders.view_digest", found)
    subject, items = opened_by(reader(request), found)
    return render(request, "reminders/one.html", {"digest": found, "subject": subject, "items": items})


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue a mail that could not be sent anew."""
    require(request, "reminders.send_again")
    found = get_object_or_404(Digest.objects.visible_to(reader(request)), pk=pk)
    said = "The mail will be sent again" if found.try_again() else "The mail has not failed"
    messages.info(request, said)
    return redirect("reminders:digest", pk)
