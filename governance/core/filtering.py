"""Lists that keep their whole state in the address: filters in force, sort order, page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import Model
from django.http import HttpRequest, QueryDict

from governance.core.components import AppliedFilter, Column, in_words

PER_PAGE = 50


def paginate(
    request: HttpRequest, rows: Any, per_page: int = PER_PAGE, *, known: int | None = None
) -> Page[Any]:
    """The page asked for by ?page=; the first one where that page does not exist (quality anchors 7.1).

    `known` is how many rows there are, where that has been counted already.
    """
    paginator = Paginator(rows, per_page)
    if known is not None:
        paginator.__dict__["count"] = known
    try:
        return paginator.page(request.GET.get("page", 1))
    except (EmptyPage, PageNotAnInteger):
        return paginator.page(1)


def sort_order(request: HttpRequest, columns: Iterable[Column], default: str) -> str:
    """What ?sort= asks for, if a column offers it, else the default: a name, "-" in front for downwards."""
    asked = request.GET.get("sort", "")
    offered = {column.sort for column in columns if column.sort}
    return asked if asked.removeprefix("-") in offered else default


def applied(form: forms.BaseForm, asked: QueryDict) -> list[AppliedFilter]:
    """The filters in force, one for each value chosen; none where the form is unbound or broken."""
    if not form.is_bound or not form.is_valid():
        return []
    return [each for bound in form.visible_fields() for each in applied_to(bound, asked)]


def applied_to(bound: forms.BoundField, asked: QueryDict) -> list[AppliedFilter]:
    """The values chosen in one field, each with the address of the list without it."""
    value = bound.form.cleaned_data.get(bound.name)
    many = isinstance(value, Iterable) and not isinstance(value, str)
    chosen: list[Any] = [*(value or ())] if many else [value] if value not in (None, "", False) else []
    label = str(bound.label or bound.name)
    return [
        AppliedFilter(label, spoken(bound.field, each), without(asked, bound, each if many else None))
        for each in chosen
    ]


def spoken(field: forms.Field, value: Any) -> str:
    """A chosen value in the words of the form."""
    choices = getattr(field, "choices", None)
    if isinstance(field, forms.ModelChoiceField) and isinstance(value, Model):
        return str(field.label_from_instance(value))
    if choices is None or isinstance(field, forms.ModelChoiceField):
        return in_words(value)
    return next((str(words) for code, words in flat(choices) if str(code) == str(value)), in_words(value))


def flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    """Choices without their groups."""
    for code, words in choices:
        if isinstance(words, list | tuple):
            yield from words
        else:
            yield code, words


def without(asked: QueryDict, bound: forms.BoundField, one: Any) -> str:
    """The address without a field, or without one of its values; the page starts again at the first."""
    query, name = asked.copy(), bound.html_name
    query.pop("page", None)
    if one is not None:
        left = [each for each in query.getlist(name) if each != str(bound.field.prepare_value(one))]
        query.setlist(name, left)
    else:
        for key in names_of(bound):
            query.pop(key, None)
    return f"?{query.urlencode()}"


def names_of(bound: forms.BoundField) -> list[str]:
    """The names under which a field's widget posts: several for a date in three parts."""
    parts = getattr(bound.field.widget, "names", None)
    return [bound.html_name, *(parts(bound.html_name) if parts else [])]


def carried(form: forms.BaseForm, asked: QueryDict) -> list[tuple[str, str]]:
    """What else the address says (sort order, moment), so that filtering does not lose it; not the page."""
    own = {name for bound in form for name in names_of(bound)} | {"page"}
    return [(name, value) for name, values in asked.lists() if name not in own for value in values]
