"""What a dashboard shows: which part of the council, at which moment, compared with which."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from governance.core.dates import long_date, months_before, today
from governance.core.forms import DateField
from governance.figures.forms import MomentForm
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from governance.dashboards.board.told import Told
    from governance.dashboards.board.units import Tree
    from governance.dashboards.board.variants import Variant

USUALLY_COMPARED = 3  # months before the day shown
USUAL_TREND = 12  # months
WITH_A_DAY = "a-day:"  # no code of a committee has a colon


class BoardForm(MomentForm):
    """A GET form: everything has a usual value, so that an empty address is today's dashboard."""

    unit = forms.ChoiceField(label="Part of the council", required=False)
    as_at = DateField(label="As at", required=False, latest=today, help_text="Facts in effect that day")
    since = DateField(
        label="Compared with",
        subject="The day to compare with",
        required=False,
        latest=today,
        help_text=f"Left empty: what a committee last saw of risks, or {USUALLY_COMPARED} months before",
    )
    seen_by = forms.ChoiceField(label="Or with what a committee last saw", required=False)
    trend_from = DateField(
        label="Trend from",
        required=False,
        latest=today,
        help_text=f"Left empty: {USUAL_TREND} months before",
    )
    known_at = DateField(
        label="As known on",
        required=False,
        latest=today,
        help_text="Left empty: all that is known today",
    )
    most_used = ("unit", "as_at", "since", "seen_by")

    def __init__(
        self, *args: Any, tree: Tree, variant: Variant, told: Sequence[Told] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.told = {each.code: each for each in told}
        if not told:
            del self.fields["seen_by"]
        else:
            seen_by = self.fields["seen_by"]
            assert isinstance(seen_by, forms.ChoiceField)
            last = f"What {told[0].body} last saw, unless a day is chosen"
            no = (WITH_A_DAY, "No committee: with a day")
            seen_by.choices = [("", last), no, *(each.choice for each in told)]
            seen_by.error_messages["invalid_choice"] = "Select a committee from the list"
        everything = "The whole council" if variant.whole else "All of your units"
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ChoiceField)
        unit.choices = [("", everything), *tree.choices()]
        unit.error_messages["invalid_choice"] = "Select a part of the council from the list"

    def clean(self) -> dict[str, Any]:
        """The days to look back to lie before the day that is shown."""
        super().clean()
        shown = self.cleaned_data.get("as_at") or today()
        for name, what in (("since", "compare with"), ("trend_from", "begin the trend on")):
            day = self.cleaned_data.get(name)
            if day and day >= shown:
                self.add_error(name, f"The day to {what} must be before {long_date(shown)}")
        if self.cleaned_data.get("seen_by") in self.told and self.cleaned_data.get("since"):
            self.add_error("seen_by", "Choose a committee or a day to compare with, not both")
        return self.cleaned_data

    def seen(self) -> Told | None:
        """The committee whose last paper is compared with: the one chosen; where no day is either, the one
        that saw risks last; None where none has. Only for a valid form."""
        chosen = self.cleaned_data.get("seen_by", "")
        if chosen or self.cleaned_data.get("since"):
            return self.told.get(chosen)
        return next(iter(self.told.values()), None)

    def earlier(self) -> Moment:
        """The moment compared with: that of the paper, or a day as known then. Only for a valid form."""
        if told := self.seen():
            return told.moment
        shown = self.moment()
        day = self.cleaned_data.get("since") or months_before(shown.as_at, USUALLY_COMPARED)
        return Moment.of(day, min(day, shown.known_at))

    def trend_begins(self) -> date:
        """The first day of the trend. Only for a valid form."""
        return self.cleaned_data.get("trend_from") or months_before(self.moment().as_at, USUAL_TREND)
