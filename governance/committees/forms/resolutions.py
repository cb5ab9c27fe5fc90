"""Recording what a meeting resolved: several at once, put right one by one; actions that came of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict

from actions.models import Action
from assets.forms.held import HeldForm
from governance.committees.models import Meeting, Paper, Resolution, ResolutionAction
from governance.core.dates import long_date, today
from governance.core.forms import DateField, Explanation, Form
from governance.history.trail import because

if TYPE_CHECKING:
    from governance.people.models import User

AT_ONCE = 6  # rows on the page; who has more saves, and comes again
MOST = 20
RECORDED = "This resolution is recorded already"


def papers_of(meeting: Meeting) -> Any:
    """What a resolution of the meeting can be about."""
    return Paper.objects.issued().filter(meeting=meeting).order_by("title")


class ResolutionRow(Form):
    """One resolution of several."""

    decision = forms.ChoiceField(choices=[("", "---------"), *Resolution.Decision.choices])
    text = Explanation(label="The resolution, word for word")
    minute_reference = forms.CharField(
        label="Reference in the minutes", max_length=50, required=False, help_text="For example, 37/16"
    )
    paper = forms.ModelChoiceField(
        Paper.objects.none(),
        label="Paper it is about",
        required=False,
        empty_label="No paper",
        help_text="An issued paper of this meeting",
    )

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = self.fields["paper"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = papers_of(meeting)


class ResolutionRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of which some may stay empty, but not all; a text stands once."""

    def clean(self) -> None:
        """Says so if nothing was typed, or the same twice."""
        texts = [row["text"] for row in self.filled()]
        if not any(form.has_changed() for form in self.forms):
            raise forms.ValidationError("Enter at least one resolution")
        if twice := next((text for text in texts if texts.count(text) > 1), None):
            raise forms.ValidationError(f"This is typed twice: “{twice[:80]}”")

    def filled(self) -> list[dict[str, Any]]:
        """What was typed in each row that is not empty."""
        return [form.cleaned_data for form in self.forms if form.has_changed() and form.is_valid()]


def resolution_rows(data: QueryDict | None, meeting: Meeting) -> Any:
    """The rows of the page."""
    kind = forms.formset_factory(
        ResolutionRow, formset=ResolutionRows, extra=AT_ONCE, max_num=MOST, absolute_max=MOST
    )
    return kind(data, form_kwargs={"meeting": meeting}, prefix="resolution")


class ResolutionForm(HeldForm):
    """Put a resolution right, with the reason."""

    permission = "committees.keep_requests"
    SENTENCES = {"resolution_is_recorded_once": (("text",), RECORDED)}

    class Meta:
        model = Resolution
        fields = ("decision", "text", "minute_reference", "paper")
        field_classes = {"text": Explanation}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = self.fields["paper"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = papers_of(self.instance.meeting)
        chosen.empty_label = "No paper"


class CallInForm(HeldForm):
    """Say that a decision of the executive was called in, and how that ended."""

    permission = "committees.keep_requests"
    SENTENCES = {
        "call_in_ends_on_a_day_with_an_outcome": (
            ("call_in_outcome",),
            "Enter how the call-in ended together with the day, not before it was called in",
        )
    }

    class Meta:
        model = Resolution
        fields = ("called_in_on", "call_in_outcome", "call_in_ended_on")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("called_in_on", "call_in_ended_on"):
            day = self.fields[name]
            assert isinstance(day, DateField)
            day.latest = today

    def clean_called_in_on(self) -> date | None:
        """A decision of the executive is, on or after the day of its meeting."""
        day: date | None = self.cleaned_data["called_in_on"]
        meeting = self.instance.meeting
        if day and not meeting.body.is_executive:
            raise forms.ValidationError("Only what the executive decides is called in")
        if day and day < meeting.held_on:
            raise forms.ValidationError(
                f"Enter {long_date(meeting.held_on)}, the day of the meeting, or later"
            )
        return day


class LinkedActionsForm(Form):
    """Name the actions that came of a resolution."""

    references = forms.CharField(
        label="Which actions came of it?",
        max_length=MOST * 22,
        help_text="References such as ACT-0042, with commas between them",
    )

    def __init__(self, data: QueryDict | None, *, resolution: Resolution, person: User) -> None:
        super().__init__(data)
        self.resolution, self.person = resolution, person

    def clean_references(self) -> list[Action]:
        """The actions, each once, among those the person may open. The sentence names the one that is not."""
        typed = [each.strip() for each in self.cleaned_data["references"].split(",") if each.strip()]
        if len(typed) > MOST:
            raise forms.ValidationError(f"Name {MOST} actions at most")
        return list(dict.fromkeys(self._action(each) for each in typed))

    def _action(self, typed: str) -> Action:
        found = Action.objects.to_name(typed, self.person)
        if found is None:
            raise forms.ValidationError(f"There is no action {typed} that you may open")
        return found

    def save(self) -> list[Action]:
        """The actions, linked; one that is linked already stays as it is."""
        named: list[Action] = self.cleaned_data["references"]
        with because(f"Came of {self.resolution}"):
            for action in named:
                ResolutionAction.objects.get_or_create(resolution=self.resolution, action=action)
        return named
