"""What people type about due dates: another date with who agreed to it, or that one is taken back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict

from actions.forms.knowing import KnowingForm
from actions.models import Action
from governance.core.dates import long_date, today
from governance.core.forms import DateField, Explanation, Form
from governance.core.forms.dates import PARTS
from governance.people.models import Post

if TYPE_CHECKING:
    from governance.people.models import User


class DecidedForm(KnowingForm):
    """On which day a date was agreed: not before the action was opened, and not to come."""

    action: Action

    effective_on = DateField(
        label="On which day?",
        subject="The day",
        help_text="Where a committee agreed, the day of its meeting. For example, 24 10 2016",
    )

    def clean_effective_on(self) -> date:
        """A day from the opening of the action until today."""
        day: date = self.cleaned_data["effective_on"]
        earliest = self.action.earliest()
        if day > today():
            sentence = f"The day is in the future. Enter today, {long_date(today())}, or an earlier day"
        elif day < earliest:
            sentence = f"The action was opened on {long_date(earliest)}. Enter that day or a later one"
        else:
            return day
        raise forms.ValidationError(sentence, params={"parts": PARTS})


class AgreedForm(DecidedForm):
    """Who agreed, and on which day: one post, or one committee, with the minute of its decision."""

    agreed_by = forms.ModelChoiceField(
        Post.objects.none(),
        required=False,
        label="Which post agreed?",
        empty_label="No post: a committee decided",
    )
    agreed_in = forms.CharField(
        required=False,
        max_length=200,
        label="Or which committee agreed?",
        help_text="Needed if no post agreed. Its full name, such as Audit and Procurement Committee",
    )
    minute = forms.CharField(
        required=False,
        max_length=100,
        label="Which minute records it?",
        help_text="Needed if a committee agreed, and only then. For example, 31",
    )
    needed_if = ("agreed_by", "agreed_in", "minute")

    def __init__(self, data: QueryDict | None, *, action: Action, **options: Any) -> None:
        super().__init__(data, **options)
        self.action = action
        posts = self.fields["agreed_by"]
        assert isinstance(posts, forms.ModelChoiceField)
        posts.queryset = Post.objects.exclude(pk=action.owner_id).order_by("title")

    def clean(self) -> dict[str, Any]:
        """Refuses neither a post nor a committee, and both; a committee without its minute, and a minute
        without a committee."""
        typed = super().clean() or {}
        post, body, minute = (typed.get(name) for name in ("agreed_by", "agreed_in", "minute"))
        if bool(post) == bool(body) and "agreed_by" not in self.errors:
            both, neither = "Give the post or the committee, not both", "Say which post or committee agreed"
            self.add_error("agreed_by", both if post else neither)
        elif body and not minute:
            self.add_error("minute", "Enter the minute that records the decision of the committee")
        elif minute and not body:
            self.add_error("minute", "A minute is of a committee. Name it, or leave the minute out")
        return typed


class MovingForm(KnowingForm):
    """Another due date, with the reason. It carries the latest revision that the person saw (`seen`)."""

    action: Action

    due_on = DateField(label="What is the new due date?", subject="The new date")
    reason = Explanation(label="Why does it move?", help_text="Kept with the date, and shown beside it")
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def see(self, action: Action, person: User) -> None:
        """Whose date the person sees now."""
        self.action, self.person = action, person
        self.initial["seen"] = action.last_date_recorded()

    def look_again(self) -> None:
        """Take what somebody else recorded meanwhile as seen, once the page has said it."""
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        self.data["seen"] = str(self.action.last_date_recorded())


class ReviseForm(MovingForm, AgreedForm):
    """Another due date, and who agreed to it in words."""

    field_order = ("knowing", "due_on", "reason", "agreed_by", "agreed_in", "minute", "effective_on")

    def __init__(self, data: QueryDict | None, *, action: Action, person: User) -> None:
        super().__init__(data, action=action, initial={"effective_on": today()})
        self.see(action, person)


class TakeBackForm(Form):
    """Why a date that was moved is taken back."""

    reason = Explanation(label="Why is it taken back?", help_text="Shown with the date, which stays")
