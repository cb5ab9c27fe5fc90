"""The two forms about the colour of an entry, for the rooms whose entries have one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Exists, F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from governance.colours.forms.override import OverrideForm, TakeBackForm
from governance.colours.models import Coloured, ColourRule, lines_of, with_colours
from governance.colours.representations.shown import Shown, shown
from governance.colours.services.override import ColourError, set_colour, take_back
from governance.core.access import posted, reader
from governance.core.dates import long_date, today
from governance.core.forms import Form, render_form
from governance.figures.moment import Moment


def shown_of(entry: Any, coloured: Coloured, moment: Moment) -> Shown | None:
    """The colour of one entry at a moment, and all that was set; None where it has none then."""
    lines = lines_of(coloured, moment)
    if not lines:
        return None
    about = coloured.overrides().filter(**{coloured.link: entry.pk}).recorded(moment)
    rows = coloured.rows(moment).filter(**{coloured.key: entry.pk}).annotate(was_set=Exists(about))
    told = {name: F(name) for name in ("computed_colour", "colour_line")}
    row = with_colours(rows, coloured, moment, lines).annotate(**told).first()
    return shown(row, lines, list(about) if row and row.was_set else [])


def set_page(request: HttpRequest, entry: Any, coloured: Coloured) -> HttpResponse:
    """Set another colour than the computed one. The caller has asked whether the person may."""
    colour = shown_of(entry, coloured, Moment.now())
    rule = ColourRule.objects.of(coloured.register).in_force(today())
    if colour is None or rule is None:
        messages.info(request, f"{entry.reference} has no colour, so there is none to set in its place")
        return redirect(entry)
    form = OverrideForm(posted(request), initial={"seen": last_of(colour)})
    last = f"{long_date(rule.last_day(today()))} at the latest"
    form.fields["until"].help_text = f"{last}. After that day the computed colour is shown again"
    if form.is_valid() and taken(form, partial(set_colour, coloured, entry), request):
        messages.success(request, f"The colour of {entry.reference} is set")
        return redirect(entry)
    page = {"form": looked_at(form, colour), "entry": entry, "colour": colour}
    return render_form(request, "colours/set.html", page)


def take_back_page(request: HttpRequest, entry: Any, coloured: Coloured) -> HttpResponse:
    """Show the computed colour again. Raises Http404 where none is set in its place."""
    colour = shown_of(entry, coloured, Moment.now())
    if colour is None or not colour.override:
        raise Http404
    form = TakeBackForm(posted(request), initial={"seen": last_of(colour)})
    if form.is_valid() and taken(form, partial(take_back, coloured, entry), request):
        messages.success(request, f"The computed colour of {entry.reference} is shown again")
        return redirect(entry)
    page = {"form": looked_at(form, colour), "entry": entry, "colour": colour}
    return render_form(request, "colours/take_back.html", page)


def last_of(colour: Shown) -> str:
    """The key of the last colour that was set or taken back, as a form sends it; "0" for none."""
    return str(colour.answers[0].pk) if colour.answers else "0"


def looked_at(form: Form, colour: Shown) -> Form:
    """The form, once it could not be taken: what is shown now is what the next click is about."""
    if form.is_bound:
        form.data = {**dict(form.data.items()), "seen": last_of(colour)}
    return form


def taken(form: Form, step: Callable[..., object], request: HttpRequest) -> bool:
    """Take a step with what was typed. False, with its sentence at its field, where it cannot be taken."""
    try:
        step(**form.cleaned_data, by=reader(request))
    except ColourError as wrong:
        form.add_error(wrong.field, str(wrong))
    return form.is_valid()
