"""The public register: no sign-in, posts and never names, and only what may be public."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from assets.representations import catalogue as dcat
from assets.representations.public import LEFT_OUT, entries, said, searched
from governance.core.components import Column
from governance.core.dates import today
from governance.core.filtering import paginate
from governance.core.forms import Form
from governance.people.models import Controller
from governance.people.registers.rows import Rows

KEPT_FOR = 300  # seconds for which anybody's cache may keep a page
ROWS = 2_000  # of the catalogue, at a time
MOST_WORDS, LONG_ENOUGH = 5, 3  # the index knows groups of three letters and digits
MOST_FOUND = 1_000  # what comes after those is found by more words
COLUMNS = (Column("Reference"), Column("Title"), Column("Unit"), Column("Owner"), Column("Licence"))


class SearchForm(Form):
    """What somebody looks for."""

    mark_optional = False
    q = forms.CharField(label="Search the register", required=False, max_length=100)

    def clean_q(self) -> list[str]:
        """The words. Anybody may ask, so what may be asked is not much."""
        words: list[str] = self.cleaned_data["q"].split()
        if len(words) > MOST_WORDS:
            raise forms.ValidationError(f"Search for at most {MOST_WORDS} words. You typed {len(words)}")
        if words and max(map(_letters, words)) < LONG_ENOUGH:
            raise forms.ValidationError(f"Search for at least one word of {LONG_ENOUGH} letters or more")
        return words


def _letters(word: str) -> int:
    """How many characters of a word the index knows: letters and digits, nothing else."""
    return sum(each.isalpha() or each.isdecimal() for each in word)


class FirstRows(Rows):
    """As many rows as are counted, from the first one on: there may be more."""

    def _from_the_end(self, start: int) -> bool:
        return False


def for_anybody(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page without sign-in, which caches may keep, but not as whoever is signed in sees it."""

    @wraps(view)
    def open_view(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        response = view(request, *args, **options)
        if not request.user.is_authenticated:
            patch_cache_control(response, public=True, max_age=KEPT_FOR)
        return response

    return login_not_required(require_safe(open_view))


@for_anybody
def register(request: HttpRequest) -> HttpResponse:
    """What the council holds and publishes, searched by words, page by page."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else []
    found = searched(words)
    listed = min(found.order_by()[: MOST_FOUND + 1].count(), MOST_FOUND) if words else found.count()
    page = paginate(request, FirstRows(found, ["reference"], _entries, listed))
    context = {
        "form": form,
        "page": page,
        "entries": list(said(page.object_list)),
        "columns": COLUMNS,
        "asked": " ".join(words),
        "all_listed": not words or listed < MOST_FOUND,
        "on": today(),
    }
    return render(request, "public/register.html", context)


def _entries(keys: Any) -> Any:
    return entries().filter(pk__in=keys)


@for_anybody
def asset(request: HttpRequest, reference: str) -> HttpResponse:
    """One public entry; anything else is not there."""
    entry = next(said(entries().filter(reference=reference)), None)
    if entry is None:
        raise Http404
    return render(request, "public/asset.html", {"entry": entry, "on": today(), "left_out": LEFT_OUT})


@for_anybody
def catalogue(request: HttpRequest) -> StreamingHttpResponse:
    """The register as a catalogue for machines (DCAT, JSON-LD)."""
    pieces = dcat.catalogue(said(entries().iterator(ROWS)), Controller.objects.current(), today())
    return StreamingHttpResponse(pieces, content_type="application/ld+json; charset=utf-8")
