"""Lifting an exemption, and withdrawing a paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings

from governance.committees.forms.dates import ResolutionField
from governance.committees.models import Edition, Paper, Resolution, Takedown
from governance.core.forms import Explanation, Form, VersionedForm


class LiftForm(Form):
    """Who decides that it is published, and why; that the officer looked, where there are `doubts`."""

    mark_optional = False

    decided = forms.ChoiceField(
        label="Who decided it?", choices=Edition.Decided.choices, widget=forms.RadioSelect
    )
    resolution = ResolutionField(
        Resolution.objects.none(),
        label="Resolution",
        required=False,
        help_text="Where the meeting resolved it",
    )
    reason = Explanation(label="Why is it published now?", help_text="Printed in the new public version")
    looked = forms.BooleanField(
        label="I looked myself, and nothing that is still withheld is told by this",
        error_messages={"required": "Say that you looked yourself"},
    )

    def __init__(self, *args: Any, paper: Paper, doubts: Sequence[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        if doubts:
            self.fields["looked"].help_text = f"{'. '.join(doubts)}. Printed in the new public version"
        else:
            del self.fields["looked"]
        chosen = self.fields["resolution"]
        assert isinstance(chosen, forms.ModelChoiceField)
        later = Resolution.objects.filter(
            meeting__body=paper.meeting.body_id, meeting__held_on__gte=paper.meeting.held_on
        )
        chosen.queryset = later.for_page().prefetch_related("meeting__body__former_names")

    def clean(self) -> dict[str, Any]:
        """A meeting decides by a resolution, and the officer without one."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("decided") == Edition.Decided.OFFICER:
            said["resolution"] = None
        elif said.get("decided") and not said.get("resolution") and "resolution" not in self.errors:
            self.add_error("resolution", "Choose the resolution by which the meeting decided it")
        return said


class TakedownForm(VersionedForm):
    """What is withdrawn, by whose authority, why, and what replaces it.

    Where anybody may read the paper, its public page can be withdrawn alone, and the paper itself later.
    """

    reason = Explanation(label="Why is it withdrawn?", help_text="Stands on the page in place of the paper")

    class Meta:
        model = Takedown
        fields = ["reach", "authority", "reason", "replaced_by"]
        widgets = {"reach": forms.RadioSelect}
        error_messages = {"authority": {"required": "Enter by whose authority it is withdrawn"}}
        help_texts = {
            "reach": "Where its public page alone is withdrawn, whoever signs in to read papers still can",
            "authority": "For example, Monitoring officer, under section 5 of the Local Government and "
            "Housing Act 1989",
            "replaced_by": "A paper issued instead, if there is one. It can be added later",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = self.fields["replaced_by"]
        assert isinstance(chosen, forms.ModelChoiceField)
        paper = self.instance.paper
        others = Paper.objects.issued().filter(meeting__body=paper.meeting.body_id).exclude(pk=paper.pk)
        chosen.queryset = others.order_by("-meeting__held_on", "title")
        public = settings.PUBLISHED_PAPERS and Paper.objects.public().filter(pk=paper.pk).exists()
        # Where the page alone was withdrawn before, nobody withdraws the paper without saying so
        if not public and self.instance.reach == Takedown.Reach.PAPER:
            del self.fields["reach"]

    def clean_reach(self) -> str:
        """A paper that is withdrawn is not served again."""
        reach: str = self.cleaned_data["reach"]
        if (
            self.initial.get("reach") == Takedown.Reach.PAPER
            and self.instance.pk
            and reach != Takedown.Reach.PAPER
        ):
            raise forms.ValidationError("The paper itself is withdrawn already, and stays so")
        return reach
