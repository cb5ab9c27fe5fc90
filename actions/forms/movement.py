"""Between which days, and in which plans, movement is asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from actions.forms.overlap import TogetherForm
from actions.models import ActionPlan
from governance.core.dates import today
from governance.core.forms import DateField
from governance.core.forms.dates import PARTS
from governance.figures.moment import Moment


class MovementForm(TogetherForm):
    """From the end of one day to the end of another, as known on a third."""

    since = DateField(
        label="From the end of", required=False, latest=today, help_text="Two months before, if you leave it"
    )
    field_order = ("plans", "since", "as_at", "known_at")

    def __init__(self, data: QueryDict, *, plans: list[ActionPlan]) -> None:
        super().__init__(data, plans=plans)
        self.fields["as_at"].label = "To the end of"
        self.fields["as_at"].help_text = "Today, if you leave it"

    def clean(self) -> dict[str, Any]:
        """Refuses a start that does not lie before the end."""
        said = super().clean()
        since, until = said.get("since"), said.get("as_at") or today()
        if since and since >= until:
            sentence = "The start lies on or after the end. Choose an earlier day"
            self.add_error("since", forms.ValidationError(sentence, params={"parts": PARTS}))
        return said

    def days(self) -> tuple[date, Moment]:
        """The day from whose end, and the moment to which; the defaults, while it cannot be read."""
        if not self.is_valid():
            return today() - timedelta(days=61), Moment.now()
        closing = self.moment()
        return self.cleaned_data.get("since") or closing.as_at - timedelta(days=61), closing
