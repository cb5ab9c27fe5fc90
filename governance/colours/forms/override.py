"""Setting a colour in place of the computed one, and taking it back."""

from __future__ import annotations

from django import forms

from governance.colours.models import Colour
from governance.core.forms import DateField, Explanation, Form


class SeenForm(Form):
    """With `seen`: the key of the last colour set or taken back when the page was shown, 0 for none."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_seen(self) -> int:
        """That key; -1, which none has, where no number was posted."""
        seen = str(self.cleaned_data["seen"])
        return int(seen) if seen.isascii() and seen.isdigit() else -1


class OverrideForm(SeenForm):
    """Another colour, until a day, with a reason."""

    colour = forms.ChoiceField(
        label="Which colour should be shown?", choices=Colour.choices, widget=forms.RadioSelect
    )
    until = DateField(label="Until which day?", subject="the day until which it is shown")
    reason = Explanation(
        label="Why?", help_text="Shown beside the colour, with your post. It cannot be changed afterwards"
    )


class TakeBackForm(SeenForm):
    """Why the computed colour is shown again."""

    reason = Explanation(label="Why is it taken back?")
