"""Looking at a register as it stood on a past day: one clock, since a register cannot be restated."""

from __future__ import annotations

from governance.core.dates import today
from governance.core.forms import DateField
from governance.figures.forms import MomentForm
from governance.figures.moment import Moment


class DayForm(MomentForm):
    """The day at which a register is shown, as a GET form."""

    as_at = DateField(
        label="As at",
        subject="The day to look at",
        required=False,
        latest=today,
        help_text="What the register held at the end of this day",
    )
    known_at = None  # type: ignore[assignment]

    def moment(self) -> Moment:
        """The moment asked for; now if none was, or if it makes no sense (the form then says why)."""
        return Moment.of(self.cleaned_data.get("as_at") or today()) if self.is_valid() else Moment.now()
