"""Writing a version of the rules of escalation."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from assets.models import ImpactLevel
from governance.core.forms import ChangeReason, VersionedForm
from risks.models import ACCEPTORS, EscalationRules
from risks.models.rules import LONGEST_GRACE, named
from risks.representations.rules import DAYS

NOBODY = "Nobody else: only the senior information risk owner"
# The worse a risk lies, the sooner.
STRICTER = (("days_within", "days_above"), ("days_above", "days_beyond"), ("days_within", "days_beyond"))


def criticalities() -> list[tuple[str | int, str]]:
    """The steps of the one scale on which assets are rated."""
    return [("", "Not asked"), *ImpactLevel.objects.values_list("number", "name")]


def days(where: str) -> forms.IntegerField:
    """How long a review may be overdue where a risk lies there."""
    return forms.IntegerField(
        label=f"Days a review may be overdue {where}",
        min_value=0,
        max_value=LONGEST_GRACE,
        required=False,
        widget=forms.NumberInput({"class": "govuk-input--width-3"}),
        help_text="Left empty: such a review is never escalated",
    )


class RulesForm(VersionedForm):
    """Everything a draft says. Holds a conflict naming the other person's changes if it has moved on."""

    asset_from = forms.TypedChoiceField(
        label="From which criticality must an asset have an open risk on the register?",
        choices=criticalities,
        coerce=int,
        empty_value=None,
        required=False,
    )
    days_within, days_above, days_beyond = (days(where) for where in DAYS.values())
    change_reason = ChangeReason()

    class Meta:
        model = EscalationRules
        fields: ClassVar = [
            "source", "asset_from", "dpia_from", "days_within", "days_above", "days_beyond", "overdue_to",
            "accept_within", "accept_above",
        ]  # fmt: skip
        labels: ClassVar = {
            "source": "Where the rules come from",
            "dpia_from": "From which risk left over must what a DPIA found be on the risk register?",
            "overdue_to": "Who is told of reviews that are overdue too long?",
            "accept_within": "Who beside the SIRO may accept a risk within appetite?",
            "accept_above": "Who beside the SIRO may accept a risk above appetite?",
        }
        help_texts: ClassVar = {
            "source": "For example the policy, and who approved it",
            "dpia_from": "Left empty: DPIAs are not asked about",
            "accept_within": "For risks of the unit for which their post carries that role, never their own",
            "accept_above": "Not above tolerance: there the SIRO alone may accept",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("accept_within", "accept_above"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", NOBODY), *named(ACCEPTORS)]
        if self.instance.pk is None:
            del self.fields["change_reason"]

    def clean(self) -> dict[str, Any]:
        """What is worse waits no longer than what is less."""
        cleaned = super().clean()
        for less, worse in STRICTER:
            most, days = cleaned.get(less), cleaned.get(worse)
            if most is not None and days is None and worse not in self.errors:
                self.add_error(worse, f"Enter the days {DAYS[worse]}: less serious reviews are escalated too")
            elif most is not None and days is not None and days > most:
                self.add_error(
                    worse, f"The days {DAYS[worse]} must not be more than {most}, the days {DAYS[less]}"
                )
        return cleaned

    def typed(self) -> EscalationRules:
        """What was typed, as a draft that is not saved. Only of a form without errors."""
        return EscalationRules(**self.said())

    def said(self) -> dict[str, Any]:
        """The same, by column."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
