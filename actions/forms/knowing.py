"""Moving a date past what waits on it: said first, and done where the person says so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict

from actions.models import Action
from actions.models.out_of_order import out_of_order
from actions.representations.dates import said_of_order
from governance.core.dates import today
from governance.core.forms import Form
from governance.core.steps import StepError

if TYPE_CHECKING:
    from governance.people.models import User

SAID = "The dates would be out of order: {}. Tick the box to move the date all the same, or choose another"


class KnowingForm(Form):
    """A form that moves a due date. It warns of what would be out of order, once."""

    person: User

    def __init__(self, data: QueryDict | None, **options: Any) -> None:
        super().__init__(data, **options)
        if data is not None and self.add_prefix("warned") in data:
            self.ask_whether()

    def ask_whether(self) -> None:
        """Put in the box to tick, and keep what was typed."""
        if "knowing" not in self.fields:
            self.fields["knowing"] = forms.BooleanField(required=False, label="Move the date all the same")
            self.fields["warned"] = forms.CharField(required=False, widget=forms.HiddenInput)
            self.order_fields(["knowing", *self.fields])
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data[self.add_prefix("warned")] = "1"

    def fits(self, action: Action, due_on: date) -> None:
        """Raises StepError where the date is out of order with what waits, unless the person knows."""
        found = list(out_of_order(action, due_on, today(), self.person))
        if not found or self.cleaned_data.get("knowing"):
            return
        self.ask_whether()
        raise StepError(SAID.format("; ".join(said_of_order(found, action))), "knowing")
