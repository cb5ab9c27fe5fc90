"""Merging a risk that was entered twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict

from governance.core.forms import ChangeReason, Form
from risks.models import Risk

if TYPE_CHECKING:
    from governance.people.models import User


class IntoForm(Form):
    """Into which other risk."""

    mark_optional = False
    into = forms.CharField(
        label="Reference of the risk that stays", max_length=12, help_text="Such as IR-0042"
    )

    def __init__(self, data: QueryDict | None, *, risk: Risk, person: User) -> None:
        super().__init__(data)
        self.risk, self.person = risk, person

    def clean_into(self) -> Risk:
        """The other risk: open, and one that the person may open."""
        typed = self.cleaned_data["into"]
        found = Risk.objects.visible_to(self.person).filter(reference__iexact=typed).first()
        if found is None:
            raise forms.ValidationError(f"There is no risk {typed} that you may open")
        if found.pk == self.risk.pk:
            raise forms.ValidationError("A risk is not merged into itself: enter the other one")
        if found.state != Risk.State.OPEN:
            raise forms.ValidationError(
                f"{found.reference} is {found.get_state_display().lower()}: enter one that is open"
            )
        return found


class MergeForm(Form):
    """Why the two are one risk; or why they were not."""

    confirmed = forms.BooleanField(
        label="I have looked at these, and merge it all the same",
        error_messages={"required": "Say that you have looked at what is still open of this risk"},
    )
    reason = ChangeReason()
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)

    def __init__(self, data: QueryDict | None, *, token: str = "", asks: bool = False) -> None:
        super().__init__(data, initial={"seen": token})
        if not asks:
            del self.fields["confirmed"]

    def look_again(self, token: str) -> None:
        """Carry what is shown now; what was confirmed of something else is asked again."""
        if self.is_bound and self.data.get("seen") != token:
            self.data = {**{name: self.data[name] for name in self.data}, "seen": token, "confirmed": ""}
