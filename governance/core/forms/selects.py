"""Choices drawn at once, as our templates draw them: Django renders each choice by a template of its own.

For the filters of lists, where there are hundreds of choices on a page that has to come quickly.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

OPTION = '<option value="{}"{}>{}</option>'
SELECTED = {True: flatatt({"selected": True}), False: ""}
CHECKED = {True: flatatt({"checked": True}), False: ""}
ITEM = (
    '<div class="govuk-checkboxes__item">'
    '<input class="govuk-checkboxes__input" type="checkbox" name="{0}" value="{1}" id="{2}"{3}>'
    '<label class="govuk-label govuk-checkboxes__label" for="{2}">{4}</label></div>'
)
GROUP = '<div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes">{}</div>'


class LongSelect(forms.Select):
    """A select without groups."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The element."""
        chosen = {str(each) for each in self.format_value(value)}
        own = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        options = _options(tuple((str(code), str(words)) for code, words in self.choices), frozenset(chosen))
        return format_html("<select{}>{}</select>", flatatt(own), options)


@lru_cache(maxsize=32)
def _options(choices: tuple[tuple[str, str], ...], chosen: frozenset[str]) -> SafeString:
    """The options; the same choices are drawn once for many pages."""
    return format_html_join("", OPTION, ((code, SELECTED[code in chosen], words) for code, words in choices))


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes without groups."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The group of them."""
        chosen = {str(each) for each in self.format_value(value)}
        start = (attrs or {}).get("id", f"id_{name}")
        told = [
            (name, code, f"{start}_{n}", CHECKED[str(code) in chosen], words)
            for n, (code, words) in enumerate(self.choices)
        ]
        return format_html(GROUP, format_html_join("", ITEM, told))
