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


def once() -> forms.UUIDField:
    """What a form that is sent twice carries both times."""
    return forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
