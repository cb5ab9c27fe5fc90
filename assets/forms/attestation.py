"""What owners are asked when they confirm an asset, and how often officers have them asked."""

from __future__ import annotations

from typing import Any

from django import forms

from assets.models import Asset, AttestationPeriods, AttestationQuestion
from governance.core.forms import ChangeReason, Explanation, Form, VersionedForm
from governance.history.trail import because
from governance.people.models import User


class ConfirmForm(Form):
    """Confirm one asset as it was shown; `moved_on` says that it has changed since."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    doubts = forms.ModelMultipleChoiceField(
        AttestationQuestion.objects.none(),
        label="Which of these can you not say today?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = Explanation(label="What is missing, and what will you do about it?", required=False)
    moved_on = False

    def __init__(self, *args: Any, asset: Asset, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asset, self.person = asset, person
        self.initial["seen_version"] = asset.standing_version()
        doubts = self.fields["doubts"]
        assert isinstance(doubts, forms.ModelMultipleChoiceField)
        doubts.queryset = AttestationQuestion.objects.offered()

    def clean(self) -> dict[str, Any]:
        """A statement that cannot be made is explained."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("doubts") and not cleaned.get("note"):
            self.add_error("note", "Enter what is missing and what you will do about it")
        return cleaned

    def answers(self) -> dict[str, Any]:
        """What was said: the version seen, the questions in doubt, and the note on them."""
        cleaned = self.cleaned_data
        doubts = {question.pk for question in cleaned["doubts"]}
        return {"seen": cleaned["seen_version"], "doubts": doubts, "note": cleaned["note"] if doubts else ""}


class PeriodsForm(VersionedForm):
    """How often assets are confirmed."""

    change_reason = ChangeReason()

    class Meta:
        model = AttestationPeriods
        fields = ["months", "high_risk_months", "grace_days"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, least, most in (("months", 1, 60), ("high_risk_months", 1, 60), ("grace_days", 0, 366)):
            field = self.fields[name]
            label = str(field.label)
            self.fields[name] = forms.IntegerField(
                label=label,
                help_text=field.help_text,
                min_value=least,
                max_value=most,
                error_messages={
                    "invalid": f"{label} must be a number, such as 12",
                    "min_value": f"{label} must be {least} or more",
                    "max_value": f"{label} must be {most} or less",
                    "required": f"Enter the {label.lower()}",
                },
            )

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Save with the reason."""
        with because(self.cleaned_data["change_reason"]):
            return super().save(commit)
