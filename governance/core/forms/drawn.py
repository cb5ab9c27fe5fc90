"""Fields of filters, drawn once for many pages: most hold nothing, and offer everybody the same."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django import forms
from django.utils.safestring import SafeString

MOST = 500
_drawn: dict[Hashable, SafeString] = {}


def group_of(bound: Any) -> SafeString:
    """A field with its label, as `as_field_group` draws it."""
    # What somebody typed is not kept, and what is chosen of records is asked anew.
    if bound.errors or (bound.value() and not isinstance(bound.field, forms.ChoiceField)):
        return _group(bound)
    if isinstance(bound.field, forms.ModelChoiceField):
        return _group(bound)
    key = _all_that_shows(bound)
    if key not in _drawn:
        if len(_drawn) >= MOST:
            _drawn.clear()
        _drawn[key] = _group(bound)
    return _drawn[key]


def _group(bound: Any) -> SafeString:
    found: SafeString = bound.as_field_group()
    return found


def _all_that_shows(bound: Any) -> Hashable:
    """What a field that holds nothing wrong is drawn from."""
    field, widget = bound.field, bound.field.widget
    return (
        (bound.html_name, bound.auto_id, str(bound.label), str(bound.help_text), bound.is_optional),
        (type(field), field.required, getattr(field, "max_length", None), repr(bound.value())),
        (type(widget), repr(sorted(widget.attrs.items()))),
        tuple((str(code), str(words)) for code, words in getattr(widget, "choices", ())),
    )
