"""Entering and changing processing activities, a section at a time, and their rows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from assets.models import (
    Asset,
    LawfulBasis,
    ProcessingActivity,
    ScheduleCondition,
)
from assets.representations.article_30 import contradictions, missing_facts
from governance.core.dates import today
from governance.core.forms import DateField, Explanation, Form
from governance.history.trail import because
from governance.people.registers.forms import EntryForm
from governance.people.registers.sections import SectionOf

HELP = {
    "joint_controllers": "Name and how to reach each, never a person's name",
    "dpo_contact": "The post and how to reach it, never a person's name",
    "recipients": "Whom the data are given to; say so if nobody outside the council",
    "basis": "Why the law allows it (Article 6). None where another body is the controller",
    "legal_power": "The Act and section, for a public task or a legal obligation too",
    "interest_condition": "Only where the lawful basis is a recognised legitimate interest",
    "interest_reason": "Only where the lawful basis is legitimate interests and nobody weighed them",
    "special_condition": "Only for special category data: health, religion, ethnic origin and the like",
    "conditions": "Only for special category or criminal offence data. Tick what it rests on",
    "follows_policy_reason": "Only where you said no to keeping and erasing in line with the document",
    "automated_logic": "Only where decisions are made without a person",
    "consent_record": "Only where the lawful basis is consent",
    "interest_assessment": "Where the balancing test can be read",
    "policy_document": "Most Schedule 1 conditions need one: where it can be read",
    "security": "A general description, nothing that would help an attacker",
    "retention_words": "Where no rule of the schedule fits",
    "transfers_abroad": "Of a live activity add the first transfer, or remove the last: that answers it",
    "source": "The people themselves, or who else",
}
YES_NO = [("True", "Yes"), ("False", "No"), ("", "Not yet said")]


def yes_no(label: str) -> forms.TypedChoiceField:
    """Yes, no, or nothing said yet."""
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        coerce=lambda typed: str(typed) == "True",  # of what stood too: a Yes is not the No typed over it
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class ActivityForm(SectionOf, EntryForm):
    """One section of an activity. A live one stays complete: the form says which of its own facts would be
    missing, and saving it (services/processing.py) what its rows would not say any more."""

    permission = "assets.change_activity"
    mark_optional = False  # nearly everything may follow later; what is needed is said before it goes live

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.help_text = HELP.get(name, field.help_text)
            column = getattr(self.instance, f"{name}_id", None)
            if isinstance(field, forms.ModelChoiceField) and hasattr(field.queryset, "offered"):
                field.queryset = offered(field.queryset, column)

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Write what was changed in this section, and nothing beside it, with the reason."""
        with because(self.cleaned_data.get("change_reason", "")):
            return self.write()

    def _post_clean(self) -> None:
        """Django's, the rules', then what the law asks of the activity as it would be."""
        super()._post_clean()
        if not self.errors:
            for field, words in self.faults():
                self.add_error(field if field in self.fields else None, words)

    @property
    def chosen_conditions(self) -> list[ScheduleCondition] | None:
        """The conditions of Schedule 1, where this section has them and they were changed."""
        return None

    def _update_errors(self, errors: ValidationError) -> None:
        """Django's, less the names of constraints: `faults` says each in a sentence."""
        if hasattr(errors, "error_dict"):
            errors.error_dict.pop(NON_FIELD_ERRORS, None)
        super()._update_errors(errors)  # type: ignore[misc]

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


class NewActivityForm(ActivityForm):
    """Enter an activity as a draft; started from an asset, it works with that asset."""

    change_reason = None  # type: ignore[assignment]
    mark_optional = True

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

    def filled(self) -> ProcessingActivity:
        """The draft as typed, with what the asset says of its data."""
        draft: ProcessingActivity = self.instance
        if self.asset:
            draft.special_category = self.asset.special_category
            draft.criminal_offence = self.asset.criminal_offence
            draft.data_subjects = self.asset.data_subjects
        return draft


class GoLiveForm(Form):
    """Why an activity goes live."""

    reason = Explanation(label="Why does it go live?")


class EndForm(Form):
    """Since when an activity is over, and why."""

    on = DateField(label="Ended on", latest=today, help_text="The last day on which it was done")
    reason = Explanation(label="Why has it ended?")
