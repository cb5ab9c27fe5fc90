"""Setting a colour in place of the computed one, and taking it back."""

from __future__ import annotations

from django import forms

from governance.colours.models import Colour
from governance.core.forms import DateField, Explanation, Form


class OverrideForm(Form):
    """Another colour, until a day, with a reason."""

    colour = forms.ChoiceField(
        label="Which colour should be shown?", choices=Colour.choices, widget=forms.RadioSelect
    )
    until = DateField(label="Until which day?", subject="the day until which it is shown")
    reason = Explanation(
        label="Why?", help_text="Shown beside the colour, with your post. It cannot be changed afterwards"
    )


class TakeBackForm(Form):
    """Why the computed colour is shown again."""

    reason = Explanation(label="Why is it taken back?")
