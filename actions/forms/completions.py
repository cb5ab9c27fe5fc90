"""What people type about completions: who approves, that it is approved, that it is verified."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.template.defaultfilters import pluralize

from actions.models import Action, ActionPlan, ActionQuerySet, Status
from actions.permissions.completions import own_to_all_in
from actions.representations.completions import some_of
from governance.core.dates import long_date, today
from governance.core.forms import ChangeReason, DateField, Explanation, Form, VersionedForm
from governance.core.forms.dates import PARTS
from governance.history.trail import because
from governance.people.models import Post

LABELS = {
    "approver": "Which post approves?",
    "approving_body": "Or which body or cabinet member?",
}
ONE = "Give the post or the body, not both"
LEFT = "{} {} approval by {}, and nobody would be left to give it. Name who approves instead"


class ApproverForm(VersionedForm):
    """Who approves an action; with neither, what the plan says holds."""

    what = "its completion"
    change_reason = ChangeReason()

    class Meta:
        model: ClassVar[Any] = Action
        fields = ("approver", "approving_body")
        labels = LABELS

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        posts = self.fields["approver"]
        assert isinstance(posts, forms.ModelChoiceField)
        own = [self.instance.owner_id] if isinstance(self.instance, Action) else []
        posts.queryset = Post.objects.exclude(pk__in=own).order_by("title")

    def clean(self) -> dict[str, Any]:
        """Refuses a post and a body at once."""
        typed = super().clean()
        if typed.get("approver") and typed.get("approving_body"):
            self.add_error("approver", ONE)
        if not self.errors and (left := self.left_waiting(typed)):
            who, references = left[0].approver_named, [each.reference for each in left]
            self.add_error(
                "approver",
                LEFT.format(some_of(references), pluralize(left, "awaits,await"), who),
            )
        return typed

    def left_waiting(self, typed: dict[str, Any]) -> list[Action]:
        """What awaits approval, and would have nobody left to give it."""
        return left_by(self.instance, [self.instance], typed)

    def own_to_it(self) -> list[str]:
        """References of what the post named cannot approve, since everybody in it owns or claims that."""
        return self._own_of(Action.objects.filter(pk=self.instance.pk))

    def _own_of(self, actions: ActionQuerySet) -> list[str]:
        post = self.cleaned_data.get("approver")
        return own_to_all_in(post, actions.exclude(status__in=Status.closed())) if post else []

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - as Django's own
        """The entry, with the reason in its history."""
        with because(self.cleaned_data["change_reason"]):
            return super().save(commit)


class PlanApproverForm(ApproverForm):
    """Who approves the actions of a plan that name nobody of their own."""

    what = "its completions"

    class Meta(ApproverForm.Meta):
        model: ClassVar[Any] = ActionPlan

    def left_waiting(self, typed: dict[str, Any]) -> list[Action]:
        """Of its actions that name nobody of their own."""
        unnamed = self.instance.actions.filter(approver=None, approving_body="").awaiting()
        return left_by(self.instance, unnamed.select_related("owner"), typed)

    def own_to_it(self) -> list[str]:
        """Of its actions that name nobody of their own, and that another post owns."""
        unnamed = Action.objects.filter(plan=self.instance, approver=None, approving_body="")
        return self._own_of(unnamed.exclude(owner=self.cleaned_data.get("approver")))


def left_by(held: Action | ActionPlan, actions: Iterable[Action], typed: dict[str, Any]) -> list[Action]:
    """Which of these actions await approval by somebody, and by nobody once that holds of one or its plan."""
    changed: Any = copy(held)
    changed.approver, changed.approving_body = typed.get("approver"), typed.get("approving_body", "")
    waiting = [each for each in actions if each.status == Status.AWAITING_APPROVAL and each.approver_named]
    return [each for each in waiting if not _with(each, changed).approver_named]


def _with(action: Action, changed: Any) -> Action:
    """The action as it would be."""
    if isinstance(changed, Action):
        return changed
    found = copy(action)
    found.plan = changed
    return found


class FoundForm(Form):
    """What was found of a claim, from which day."""

    basis = Explanation(label="What does it rest on?", help_text="What was seen, and where it can be found")
    effective_on = DateField(label="On which day?", subject="The day", help_text="For example, 24 10 2016")

    def __init__(self, data: QueryDict | None, *, action: Action) -> None:
        super().__init__(data, initial={"effective_on": today()})
        self.action = action

    def clean_effective_on(self) -> date:
        """Today or an earlier day; the service compares it with the claim."""
        day: date = self.cleaned_data["effective_on"]
        if day > today():
            sentence = f"The day is in the future. Enter today, {long_date(today())}, or an earlier day"
            raise forms.ValidationError(sentence, params={"parts": PARTS})
        return day


class ApproveForm(FoundForm):
    """Approve a claim; of a body, the decision is named."""

    decision = forms.CharField(max_length=300)
    waiver = Explanation(
        label="If it still waits for something, why does it go ahead all the same?", required=False
    )

    field_order = ("decision", "basis", "effective_on", "waiver")

    def __init__(self, data: QueryDict | None, *, action: Action) -> None:
        super().__init__(data, action=action)
        post, body = action.approved_by_whom
        if post:
            del self.fields["decision"]
            return
        decision = self.fields["decision"]
        decision.label = f"In which decision of {body}?" if body else "In which decision?"
        decision.error_messages["required"] = f"Answer “{decision.label}”"
        decision.help_text = f"For example, {body or 'the committee'}, 24 October 2016, item 4"
        self.fields[
            "effective_on"
        ].help_text = "The day of that decision: the day of the claim or later. For example, 24 10 2016"


class RefuseForm(FoundForm):
    """Say why a claim is not approved."""

    basis = Explanation(
        label="Why is it not approved?", help_text="What is missing, so that its owner knows what to do"
    )


class VerifyForm(FoundForm):
    """Say that the completion was checked."""


class TakeBackForm(Form):
    """Why an approval or a verification is taken back."""

    reason = Explanation(label="Why is it taken back?", help_text="Shown with it; both stay to be read")
