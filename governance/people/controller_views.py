"""The council as data controller: one page, and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from governance.core.access import require
from governance.core.forms import render_form
from governance.history.timeline import timeline
from governance.people.forms import ControllerForm
from governance.people.models import Controller


@require_safe
def controller(request: HttpRequest) -> HttpResponse:
    """What the council says of itself and its data protection officer, with its history."""
    require(request, "people.view_directory")
    found = Controller.objects.current()
    return render(request, "people/controller.html", {"controller": found, "events": timeline(found)})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Change it, with a reason."""
    require(request, "people.keep_controller")
    found = Controller.objects.current()
    form = ControllerForm(request.POST or None, instance=found)
    if form.is_valid():
        form.save()
        messages.success(request, "The council's details are updated")
        return redirect(found)
    return render_form(request, "people/edit_controller.html", {"form": form})
