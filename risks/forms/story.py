"""Which kinds of entries the history of a risk shows."""

from __future__ import annotations

from django import forms

from governance.core.forms import Form
from risks.representations.story import Kind


class StoryForm(Form):
    """The kinds, as a GET form; none chosen shows all."""

    show = forms.MultipleChoiceField(
        label="Show only", choices=Kind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def kinds(self) -> list[str]:
        """What was chosen; nothing where an address asks for a kind that there is not."""
        found: list[str] = self.cleaned_data.get("show", []) if self.is_valid() else []
        return found
