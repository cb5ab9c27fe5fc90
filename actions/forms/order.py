"""Saying what an action waits on, and that it does so no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.http import QueryDict

from actions.models import Action, Dependency, OrderCycleError, Status
from assets.forms.held import RowForm
from governance.core.dates import today
from governance.core.forms import ChangeReason, Form
from governance.history.trail import because
from governance.people.models import Post

if TYPE_CHECKING:
    from governance.people.models import User

TAKEN = "It is recorded already that this action waits on that"


class NeedForm(RowForm):
    """Say that an action cannot start, or finish, before another is completed or a post is filled."""

    needs_action = forms.CharField(
        label="Reference of the action that it waits on",
        max_length=20,
        required=False,
        help_text="Such as ACT-0042. Leave empty if it waits on a post",
    )
    needs_post = forms.ModelChoiceField(
        Post.objects.order_by("title"),
        label="Or the post that it waits on",
        required=False,
        empty_label="No post",
        help_text="It waits until somebody is in the post",
    )
    holds_up = forms.ChoiceField(
        label="What can it not do before?",
        choices=Dependency.Step.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what it cannot do before"},
    )
    taken = TAKEN
    SENTENCES = {
        "dependency_needs_one_thing": (("needs_action",), "Enter an action or choose a post, one of the two"),
        "dependency_is_not_on_itself": (("needs_action",), "An action cannot wait on itself"),
        "dependency_on_an_action_once": (("needs_action",), TAKEN),
        "dependency_on_a_post_once": (("needs_post",), TAKEN),
    }

    class Meta:
        model = Dependency
        fields = ("needs_action", "needs_post", "holds_up", "note")

    def __init__(self, data: QueryDict | None, *, action: Action, person: User) -> None:
        super().__init__(data, instance=Dependency(action=action, from_on=today()))
        self.person = person
        self.fields["note"].label = "Why is it needed?"

    def clean_needs_action(self) -> Action | None:
        """The action, among those that the person may open and that are not withdrawn."""
        if not (typed := self.cleaned_data["needs_action"]):
            return None
        found = Action.objects.to_name(typed, self.person)
        if found is None:
            raise forms.ValidationError(f"There is no action {typed} that you may open")
        if found.status == Status.WITHDRAWN:
            raise forms.ValidationError(f"{found.reference} was withdrawn: nothing can wait on it")
        return found

    def clean(self) -> dict[str, Any]:
        """Refuses what is closed: it waits on nothing any more."""
        action = self.instance.action
        if action.status in Status.closed():
            state = action.get_status_display().lower()
            self.add_error(None, f"{action.reference} is {state}, so it waits on nothing any more")
        return super().clean() or {}

    def saved(self, reason: str) -> bool:
        """Write it. False where it would close a circle, or somebody else was faster: the form says so."""
        try:
            return super().saved(reason)
        except OrderCycleError as circle:
            self.add_error("needs_action", str(circle))
            return False


class EndNeedForm(Form):
    """Say why an action waits on something no longer."""

    change_reason = ChangeReason(label="Why does it no longer wait on this?")

    def end(self, need: Dependency) -> bool:
        """Let it end. False, with a sentence, where somebody else has ended it meanwhile."""
        with transaction.atomic(), because(self.cleaned_data["change_reason"]):
            standing = Dependency.objects.for_change().in_force(today()).filter(pk=need.pk).first()
            if standing is None:
                self.add_error(None, "Somebody else has ended this already")
                return False
            standing.let_go(today())
        return True
