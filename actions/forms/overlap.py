"""Saying that an action overlaps with one of another plan, saying it otherwise, and which plans are seen
together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict

from actions.models import Action, ActionPlan, Overlap
from governance.core.forms import Explanation, Form
from governance.figures.forms import MomentForm

if TYPE_CHECKING:
    from governance.people.models import User

NONE = "none"
NO_OVERLAP = "They do not overlap after all"


class SayingForm(Form):
    """What an action is to one of another plan, and why that is so."""

    kind = forms.ChoiceField(
        label="What is this action to it?",
        choices=Overlap.Kind.choices,
        widget=forms.RadioSelect,
        help_text="Two actions that are the same count once where plans are counted together",
        error_messages={"required": "Select what this action is to the other"},
    )
    reason = Explanation(label="Why is that so?", help_text="Shown on the pages of both actions")

    def __init__(self, data: QueryDict | None, *, action: Action, person: User) -> None:
        super().__init__(data)
        self.action, self.person = action, person

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        return {name: self.cleaned_data[name] for name in ("kind", "reason")} | {"by": self.person}


class OverlapForm(SayingForm):
    """The same, of an action that is named by its reference."""

    other = forms.CharField(
        label="Reference of the other action", max_length=20, help_text="On another plan, such as IFC-03"
    )
    field_order = ("other", "kind", "reason")

    def clean_other(self) -> Action:
        """The action, among those that the person may open."""
        typed = self.cleaned_data["other"]
        found = Action.objects.to_name(typed, self.person)
        if found is None:
            raise forms.ValidationError(f"There is no action {typed} that you may open")
        return found


class OtherwiseForm(SayingForm):
    """The same of a pair of which something is said already."""

    def __init__(self, data: QueryDict | None, *, overlap: Overlap, action: Action, person: User) -> None:
        super().__init__(data, action=action, person=person)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [*Overlap.Kind.choices, (NONE, NO_OVERLAP)]
        self.standing = "" if overlap.void else overlap.seen_from(action).value
        kind.initial = self.standing

    def clean_kind(self) -> str | None:
        """What it is now; None where they do not overlap. Refuses what stands already."""
        kind = str(self.cleaned_data["kind"])
        if kind == self.standing:
            raise forms.ValidationError("That is what is recorded already. Select what it is instead")
        return None if kind == NONE else kind


class TogetherForm(MomentForm):
    """Which plans are counted together, and at which moment."""

    plans = forms.MultipleChoiceField(
        label="Action plans",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="All of them, if you choose none",
    )
    field_order: tuple[str, ...] = ("plans", "as_at", "known_at")

    def __init__(self, data: QueryDict, *, plans: list[ActionPlan]) -> None:
        super().__init__(data)
        self.offered = plans
        field = self.fields["plans"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(plan.code, plan.title) for plan in plans]

    def chosen(self) -> list[ActionPlan]:
        """The plans chosen; all, if none is or while what was typed cannot be read."""
        codes = self.cleaned_data.get("plans") if self.is_valid() else None
        return [plan for plan in self.offered if not codes or plan.code in codes]
