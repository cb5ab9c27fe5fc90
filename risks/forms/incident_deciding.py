"""Whether somebody is told of an incident: what that rests on, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from governance.core.forms import Explanation, Form
from risks.models import IncidentRecipient
from risks.representations.incident_weighed import missing_of, weighed

if TYPE_CHECKING:
    from django.http import QueryDict

    from risks.models import Incident

TELLS = [("yes", "Yes: to be told"), ("no", "No: not to be told")]


def recipients() -> Any:
    """Who may be told."""
    return IncidentRecipient.objects.offered().order_by("position")


class DecideForm(Form):
    """Whether somebody is told, and why."""

    recipient = forms.ModelChoiceField(IncidentRecipient.objects.none(), label="Who is this about?")
    tells = forms.TypedChoiceField(
        label="Are they to be told?",
        choices=TELLS,
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect,
    )
    reason = Explanation(
        label="Why?",
        help_text="How likely a risk to people is, how bad it would be, and what speaks against it. The law "
        "asks for the reasons also where nothing is reported",
    )
    without = forms.BooleanField(required=False)

    field_order = ("recipient", "tells", "without", "reason")

    def __init__(self, data: QueryDict | None, *, incident: Incident) -> None:
        super().__init__(data)
        recipient: Any = self.fields["recipient"]
        recipient.queryset = recipients()
        self.fields["tells"].help_text = ". ".join(f"{name}: {said}" for name, said in weighed(incident))
        self.missing = missing_of(incident)
        if self.missing:
            label = f"If they are not to be told: I decide that without knowing the {self.missing}"
            self.fields["without"].label = label
        else:
            del self.fields["without"]

    def clean(self) -> dict[str, Any]:
        """Refuses, where what the decision rests on is not recorded, to pass over that in silence."""
        said = super().clean() or {}
        unread = said.get("tells") is False and self.missing and not said.get("without")
        if unread:
            sentence = f"Record the {self.missing} first, or say that you decide without knowing"
            self.add_error("without", sentence)
        return said
