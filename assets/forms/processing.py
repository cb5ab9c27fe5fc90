"""Entering and changing processing activities, a section at a time, and their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction

from assets.models import (
    ActivityAsset,
    Asset,
    LawfulBasis,
    ProcessingActivity,
    ScheduleCondition,
)
from assets.representations.article_30 import contradictions, missing_facts
from assets.representations.processing import BY_KEY
from assets.services import processing
from governance.core.dates import today
from governance.core.forms import DateField, Form
from governance.history.trail import because
from governance.people.registers.forms import EntryForm

if TYPE_CHECKING:
    pass

HELP = {
    "joint_controllers": "Name and how to reach each, never a person's name",
    "dpo_contact": "The post and how to reach it, never a person's name",
    "recipients": "Whom the data are given to; say so if nobody outside the council",
    "legal_power": "The Act and section, for a public task or a legal obligation too",
    "interest_assessment": "Where the balancing test can be read",
    "policy_document": "Most Schedule 1 conditions need one: where it can be read",
    "security": "A general description, nothing that would help an attacker",
    "retention_words": "Where no rule of the schedule fits",
    "source": "The people themselves, or who else",
}
YES_NO = [("True", "Yes"), ("False", "No"), ("", "Not yet said")]


def yes_no(label: str) -> forms.TypedChoiceField:
    """Yes, no, or nothing said yet."""
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        coerce=lambda typed: typed == "True",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class ActivityForm(EntryForm):
    """One section of an activity. A live one stays complete: the form says what would be missing."""

    permission = "assets.change_activity"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.help_text = HELP.get(name, field.help_text)
            column = getattr(self.instance, f"{name}_id", None)
            if isinstance(field, forms.ModelChoiceField) and hasattr(field.queryset, "offered"):
                field.queryset = offered(field.queryset, column)

    def _post_clean(self) -> None:
        """Django's, the rules', then what the law asks of the activity as it would be."""
        super()._post_clean()
        if not self.errors:
            for field, words in self.faults():
                self.add_error(field if field in self.fields else None, words)

    def validate_constraints(self) -> None:
        """Left to `faults`, which says each in a sentence."""

    def faults(self) -> list[tuple[str, str]]:
        """What contradicts itself, and what a live activity would not say: field and sentence."""
        found = contradictions(self.instance)
        if self.instance.state == ProcessingActivity.State.LIVE:
            found += [(each.field, each.words) for each in missing_facts(self.instance)]
        return found


def offered(queryset: Any, chosen: Any) -> Any:
    """The entries of a list that can be chosen, and the one that was; by whichever key it is held."""
    key = "code" if queryset.model is LawfulBasis else "pk"
    return queryset.offered() | queryset.filter(**{key: chosen})


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

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """The section and its conditions, in one transaction and for one reason."""
        with transaction.atomic():
            saved = super().save(commit)
            if "conditions" in self.changed_data:
                with because(self.cleaned_data["change_reason"]):
                    processing.set_conditions(saved, self.cleaned_data["conditions"])
        return saved


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


class NewActivityForm(ActivityForm):
    """Enter an activity as a draft; started from an asset, it works with that asset."""

    change_reason = None  # type: ignore[assignment]

    class Meta:
        model = ProcessingActivity
        fields = ("title", "capacity", "unit", "owner", "purposes")

    def __init__(self, *args: Any, asset: Asset | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asset = asset
        if asset:
            self.initial.update(
                title=asset.title, unit=asset.unit_id, owner=asset.owner_id, purposes=asset.purpose
            )

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """The new draft, with its asset."""
        if self.asset:
            asset = self.asset
            self.instance.special_category = asset.special_category
            self.instance.criminal_offence = asset.criminal_offence
            self.instance.data_subjects = asset.data_subjects
        with transaction.atomic():
            made = processing.add(self.instance, reason="Entered on its page")
            if self.asset:
                ActivityAsset.objects.create(activity=made, asset=self.asset)
        return made


class GoLiveForm(Form):
    """Why an activity goes live."""

    reason = forms.CharField(label="Why does it go live?", max_length=200)


class EndForm(Form):
    """Since when an activity is over, and why."""

    on = DateField(label="Ended on", latest=today, help_text="The last day on which it was done")
    reason = forms.CharField(label="Why has it ended?", max_length=200)
