"""Choosing a moment."""

from __future__ import annotations

from typing import Any

from governance.core.dates import today
from governance.core.forms import DateField, Form
from governance.figures.asking import AskedBadlyError, moment_asked
from governance.figures.moment import Moment


class MomentForm(Form):
    """The two clocks as a GET form; `moment()` is what was chosen, or today with all that is known.

    Takes the three fields of a date as well as the form that addresses carry (as_at=2016-10-24).
    """

    as_at = DateField(
        label="As at", required=False, latest=today, help_text="Facts in effect by the end of this day"
    )
    known_at = DateField(
        label="As known on",
        required=False,
        latest=today,
        help_text="Leave empty for all that is known today",
    )

    def clean(self) -> dict[str, Any]:
        """Says so when an address carries something that is no date, instead of passing over it."""
        for name in [name for name, field in self.fields.items() if isinstance(field, DateField)]:
            try:
                moment_asked(self.data.get(name), None)
            except AskedBadlyError as wrong:
                if name not in self.errors:
                    # Beside three boxes nobody writes a date like 2016-10-24.
                    sentence = str(wrong).split(" Write it like ")[0].replace("“as at” ", "")
                    self.add_error(name, f"{sentence} Enter a day, a month and a year")
        return self.cleaned_data

    def moment(self) -> Moment:
        """The moment chosen. Only for a valid form."""
        return Moment.of(self.cleaned_data.get("as_at") or today(), self.cleaned_data.get("known_at"))
