"""Bodies and their meetings."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from governance.committees.forms import BodyForm, MeetingForm
from governance.core.access import get_and_post, require


@get_and_post
def new_body(request: HttpRequest) -> HttpResponse:
    """Enter a body, so that meetings of it can be entered."""
    require(request, "committees.edit_paper")
    form = BodyForm(request.POST or None)
    if form.is_valid() and form.entered():
        messages.success(request, f"Body entered: {form.instance}")
        return redirect("committees:new_meeting")
    return render(request, "committees/new_body.html", {"form": form})


@get_and_post
def new_meeting(request: HttpRequest) -> HttpResponse:
    """Enter a meeting, so that papers can be made for it."""
    require(request, "committees.edit_paper")
    form = MeetingForm(request.POST or None)
    if form.is_valid() and form.entered():
        messages.success(request, f"Meeting entered: {form.instance}")
        return redirect(f"{reverse('committees:new_paper')}?meeting={form.instance.pk}")
    return render(request, "committees/new_meeting.html", {"form": form})
