"""Saying what an action is for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import QueryDict

from actions.models import Action, Milestone, Principle, Workstream
from actions.models.sight import Placed, lead_to, place, placed
from governance.core.forms import ChangeReason, Form
from governance.history.trail import because

FASTER = "Somebody else changed this while you were looking at it. Check what stands now, and save again"


def in_text(stands: Placed) -> str:
    """What stands, as the form carries it."""
    return ".".join(
        str(key or 0) for key in (stands.milestone, stands.workstream, *sorted(stands.principles))
    )


class SightForm(Form):
    """The workstream of an action, its principles and its milestone. It carries what the person saw, in
    `seen`."""

    workstream = forms.ModelChoiceField(
        Workstream.objects.none(), required=False, label="Workstream", empty_label="No workstream"
    )
    principles = forms.ModelMultipleChoiceField(
        Principle.objects.none(),
        required=False,
        label="Principles it puts into practice",
        widget=forms.CheckboxSelectMultiple,
    )
    milestone = forms.ModelChoiceField(
        Milestone.objects.none(), required=False, label="Milestone of the plan", empty_label="No milestone"
    )
    change_reason = ChangeReason()
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(self, data: QueryDict | None, *, action: Action) -> None:
        self.action, self.stands = action, placed(action)
        workstream, principles, milestone = self.stands
        said = {"workstream": workstream, "principles": [*principles], "milestone": milestone}
        super().__init__(data, initial={**said, "seen": in_text(self.stands)})
        self.offer("workstream", Workstream.objects.offered(also=workstream))
        chosen = Principle.objects.filter(pk__in=principles)
        self.offer("principles", Principle.objects.offered() | chosen)
        self.offer("milestone", Milestone.objects.filter(plan=action.plan_id).for_page())

    def offer(self, name: str, choices: Any) -> None:
        """What may be chosen there."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = choices

    def clean(self) -> dict[str, Any]:
        """Refuses what was typed before somebody else's change was seen; what was chosen stays chosen."""
        typed = super().clean() or self.cleaned_data
        Action.objects.select_for_update(of=("self",)).get(pk=self.action.pk)
        if (stands := in_text(placed(self.action))) != typed.get("seen"):
            assert isinstance(self.data, QueryDict)
            self.data = self.data.copy()
            self.data["seen"] = stands
            self.add_error(None, FASTER)
        return typed

    def save(self) -> None:
        """Put the action there, with the reason."""
        with transaction.atomic(), because(self.cleaned_data["change_reason"]):
            place(self.action, self.cleaned_data["workstream"], self.cleaned_data["principles"])
            lead_to(self.action, self.cleaned_data["milestone"])
