"""Saying what an action waits on, and that it does so no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import IntegrityError, transaction
from django.http import QueryDict

from actions.models import Action, Dependency, OrderCycleError, Status
from assets.forms.held import RowForm
from governance.core.dates import today
from governance.core.forms import ChangeReason, Explanation, Form
from governance.core.locks import Lock, one_at_a_time
from governance.core.refusals import rule_of
from governance.history.trail import because
from governance.people.models import Post, PostHolding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from governance.people.models import User

ITSELF = "An action cannot wait on itself"
TAKEN = "It is recorded already that this action waits on that"
IN_ERROR = "One of the two actions was taken off meanwhile, as entered in error"
WHY = "Say why it is said all the same, or select “To finish”"


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
        "dependency_is_not_on_itself": (("needs_action",), ITSELF),
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
        self.was_warned = data is not None and "why" in data
        if self.was_warned:
            self.fields["why"] = _why()

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
        typed = super().clean() or self.cleaned_data
        self.mind_circle(typed.get("needs_action"))
        if self.has_begun_without(typed) and not typed.get("why"):
            self.ask_why(is_told=self.was_warned)
        return typed

    def mind_circle(self, needed: Action | None) -> None:
        """Refuses that it waits on itself, also all the way round, before a reason for anything is asked."""
        if needed and needed == self.instance.action:
            self.add_error("needs_action", ITSELF)
        elif needed:
            would = Dependency(action=self.instance.action, needs_action=needed, from_on=today())
            if circle := would.circle():
                self.add_error("needs_action", circle)

    def has_begun_without(self, typed: dict[str, Any]) -> bool:
        """Has the action begun, which is said to need this to start, and is that not there?"""
        action, needed = self.instance.action, typed.get("needs_action")
        if typed.get("holds_up") != Dependency.Step.START or action.status not in Status.begun():
            return False
        if post := typed.get("needs_post"):
            return not PostHolding.objects.in_force(today()).filter(post=post).exists()
        return needed is not None and needed.status not in Status.closed()

    def ask_why(self, *, is_told: bool = True) -> None:
        """Put in the field for the reason; `is_told`: it was asked for before, and is missing."""
        state = self.instance.action.get_status_display().lower()
        begun = f"{self.instance.action.reference} has begun already: it is {state}"
        self.fields["why"] = _why()
        self.add_error("why", WHY if is_told else f"{begun}. {WHY}")

    def saved(self, reason: str) -> bool:
        """Write it. False where it would close a circle, or somebody else was faster: the form says so."""
        why = self.cleaned_data.get("why")
        try:
            return super().saved(f"{reason}: {why}" if why else reason)
        except OrderCycleError as circle:
            self.add_error("needs_action", str(circle))
            return False


def _why() -> Explanation:
    """The field for the reason to say of what has begun that it could not."""
    return Explanation(
        label="Why is it said all the same?", required=False, help_text="Kept in the history of the action"
    )


class EndNeedForm(Form):
    """Say why an action waits on something no longer; `instead`: what it may wait on in place of that."""

    change_reason = ChangeReason(label="Why does it no longer wait on this?")

    def __init__(self, data: QueryDict | None, *, instead: Sequence[Action] = ()) -> None:
        super().__init__(data)
        self.offered = {each.reference: each for each in instead}
        if self.offered:
            self.fields["instead"] = forms.MultipleChoiceField(
                label="What does it wait on instead?",
                choices=[(reference, str(each)) for reference, each in self.offered.items()],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                help_text="What takes the place of the withdrawn action. Leave it empty if it waits on none",
            )

    def end(self, need: Dependency) -> bool:
        """Let it end, and let it wait on what was chosen instead. False, with a sentence, where somebody else
        has ended it or said the other meanwhile, or that would be a circle."""
        try:
            with transaction.atomic(), because(self.cleaned_data["change_reason"]):
                return self._end(need)
        except OrderCycleError as circle:
            self.add_error("instead", str(circle))
        except IntegrityError as refused:
            self.add_error("instead", IN_ERROR if "in error" in rule_of(refused) else TAKEN)
        return False

    def _end(self, need: Dependency) -> bool:
        one_at_a_time(Lock.ORDER_OF_WORK)  # before its row, as whatever else writes the order of work
        standing = Dependency.objects.for_change().in_force(today()).filter(pk=need.pk).first()
        if standing is None:
            self.add_error(None, "Somebody else has ended this already")
            return False
        same = {name: getattr(standing, name) for name in ("action_id", "holds_up", "note")}
        standing.let_go(today())
        for reference in self.cleaned_data.get("instead", ()):
            Dependency.objects.create(needs_action=self.offered[reference], from_on=today(), **same)
        return True
