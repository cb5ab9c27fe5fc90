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
    `remove_view`. Where a room has several lists, `at` is what their addresses name besides."""

    at: tuple[str, ...] = ()

    @property
    def register(self) -> str:
        """Under what its views are kept."""
        return self.room

    @property
    def title(self) -> str:
        """What the views are of."""
        return f"the {self.noun} register"

    @property
    def whole(self) -> str:
        """What the list is, in a sentence."""
        return "register"

    @property
    def lists(self) -> str:
        """The permission to see the list."""
        return f"{self.room}.list_{self.room}"

    @property
    def removes(self) -> str:
        """The permission to take one off."""
        return f"{self.room}.remove_view"

    @property
    def home(self) -> str:
        """The address of the list."""
        return reverse(self.listing, args=self.at)

    @property
    def views(self) -> str:
        """The address of all its views."""
        return reverse(f"{self.room}:views", args=self.at)

    def removal(self, view: SavedView) -> str:
        """The address at which one is taken off."""
        return reverse(f"{self.room}:remove_view", args=[*self.at, view.pk])

    def page(self, request: HttpRequest) -> HttpResponse:
        """The views this person may open; saving the one they came from."""
        require(request, self.lists)
        person = reader(request)
        form = SaveViewForm(
            request.POST or None,
            person=person,
            register=self.register,
            may_share=person.has_perm(f"{self.room}.share_view"),
            whole=self.whole,
            initial={"query": address_part(request.GET.urlencode())},
        )
        if form.is_valid() and (view := form.save()):
            messages.success(request, f"View “{view.name}” saved")
            return HttpResponseRedirect(f"{self.home}?{view.query}")
        offered = SavedView.objects.offered_to(person, self.register)
        views = [(view, self.removal(view)) for view in offered]
        page = {"form": form, "views": views, "kept": self}
        return render_form(request, "registers/saved/views.html", page)

    def remove_page(self, request: HttpRequest, number: int) -> HttpResponse:
        """Take a saved view off, after asking."""
        require(request, self.lists)
        view = get_object_or_404(SavedView.objects.offered_to(reader(request), self.register), pk=number)
        require(request, self.removes, view)
        if request.method == "POST":
            view.delete()
            messages.success(request, f"View “{view.name}” removed")
            return redirect(self.views)
        return render(request, "registers/saved/remove.html", {"view": view, "kept": self})
