"""Choosing the resolution that agreed a due date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict
from django.utils.text import Truncator

from actions.forms.dates import MovingForm
from actions.models import Action, DateRevision
from governance.committees.models import Resolution
from governance.core.dates import long_date, today
from governance.core.forms import Form

if TYPE_CHECKING:
    from governance.people.models import User

LONGEST = 60  # characters of a resolution's own words in the list
NAMES = "meeting__body__former_names"  # a meeting is named as its body was called on its day
NONE = "No resolution of a meeting on {} is recorded. Have it recorded first"


class ResolutionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the resolutions that the person may see, by its meeting, its number and how it begins."""

    def label_from_instance(self, found: Resolution) -> str:
        """What stands in the list."""
        return f"{found.meeting}: {found.heading}, {Truncator(found.text).chars(LONGEST)}"


class ResolvedForm(MovingForm):
    """Another due date, as a meeting resolved since the action was opened."""

    resolution = ResolutionField(
        Resolution.objects.none(),
        label="Which resolution agreed it?",
        help_text="The day of its meeting is the day on which the date was agreed",
        empty_label="Choose a resolution",
    )

    field_order = ("knowing", "due_on", "reason", "resolution")

    def __init__(self, data: QueryDict | None, *, action: Action, person: User) -> None:
        super().__init__(data)
        self.see(action, person)
        chosen = self.fields["resolution"]
        assert isinstance(chosen, ResolutionField)
        found = Resolution.objects.visible_to(person).for_page().prefetch_related(NAMES)
        held = found.filter(meeting__held_on__range=(action.earliest(), today()))
        chosen.queryset = held.order_by("-meeting__held_on", "position")


class NamedForm(Form):
    """Which resolution agreed a date that is said in words."""

    resolution = ResolutionField(
        Resolution.objects.none(), label="Which resolution agreed it?", empty_label="Choose a resolution"
    )

    def __init__(self, data: QueryDict | None, *, revision: DateRevision, person: User) -> None:
        super().__init__(data)
        chosen = self.fields["resolution"]
        assert isinstance(chosen, ResolutionField)
        found = Resolution.objects.visible_to(person).filter(meeting__held_on=revision.effective_on)
        chosen.queryset = found.for_page().prefetch_related(NAMES)
        day = long_date(revision.effective_on)
        chosen.help_text = f"Those of meetings on {day}" if found.exists() else NONE.format(day)
