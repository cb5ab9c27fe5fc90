"""What people type about a disposal: the proposal, the decision, and what was done."""

from __future__ import annotations

from typing import Any

from django import forms

from assets.models import Disposal, DisposalMethod
from assets.permissions.retention import MANAGER, OWNER
from governance.core.dates import today
from governance.core.forms import DateField, Explanation, Form


def _lines(label: str, help_text: str = "", rows: int = 3, **options: Any) -> forms.CharField:
    return Explanation(label=label, help_text=help_text, rows=rows, **options)


class ProposeForm(Form):
    """What should become of an asset."""

    outcome = forms.ChoiceField(
        label="What should become of it?", choices=Disposal.Outcome.choices, widget=forms.RadioSelect
    )
    keep_until = DateField(
        label="Keep until", subject="The day", required=False, help_text="Only for “Keep longer”"
    )
    part = _lines(
        "Which part of it?", "Leave empty for the whole asset. For example, Files closed before 1990",
        rows=2, required=False,
    )  # fmt: skip
    reason = _lines("Why?", "For example, its period has ended and nobody uses it")

    def clean(self) -> dict[str, Any]:
        """Keeping longer names a day to come; nothing else names one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        until, keeps = cleaned.get("keep_until"), cleaned.get("outcome") == Disposal.Outcome.KEEP
        if keeps and not until and "keep_until" not in self.errors:
            self.add_error("keep_until", "Enter the day until which it should be kept")
        elif keeps and until and until <= today():
            self.add_error("keep_until", "The day must be in the future")
        if not keeps:
            cleaned["keep_until"] = None
            self.errors.pop("keep_until", None)
        return cleaned


class DecideForm(Form):
    """Agree or refuse. `side` is the one on which the person can agree, "" where they can only refuse."""

    AGREE, REFUSE = "agree", "refuse"

    decision = forms.ChoiceField(label="What do you decide?", widget=forms.RadioSelect)
    refusal = _lines("Why is it refused?", "Only if you refuse", required=False)

    def __init__(self, *args: Any, side: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.side = side
        agree = {OWNER: "Agree, for the owner", MANAGER: "Agree, as records manager"}
        choices = [(self.AGREE, agree[side])] if side else []
        field = self.fields["decision"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*choices, (self.REFUSE, "Refuse")]

    @property
    def agrees(self) -> bool:
        """Is it a yes?"""
        return bool(self.cleaned_data["decision"] == self.AGREE)

    def clean(self) -> dict[str, Any]:
        """A refusal says why."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("decision") == self.REFUSE and not cleaned.get("refusal"):
            self.add_error("refusal", "Say why you refuse")
        return cleaned


class CarryOutForm(Form):
    """What was done, for the certificate."""

    what = _lines("What was disposed of?", "As it should stand on the certificate, without names of people")
    volume = forms.CharField(
        label="How much was it?", max_length=200, help_text="For example, 12 boxes, or 4,210 files (36 GB)"
    )
    on = DateField(label="When was it done?", subject="The day", latest=today)
    method = forms.ModelChoiceField(DisposalMethod.objects.none(), label="Method")
    carried_out_by = forms.CharField(
        label="Who did it?", max_length=200, help_text="A post or a contractor, not a name"
    )

    def __init__(self, *args: Any, disposal: Disposal, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["method"].queryset = DisposalMethod.objects.offered()  # type: ignore[attr-defined]
        self.fields["on"].earliest = max(  # type: ignore[attr-defined]
            day for day in (disposal.owner_agreed_on, disposal.manager_agreed_on, disposal.proposed_on) if day
        )
