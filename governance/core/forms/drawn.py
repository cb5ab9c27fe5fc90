"""Fields of filters, drawn once for many pages: most hold nothing, and offer everybody the same."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.utils.safestring import SafeString

MOST = 100
_drawn: dict[str, SafeString] = {}


def group_of(bound: Any) -> SafeString:
    """A field with its label, as `as_field_group` draws it; one that holds something is drawn anew."""
    # Records to choose from are asked anew each time.
    if bound.errors or bound.value() or isinstance(bound.field, forms.ModelChoiceField):
        return _group(bound)
    key = _all_that_shows(bound)
    # Read once: another thread may empty the store at any moment.
    found = _drawn.get(key)
    if found is None:
        found = _group(bound)
        if len(_drawn) >= MOST:
            _drawn.clear()
        _drawn[key] = found
    return found


def _group(bound: Any) -> SafeString:
    found: SafeString = bound.as_field_group()
    return found


def _all_that_shows(bound: Any) -> str:
    """A digest of what an empty field is drawn from."""
    field, widget = bound.field, bound.field.widget
    shows = (
        (bound.html_name, bound.auto_id, str(bound.label), str(bound.help_text), bound.is_optional),
        (type(field), field.required, getattr(field, "max_length", None), repr(bound.value())),
        (type(widget), repr(sorted(widget.attrs.items()))),
        tuple((str(code), str(words)) for code, words in getattr(widget, "choices", ())),
    )
    return hashlib.sha256(repr(shows).encode()).hexdigest()
