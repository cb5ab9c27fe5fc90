"""Writing a section of a draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.http import QueryDict

from governance.committees.bounds import LONGEST_SECTION, beyond_bounds
from governance.committees.inserted.refusing import problem_with
from governance.committees.models import Paper, PaperSection
from governance.core.dates import today
from governance.core.forms import VersionedForm
from governance.figures.moment import Moment
from governance.people.registers.sections import go_on_with


class SectionForm(VersionedForm):
    """One section of a draft. `place` moves it among the others."""

    joins = frozenset({"text"})
    place = forms.IntegerField(label="Place in the paper", min_value=1, help_text="1 is the first")
    seen_place = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = PaperSection
        fields = ["number", "heading", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 16})}
        help_texts = {
            "number": "Printed as typed, for example 2.1; without one it belongs to the front sheet",
            "text": "Lines of a list begin with “- ” or “1. ”, headings with “# ”; **strong**, *stressed*, "
            "[words](https://address). Sentences made from the figures are printed where {{summary}}, "
            "{{movement}} or {{waiting}} stands alone on a line; {{summary ico-2015}} is for one plan only. "
            "{{outstanding}} lists what the body still waits for, {{outstanding all}} what every body does, "
            "{{assurances}} what was assured of the plans and whether it was kept. "
            "{{figure actions.completed}} is a number: below are those there are",
        }

    def __init__(self, *args: Any, paper: Paper, draft: QueryDict | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.paper = paper
        self.instance.paper = paper
        self.fields["text"].max_length = LONGEST_SECTION  # type: ignore[attr-defined]
        self.fields["text"].validators.append(MaxLengthValidator(LONGEST_SECTION))
        self.last = paper.sections.count() + (0 if self.instance.pk else 1)
        self.standing = self.instance.position or self.last
        self.fields["place"].initial = self.fields["seen_place"].initial = self.standing
        go_on_with(self, draft)

    def moved_on(self, seen: int | None) -> Any:
        """The section as it stands if its words are not those seen; a new place alone is no conflict."""
        Paper.objects.locked().get(pk=self.paper.pk)
        standing = PaperSection.objects.select_for_update(of=("self",)).get(pk=self.instance.pk)
        return standing if standing.changed_since(seen) else None

    def clean(self) -> dict[str, Any]:
        """The paper as a whole stays within what the worker can lay out."""
        cleaned = super().clean()
        others = self.paper.sections.exclude(pk=self.instance.pk).values_list("text", flat=True)
        if too_much := beyond_bounds([*others, cleaned.get("text", "")]):
            self.add_error("text", too_much)
        elif wrong := problem_with([cleaned.get("text", "")], Moment.of(self.paper.as_at or today())):
            self.add_error("text", wrong)
        return cleaned

    def place_asked(self) -> int:
        """Where the section goes: where it is now, or last if it is new, unless another place was typed."""
        typed: int = self.cleaned_data["place"]
        if typed != self.cleaned_data.get("seen_place"):
            return typed
        return self.standing

    def save(self, commit: bool = True) -> PaperSection:  # noqa: FBT001, FBT002 - Django's signature
        """The section, with all of them numbered anew from 1 in their order."""
        with transaction.atomic():
            self.paper.make_room(self.instance, self.place_asked())
            saved: PaperSection = super().save(commit)
        return saved
