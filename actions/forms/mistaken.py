"""Saying that something was entered in error."""

from __future__ import annotations

from uuid import uuid4

from django import forms

from governance.core.forms import Explanation, Form


class MistakenForm(Form):
    """Why it was an error."""

    reason = Explanation(
        label="Why was it an error?",
        help_text="It stays to be read with this reason. Figures leave it out from now on",
    )


class ActionMistakenForm(MistakenForm):
    """The same of an action, once the person has read what goes with it."""

    understood = forms.BooleanField(
        label="I have read what happens, and that it cannot be undone",
        error_messages={"required": "Read what happens, then tick the box"},
    )


def once() -> forms.UUIDField:
    """What a form that is sent twice carries both times."""
    return forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
