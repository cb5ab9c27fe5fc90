"""Rules for the data of an asset, and issues with them."""

from __future__ import annotations

from typing import Any

from django import forms

from assets.models import Asset, QualityIssue, QualityRule
from governance.core.dates import today
from governance.core.forms import DateField, Explanation, ModelForm, VersionedForm


class SaidOnce(forms.ModelForm):  # type: ignore[type-arg]
    """For the forms of a rule: each is said once of an asset."""

    def clean_words(self) -> str:
        """The rule, not yet said of this asset."""
        words: str = self.cleaned_data["words"]
        said = self.instance.asset.quality_rules.exclude(pk=self.instance.pk)
        if said.filter(words__iexact=words).exists():
            raise forms.ValidationError("This rule is already there. Change its words, or go back")
        return words


class QualityRuleForm(SaidOnce, ModelForm):
    """A new rule for the data of one asset."""

    class Meta:
        model = QualityRule
        fields = ["words", "checked_by"]
        help_texts = {"words": "For example: every tenant has a date of birth"}

    def __init__(self, *args: Any, asset: Asset, **options: Any) -> None:
        super().__init__(*args, **options)
        self.instance.asset = asset


class ChangeRuleForm(SaidOnce, VersionedForm):
    """Change a rule, or say that it is no longer in force."""

    class Meta:
        model = QualityRule
        fields = ["words", "checked_by", "is_retired"]


class QualityIssueForm(ModelForm):
    """A new issue with the data of one asset."""

    found_on = DateField(label="Found on", subject="The day it was found", latest=today)

    class Meta:
        model = QualityIssue
        fields = ["what", "rule", "records", "source", "found_on"]
        widgets = {"what": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "source": "The system or the paper it comes from, so that copies are not mended instead"
        }

    def __init__(self, *args: Any, asset: Asset, **options: Any) -> None:
        super().__init__(*args, **options)
        self.instance.asset = asset
        self.initial.setdefault("found_on", today())
        rule = self.fields["rule"]
        assert isinstance(rule, forms.ModelChoiceField)
        rule.queryset = asset.quality_rules.in_force()
        rule.empty_label = "None of the rules"

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Log it under the next number."""
        self.instance.log()
        return self.instance


class EndIssueForm(VersionedForm):
    """Say what became of an issue."""

    state = forms.ChoiceField(
        label="What became of it",
        choices=[(state.value, state.label) for state in QualityIssue.State if state != "open"],
        widget=forms.RadioSelect,
    )
    ended_on = DateField(label="Corrected or decided on", subject="The day it was corrected", latest=today)
    outcome = Explanation(label="What was done, or why it is left", rows=4)

    class Meta:
        model = QualityIssue
        fields = ["state", "ended_on", "outcome"]

    def clean(self) -> dict[str, Any]:
        """What was typed; it cannot end before it was found."""
        cleaned = super().clean()
        ended = cleaned.get("ended_on")
        if ended and ended < self.instance.found_on:
            self.add_error("ended_on", "The day it was corrected must be on or after the day it was found")
        return cleaned
