"""Saying what takes the place of a withdrawn action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db import transaction
from django.http import QueryDict

from actions.forms.references import ActionsField
from actions.models import Action, ActionReplacement, Status
from governance.core.forms import Form
from governance.history.trail import because

if TYPE_CHECKING:
    from governance.people.models import User


GOES_ON = "{} is not withdrawn, so nothing takes its place"


class ReplacementForm(Form):
    """Name the actions that take its place."""

    replaced_by = ActionsField(
        label="Which actions take its place?",
        help_text="References such as ACT-0042, with commas between them",
    )

    def __init__(self, data: QueryDict | None, *, action: Action, person: User) -> None:
        super().__init__(data)
        self.action = action
        asked = self.fields["replaced_by"]
        assert isinstance(asked, ActionsField)
        asked.person, asked.but = person, action

    def clean_replaced_by(self) -> list[Action]:
        """Actions that are not recorded yet, of one that is withdrawn."""
        others: list[Action] = self.cleaned_data["replaced_by"]
        if self.action.status != Status.WITHDRAWN:
            raise forms.ValidationError(GOES_ON.format(self.action.reference))
        known = set(self.action.replacement_links.values_list("replacement", flat=True))
        if again := next((each for each in others if each.pk in known), None):
            raise forms.ValidationError(f"It is recorded already that {again.reference} takes its place")
        return others

    @transaction.atomic
    def saved(self) -> bool:
        """Record them; one that somebody else has named meanwhile stays. False, with a sentence, where
        somebody has opened the action again meanwhile."""
        held = Action.objects.select_for_update().get(pk=self.action.pk)
        if held.status != Status.WITHDRAWN or held.mistaken_at:
            self.add_error("replaced_by", GOES_ON.format(held.reference))
            return False
        with because(f"Said what takes the place of {held.reference}"):
            for other in self.cleaned_data["replaced_by"]:
                ActionReplacement.objects.get_or_create(action=held, replacement=other)
        return True
