"""The pages on which views of a register are saved and taken off."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from governance.core.access import reader, require
from governance.core.forms import render_form
from governance.people.models import SavedView
from governance.people.registers.saved import SaveViewForm, address_part
from governance.people.registers.spoken import Spoken


@dataclass(frozen=True)
class SavedViews(Spoken):
    """What a room says of the views of its register. Its permissions are `list_ROOM`, `share_view` and
    `remove_view`."""

    @property
    def views(self) -> str:
        """The page of all views."""
        return f"{self.room}:views"

    @property
    def remove(self) -> str:
        """The page on which one is taken off."""
        return f"{self.room}:remove_view"

    @property
    def removes(self) -> str:
        """The permission to take one off."""
        return f"{self.room}.remove_view"

    def page(self, request: HttpRequest) -> HttpResponse:
        """The views this person may open; saving the one they came from."""
        require(request, f"{self.room}.list_{self.room}")
        person = reader(request)
        form = SaveViewForm(
            request.POST or None,
            person=person,
            register=self.room,
            may_share=person.has_perm(f"{self.room}.share_view"),
            initial={"query": address_part(request.GET.urlencode())},
        )
        if form.is_valid() and (view := form.save()):
            messages.success(request, f"View “{view.name}” saved")
            return HttpResponseRedirect(f"{reverse(self.listing)}?{view.query}")
        offered = SavedView.objects.offered_to(person, self.room)
        page = {"form": form, "views": offered, "kept": self}
        return render_form(request, "registers/saved/views.html", page)

    def remove_page(self, request: HttpRequest, number: int) -> HttpResponse:
        """Take a saved view off, after asking."""
        require(request, f"{self.room}.list_{self.room}")
        view = get_object_or_404(SavedView.objects.offered_to(reader(request), self.room), pk=number)
        require(request, self.removes, view)
        if request.method == "POST":
            view.delete()
            messages.success(request, f"View “{view.name}” removed")
            return redirect(self.views)
        return render(request, "registers/saved/remove.html", {"view": view, "kept": self})
