"""What was before the person who fills a form in, carried by the form."""

from __future__ import annotations

from typing import TypeVar

from django import forms

F = TypeVar("F", bound=forms.BaseForm)


def carrying(seen: str, form: F) -> F:
    """The form, with what was seen in a hidden field of it."""
    form.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput)
    form.initial["seen"] = seen
    return form


def carry_again(form: forms.BaseForm, seen: str) -> None:
    """Show what was typed once more, over what stands now."""
    form.data = {**dict(form.data.items()), "seen": seen}
