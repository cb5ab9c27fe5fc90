"""What the pages of sharing and openness have in common: one page with one form, and what follows it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from governance.core.access import reader
from governance.core.components import Link
from governance.core.forms import render_form
from governance.history.trail import because
from governance.people.registers.drafts import Drafting

HOME = Link("Home", "/")
FORM = "assets/held/form.html"


def form_page(
    request: HttpRequest,
    form: Any,
    *,
    heading: str,
    way: list[Link],
    template: str = FORM,
    **page: Any,
) -> HttpResponse:
    """The page of one form, or a template that extends it. `way` leads from home: its last link is where
    "Cancel" goes, and home where there is none."""
    way = [HOME, *way]
    page = {"form": form, "heading": heading, "way": way, "back": way[-1].href, **page}
    return render_form(request, template, page)


def take_off(
    request: HttpRequest,
    entry: Any,
    link: Model,
    *,
    thing: Model,
    way: list[Link],
    called: str = "",
    said: str = "",
) -> HttpResponse:
    """Ask, then delete the link by which `thing` hangs on an entry; the history keeps that it was there.

    `called` names the entry where it has no reference; `said` stands in place of the usual sentence.
    """
    name = called or entry.reference
    if request.method == "POST":
        with because(f"Taken off {name}"):
            link.delete()
        messages.success(request, said or f"{thing} is taken off {name}")
        return redirect(entry)
    page = {"thing": thing, "caption": name, "way": [HOME, *way], "back": way[-1].href}
    return render(request, "assets/held/remove.html", page)


def change_section(
    request: HttpRequest, entry: Any, form_class: type[Any], *, heading: str, way: list[Link]
) -> HttpResponse:
    """Change one section of an entry, with a reason; what is typed is kept until it is saved."""
    drafting = Drafting(request, about=f"{entry}: {heading}"[:300])
    if drafting.answer:
        return drafting.answer
    form = form_class(drafting.posted, instance=entry, person=reader(request), draft=drafting.kept)
    if form.is_valid():
        form.save()
        drafting.finish()
        if form.changes_nothing:
            messages.info(request, f"You changed nothing, so {entry.reference} stands as it did")
        else:
            messages.success(request, f"{entry.reference} updated")
        return redirect(entry)
    return form_page(request, form, heading=heading, way=way, caption=entry.reference, drafting=drafting)
