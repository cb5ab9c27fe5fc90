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
            ("False", "Only what I am to confirm, and incidents whose 72 hours run: they cannot be left out"),
        ],
        coerce=lambda typed: typed == "True",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you want to be told"},
    )

    def keep(self) -> None:
        """Keep the choice; of two first answers at once the second changes what the first has kept."""
        said = {"wants_all": self.cleaned_data["wants_all"]}
        ReminderChoice.objects.update_or_create(person=self.instance.person, defaults=said)

    class Meta:
        model = ReminderChoice
        fields = ("wants_all",)
