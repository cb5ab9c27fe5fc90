"""Overriding what stands against issuing a paper."""

from __future__ import annotations

from typing import Any

from django import forms

from governance.core.forms import Explanation, Form


class OverrideForm(Form):
    """Which stop, and why the paper is issued all the same."""

    stop = forms.ChoiceField(label="What is overridden?", widget=forms.RadioSelect)
    reason = Explanation(label="Why is the paper issued all the same?", help_text="Printed in the paper")

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        stop = self.fields["stop"]
        assert isinstance(stop, forms.ChoiceField)
        stop.choices = offered
