"""The sections of a processing activity, a form for each."""

from __future__ import annotations

from typing import Any

from django import forms

from assets.forms.processing import ActivityForm, yes_no
from assets.models import ProcessingActivity, ScheduleCondition
from assets.representations.processing import BY_KEY


class LawfulnessForm(ActivityForm):
    """The section on lawfulness, with the conditions of Schedule 1."""

    conditions = forms.ModelMultipleChoiceField(
        ScheduleCondition.objects.none(),
        label="Schedule 1 conditions (Data Protection Act 2018)",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    follows_policy = yes_no("Kept and erased in line with that document")

    class Meta:
        model = ProcessingActivity
        fields = BY_KEY["lawfulness"].fields

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        held = [link.condition_id for link in self.instance.condition_links.all()]
        conditions = self.fields["conditions"]
        assert isinstance(conditions, forms.ModelMultipleChoiceField)
        entries = ScheduleCondition.objects
        conditions.queryset = entries.offered() | entries.filter(pk__in=held)
        self.initial["conditions"] = held
        self.order_fields([*BY_KEY["lawfulness"].fields[:7], "conditions"])

    def clean(self) -> dict[str, Any]:
        """Refuses to leave a live activity without the condition or the policy document that it needs."""
        cleaned = super().clean()
        chosen = cleaned.get("conditions") or []
        live = self.instance.state == ProcessingActivity.State.LIVE
        needs = [each.name for each in chosen if each.needs_policy]
        if live and needs and not cleaned.get("policy_document"):
            self.add_error("policy_document", f"Name the appropriate policy document for “{needs[0]}”")
        if live and self.instance.criminal_offence and not chosen and not cleaned.get("law_enforcement"):
            self.add_error("conditions", "Select a Schedule 1 condition for the criminal offence data")
        return cleaned

    @property
    def chosen_conditions(self) -> list[ScheduleCondition] | None:
        """The conditions, if they were changed."""
        changed = "conditions" in self.changed_data
        return list(self.cleaned_data["conditions"]) if changed else None


class IndividualsForm(ActivityForm):
    """What people are told, and what is decided about them without a person."""

    automated_decisions = yes_no("Are decisions about people made without a person?")

    class Meta:
        model = ProcessingActivity
        fields = BY_KEY["individuals"].fields


class ProtectionForm(ActivityForm):
    """How long the data are kept, how they are protected, whether they leave the country."""

    transfers_abroad = yes_no("Are data sent outside the United Kingdom?")

    class Meta:
        model = ProcessingActivity
        fields = BY_KEY["protection"].fields


class IdentityForm(ActivityForm):
    """Who does it."""

    class Meta:
        model = ProcessingActivity
        fields = BY_KEY["identity"].fields


class DataForm(ActivityForm):
    """Why, about whom, what, and who is given it."""

    class Meta:
        model = ProcessingActivity
        fields = BY_KEY["data"].fields


FORMS: dict[str, type[ActivityForm]] = {
    "identity": IdentityForm,
    "data": DataForm,
    "lawfulness": LawfulnessForm,
    "individuals": IndividualsForm,
    "protection": ProtectionForm,
}
