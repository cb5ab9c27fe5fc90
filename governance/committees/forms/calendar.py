"""The publication calendar: rules, periods, a step fixed by hand; and a paper's place on the agenda."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from assets.forms.held import RowForm, Worded
from governance.committees.forms.bodies import ENDS
from governance.committees.models import AgendaItem, FixedStep, Period, PublicationRule
from governance.core.dates import long_date
from governance.core.forms import Explanation, VersionedForm

FROZEN_FIRST = "Figures are frozen before they are cleared: enter at least as many days as for each clearance"

# What is done so many days before publication, by the name of its field.
BEFORE_PUBLICATION = {
    "freeze": "the figures are frozen",
    "finance": "finance clears",
    "legal": "legal clears",
    "director": "the director clears",
    "member": "the member clears",
}


class RuleForm(RowForm):
    """A rule of publication for meetings from a day."""

    taken = "There is a rule from this day already"
    SENTENCES: ClassVar[dict[str, Any]] = {
        "rule_is_adopted_once_from_a_day": (("from_on",), taken),
        "figures_are_frozen_before_they_are_cleared": (("freeze_before",), FROZEN_FIRST),
    }

    class Meta:
        model = PublicationRule
        fields = (
            "body", "from_on", "clear_days", "counts_working", "freeze_before", "finance_before",
            "legal_before", "director_before", "member_before", "notice_days", "call_in_days",
        )  # fmt: skip
        error_messages: ClassVar[dict[str, Any]] = {
            f"{name}_before": {"required": f"Enter how many working days before publication {happens}"}
            for name, happens in BEFORE_PUBLICATION.items()
        }
        help_texts: ClassVar[dict[str, str]] = {
            "body": "Leave empty for every body that has no rule of its own",
            "from_on": "Earlier meetings keep the rule they had",
            "counts_working": "Weekends, bank holidays and days of closure are then left out",
            "notice_days": "Counted in days of the calendar; for cabinet and cabinet members",
        }


class PeriodForm(RowForm):
    """Days on which the council is closed, or before an election."""

    SENTENCES: ClassVar[dict[str, Any]] = {
        "committees_period_ends_after_it_begins": (("until_on",), ENDS),
        "period_is_no_longer_than_four_months": (("until_on",), "A period is no longer than four months"),
    }

    class Meta:
        model = Period
        fields = ("kind", "name", "from_on", "until_on")
        labels: ClassVar[dict[str, str]] = {"from_on": "First day", "until_on": "Last day"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["until_on"].required = True


class FixForm(RowForm):
    """Set the day of a step by hand, and say why."""

    taken = "Somebody else has fixed this step meanwhile"
    reason = Explanation(label="Why it is fixed")

    class Meta:
        model = FixedStep
        fields = ("due_on", "reason")

    def clean_due_on(self) -> Any:
        """Not after the meeting it is for."""
        day, held = self.cleaned_data["due_on"], self.instance.meeting.held_on
        if day > held:
            raise forms.ValidationError(f"Enter a day on or before the meeting of {long_date(held)}")
        return day


class AgendaForm(Worded, VersionedForm):
    """Say that a paper is urgent, supplementary or withdrawn."""

    SENTENCES: ClassVar[dict[str, Any]] = {
        "urgent_item_has_the_reason_of_the_chair": (
            ("reason",),
            "Enter the reason of the chair: without one an urgent item is not taken",
        ),
        "withdrawn_item_says_why": (
            ("withdrawn_because",),
            "Enter the day on which it was withdrawn and why, or neither",
        ),
    }
    reason = Explanation(
        label="The chair’s reason",
        required=False,
        help_text="Said before the paper is issued, anybody may read it, on the paper and in the public list",
    )
    withdrawn_because = Explanation(label="Why it was withdrawn", required=False)

    class Meta:
        model = AgendaItem
        fields = ("kind", "reason", "withdrawn_on", "withdrawn_because")
        labels: ClassVar[dict[str, str]] = {"kind": "How it goes out"}
