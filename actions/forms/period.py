"""The period over which a plan is looked at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from actions.forms.progress import SinceMomentForm
from actions.models import ActionPlan
from governance.core.dates import long_date, today
from governance.core.filtering import names_of
from governance.core.forms import DateField
from governance.core.forms.dates import PARTS

UNKNOWN = "The address says “{}”, which is no part of a period. Choose the days below"


class PeriodForm(SinceMomentForm):
    """From one day to another, as known at a third. Without them: the life of the plan."""

    from_on = DateField(label="From", required=False, latest=today)

    field_order = ("from_on", "as_at", "known_at")
    carries = False  # what else the address says is a mistake, which the form tells and then leaves out

    def __init__(self, data: QueryDict, *, plan: ActionPlan) -> None:
        super().__init__(data, since=plan.opened_on, began="The plan was opened")
        self.fields["as_at"].label = "To"
        self.fields["as_at"].help_text = "Leave empty for the last day of which anything is reported"

    def clean(self) -> dict[str, Any]:
        """Refuses a beginning before there was a plan, one that is not before the end, and what says none."""
        chosen = super().clean()
        if unknown := [name for name in self.data if name not in self._names()]:
            self.add_error(None, UNKNOWN.format(unknown[0][:40].replace("\x00", "")))
        begins, ends = chosen.get("from_on"), chosen.get("as_at")
        if begins and begins < self.since:
            sentence = f"{self.began} on {long_date(self.since)}. Choose that day or a later one"
            self.add_error("from_on", forms.ValidationError(sentence, params={"parts": PARTS}))
        elif begins and ends and begins >= ends:
            sentence = "The period ends before it begins. Choose an earlier day to begin with"
            self.add_error("from_on", forms.ValidationError(sentence, params={"parts": PARTS}))
        return chosen

    def _names(self) -> set[str]:
        """Under which names an address may say the period."""
        return {name for bound in self for name in names_of(bound)}
