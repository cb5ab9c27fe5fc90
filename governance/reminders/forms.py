"""What people choose to be told."""

from __future__ import annotations

from django import forms

from governance.core.forms import ModelForm
from governance.reminders.models import ReminderChoice


class ChoiceForm(ModelForm):
    """What one person wants to be told by mail."""

    wants_all = forms.TypedChoiceField(
        label="What do you want to be told by mail?",
        choices=[
            ("True", "Everything that waits for me"),
            ("False", "Only what I am to confirm: that cannot be left out"),
        ],
        coerce=lambda typed: typed == "True",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you want to be told"},
    )

    class Meta:
        model = ReminderChoice
        fields = ("wants_all",)
