"""What people type about more time: asking for it, answering, and asking no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict

from actions.forms.dates import DecidedForm
from actions.models import Action, Extension
from actions.models.extensions import decider_of
from actions.permissions.completions import may_set_approver
from governance.core.dates import long_date, today
from governance.core.forms import DateField, Explanation, Form
from governance.people.models import Post

if TYPE_CHECKING:
    from governance.people.models import User


class AskForm(Form):
    """Another due date, why, and who decides, where nobody is named. Whoever may not say who approves the
    action does not say that either: `nobody_decides`, and there is nothing to ask."""

    due_on = DateField(label="Until when do you ask for time?", subject="The new date")
    reason = Explanation(label="Why is more time needed?", help_text="Shown to whoever decides")
    decides = forms.ModelChoiceField(
        Post.objects.none(), required=False, label="Which post decides?", empty_label="No post: a committee"
    )
    body = forms.CharField(
        required=False,
        max_length=200,
        label="Or which committee decides?",
        help_text="Needed if no post decides. Its full name, such as Audit and Procurement Committee",
    )
    needed_if = ("decides", "body")

    def __init__(self, data: QueryDict | None, *, action: Action, person: User) -> None:
        super().__init__(data)
        self.named = decider_of(action)
        self.nobody_decides = not any(self.named) and not may_set_approver(person, action)
        if any(self.named):
            post, body = self.named
            self.fields["reason"].help_text = f"Shown to whoever decides: {post.title if post else body}"
            del self.fields["decides"], self.fields["body"]
        else:
            posts = self.fields["decides"]
            assert isinstance(posts, forms.ModelChoiceField)
            posts.queryset = Post.objects.exclude(pk=action.owner_id).order_by("title")

    def clean(self) -> dict[str, Any]:
        """Refuses neither a post nor a committee, and both."""
        typed = super().clean() or {}
        post, body = typed.get("decides"), typed.get("body")
        if "decides" in self.fields and "decides" not in self.errors and bool(post) == bool(body):
            both, neither = "Give the post or the committee, not both", "Say which post or committee decides"
            self.add_error("decides", both if post else neither)
        return typed

    def whom(self) -> tuple[Post | None, str]:
        """Who decides: as the action says, else as was typed."""
        if any(self.named):
            return self.named
        return self.cleaned_data["decides"], self.cleaned_data["body"]


class AnswerForm(DecidedForm):
    """Grant the date that was asked for, or another, or refuse. It carries the latest revision (`seen`)."""

    answer = forms.ChoiceField(
        label="What is the answer?",
        choices=[("granted", "Granted"), ("refused", "Refused")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it is granted or refused"},
    )
    due_on = DateField(
        label="Until when is it granted?", subject="The new date", help_text="Only if it is granted"
    )
    reason = Explanation(
        required=False, label="Why?", help_text="Needed to refuse. If it is granted, any condition"
    )
    minute = forms.CharField(
        max_length=100,
        label="Which minute records it?",
        help_text="The minute of the committee’s decision. For example, 31",
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    needed_if = ("due_on", "reason", "minute")  # their hints say when; of a committee the minute always
    field_order = ("knowing", "answer", "due_on", "reason", "minute", "effective_on")

    def __init__(self, data: QueryDict | None, *, request: Extension, person: User) -> None:
        latest = request.action.last_date_recorded()
        start = {"due_on": request.due_on, "effective_on": today(), "seen": latest}
        super().__init__(data, initial=start)
        self.action, self.person, self.request = request.action, person, request
        self.fields["due_on"].required = False
        if request.decides_id:  # a post decides when it says so
            del self.fields["minute"], self.fields["effective_on"]
        else:
            self.fields["effective_on"].label = "On which day did the committee meet?"
            self.fields["effective_on"].help_text = "For example, 24 10 2016"

    @property
    def grants(self) -> bool:
        """Is the answer yes?"""
        return bool(self.cleaned_data.get("answer") == Extension.Kind.GRANTED)

    def clean(self) -> dict[str, Any]:
        """Refuses to grant without a date, to refuse without a reason, and a committee without its minute."""
        typed = super().clean() or {}
        if self.grants and not typed.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Enter the new date")
        if not self.grants:
            self.errors.pop("due_on", None)
            if typed.get("answer") and not typed.get("reason") and "reason" not in self.errors:
                self.add_error("reason", "Say why it is refused")
        if "minute" in self.fields and not typed.get("minute") and "minute" not in self.errors:
            self.add_error("minute", "Enter the minute that records the decision of the committee")
        return typed

    def look_again(self) -> None:
        """Take what somebody else recorded of the date meanwhile as seen, once the page has said it."""
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        self.data["seen"] = str(self.action.last_date_recorded())

    @property
    def asked(self) -> str:
        """What was asked for, in words."""
        until = long_date(self.request.due_on) if self.request.due_on else ""
        return f"{self.request.action}: more time until {until}"


class WithdrawForm(Form):
    """Why more time is asked for no longer."""

    reason = Explanation(label="Why is it asked for no longer?", help_text="Shown beside the request")
