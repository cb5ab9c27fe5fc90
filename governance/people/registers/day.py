"""Looking at a register as it stood on a past day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from governance.core.dates import long_date, today
from governance.core.forms import Form
from governance.figures.moment import Moment

# The Local Government Act 1972 took effect: before this day there were no councils such as this.
FIRST_DAY = date(1974, 4, 1)


class PastDay(forms.DateField):
    """One day, picked or typed in one control, so that the address carries it in one word (as_at=2016-10-24)."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": FIRST_DAY.isoformat()})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **options)
        self.error_messages["invalid"] = "The day must be a real date, such as 2016-10-24"

    def validate(self, value: date | None) -> None:
        """Raises ValidationError for a day in the future, of which nothing is known, or before there were councils."""
        super().validate(value)
        if value and value > today():
            raise forms.ValidationError("The day must be today or in the past")
        if value and value < FIRST_DAY:
            raise forms.ValidationError(f"The day must be on or after {long_date(FIRST_DAY)}")


class DayForm(Form):
    """The day at which a register is shown. Its panel is a GET form, and keeps what else the address says."""

    as_at = PastDay(label="As at the end of", required=False)

    def moment(self) -> Moment:
        """The moment asked for; now if none was, or if it makes no sense (the form then says why)."""
        return Moment.of(self.cleaned_data["as_at"] or today()) if self.is_valid() else Moment.now()
