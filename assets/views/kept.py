"""Lists, systems and places: what assets choose from, kept on pages by officers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from assets.forms.kept import form_for, retiring
from assets.representations.kept import COLUMNS, Kind, address, assets_at, facts, kinds
from assets.representations.public import Opening
from assets.services.kept import lines
from governance.core.access import get_and_post, posted, reader, require
from governance.core.filtering import paginate
from governance.core.forms import render_form
from governance.history.timeline import timeline


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Every list."""
    require(request, "assets.view_lists")
    return render(request, "assets/lists/lists.html", {"kinds": kinds().values()})


@require_safe
def entries(request: HttpRequest, kind: str) -> HttpResponse:
    """The entries of one list, found by a word of their name."""
    require(request, "assets.view_lists")
    found = _kind(kind)
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    page = paginate(request, found.model.objects.filter(**{f"{found.names}__icontains": asked}))
    shown = {"kind": found, "q": asked, "page": page, "lines": lines(found, page), "columns": COLUMNS}
    return render(request, "assets/lists/entries.html", shown)


@require_safe
def to_list(request: HttpRequest, kind: str) -> HttpResponse:
    """A short address that leads to the one address of a list."""
    require(request, "assets.view_lists")
    return redirect("assets:entries", kind)


@require_safe
def entry(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One entry: what it says, which assets are kept there, its history."""
    require(request, "assets.view_lists")
    found = _kind(kind)
    one = get_object_or_404(found.model, pk=pk)
    (line,) = lines(found, [one])
    page = {
        "kind": found,
        "entry": one,
        "line": line,
        "facts": facts(one),
        "assets": paginate(request, assets_at(found, one, reader(request))),
        "events": timeline(one),
    }
    return render(request, "assets/lists/entry.html", page)


@get_and_post
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Enter one."""
    require(request, "assets.keep_lists")
    found = _kind(kind)
    form = form_for(found.model, new=True, person=reader(request))(posted(request))
    if form.is_valid() and (added := form.written()):
        messages.success(request, f"{added} entered")
        return redirect(address(found, added))
    return render(request, "assets/lists/new.html", {"kind": found, "form": form})


@get_and_post
def change(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Change one, with a reason."""
    return _change(request, kind, pk, retires=False)


@get_and_post
def retire(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Take one out of what is offered, or offer it again."""
    return _change(request, kind, pk, retires=True)


def _change(request: HttpRequest, kind: str, pk: int, *, retires: bool) -> HttpResponse:
    require(request, "assets.keep_lists")
    found = _kind(kind)
    if retires and not found.retires:
        raise Http404
    one = get_object_or_404(found.model, pk=pk)
    made = retiring(found.model) if retires else form_for(found.model, new=False, person=reader(request))
    form = made(posted(request), instance=one)
    page = {"kind": found, "entry": one, "form": form, "back": address(found, one)}
    if form.is_valid():
        opening = Opening.by(one) if "may_be_public" in form.changed_data else None
        if opening and request.POST.get("checked") != opening.token:
            return render(request, "assets/lists/check.html", page | {"opening": opening})
        if form.written():
            messages.success(request, f"{one} updated")
            return redirect(address(found, one))
    return render_form(request, f"assets/lists/{'retire' if retires else 'change'}.html", page)


def _kind(key: str) -> Kind:
    """The list of that key. Raises Http404."""
    if key not in (found := kinds()):
        raise Http404
    return found[key]
