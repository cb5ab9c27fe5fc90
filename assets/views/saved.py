"""How a person sees the register: the columns they choose, the views they save."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assets.representations.register import OFFERED
from governance.core.access import get_and_post, reader, require
from governance.core.forms import render_form
from governance.people.models import SavedView
from governance.people.registers.choosing import choose
from governance.people.registers.saved import SaveViewForm, address_part

REGISTER = "assets"


@get_and_post
def columns(request: HttpRequest) -> HttpResponse:
    """Keep the columns that this person chose, and show the register as it was asked for."""
    require(request, "assets.list_assets")
    if request.method != "POST":
        messages.info(request, "Choose the columns here, under “Columns”")
        return redirect("assets:list")
    wanted = set(request.POST.getlist("column"))
    codes = [each.code for each in OFFERED if each.code in wanted and "default" not in request.POST]
    choose(reader(request), REGISTER, codes)
    messages.success(request, "Columns changed")
    return back(request)


@require_http_methods(["GET", "POST"])
def views(request: HttpRequest) -> HttpResponse:
    """The views this person may open; saving the one they came from."""
    require(request, "assets.list_assets")
    person = reader(request)
    form = SaveViewForm(
        request.POST or None,
        person=person,
        register=REGISTER,
        may_share=person.has_perm("assets.share_view"),
        initial={"query": address_part(request.GET.urlencode())},
    )
    if form.is_valid() and (view := form.save()):
        messages.success(request, f"View “{view.name}” saved")
        return HttpResponseRedirect(f"{reverse('assets:list')}?{view.query}")
    offered = SavedView.objects.offered_to(person, REGISTER)
    return render_form(request, "assets/views.html", {"form": form, "views": offered})


@require_http_methods(["GET", "POST"])
def remove_view(request: HttpRequest, number: int) -> HttpResponse:
    """Take a saved view off, after asking."""
    require(request, "assets.list_assets")
    view = get_object_or_404(SavedView.objects.offered_to(reader(request), REGISTER), pk=number)
    require(request, "assets.remove_view", view)
    if request.method == "POST":
        view.delete()
        messages.success(request, f"View “{view.name}” removed")
        return redirect("assets:views")
    return render(request, "assets/remove_view.html", {"view": view})


def back(request: HttpRequest) -> HttpResponseRedirect:
    """To the register, with what its address said."""
    return HttpResponseRedirect(f"{reverse('assets:list')}?{address_part(request.POST.get('query', ''))}")
