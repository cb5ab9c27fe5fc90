"""Writing a model of maturity."""

from __future__ import annotations

from typing import Any

from django import forms

from actions.models.maturity import FEWEST_LEVELS, MOST_LEVELS
from actions.representations.maturity_definition import Definition, areas_of, levels_of
from governance.core.forms import ChangeReason, Explanation, Form
from governance.core.forms.adopting import BeginForm
from governance.core.steps import StepError

LEVELS = (
    "A line for each, from 1, the lowest: its number, then its name where it is known. Such as “2 formative”"
)
OWN = "own"
AREAS = (
    "A line for each area. Below it, where there are any, its criteria: a line for each that begins with a "
    "hyphen, such as “- Owners are trained”, or “- 3: Owners are trained” for one of level 3"
)


class MaturityModelForm(Form):
    """Everything a model says, its levels and areas as lines of text; `seen` is what it said when shown."""

    name = forms.CharField(max_length=120)
    source = forms.CharField(
        label="Where it comes from",
        max_length=300,
        required=False,
        help_text="For example the document in which it was published",
    )
    note = Explanation(label="What else is to be known of it", required=False)
    levels = Explanation(label="Levels", help_text=LEVELS, rows=6)
    areas = Explanation(label="Areas and their criteria", help_text=AREAS, rows=14, required=False)
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, says: Definition) -> None:
        typed = {"levels": says.levels_typed, "areas": says.areas_typed, "seen": says.digest}
        own = {name: getattr(says, name) for name in ("name", "source", "note")}
        super().__init__(data, initial=own | typed)

    def clean_levels(self) -> tuple[str, ...]:
        """The names of the levels, the lowest first. Raises ValidationError for a line that is wrong."""
        try:
            found = levels_of(self.cleaned_data["levels"])
        except StepError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if not FEWEST_LEVELS <= len(found) <= MOST_LEVELS:
            raise forms.ValidationError(f"Enter {FEWEST_LEVELS} to {MOST_LEVELS} levels, a line for each")
        return found

    def clean(self) -> dict[str, Any]:
        """The areas, read once it is known how many levels there are."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            cleaned["areas"] = areas_of(
                cleaned.get("areas", ""), len(cleaned.get("levels", "x" * MOST_LEVELS))
            )
        except StepError as wrong:
            self.add_error("areas", str(wrong))
        return cleaned

    def definition(self) -> Definition:
        """What was typed. Only of a form without errors."""
        said = self.cleaned_data
        return Definition(said["name"], said["source"], said["note"], said["levels"], said["areas"])


class UsedModelForm(MaturityModelForm):
    """The same for a model in use, with the reason: names of levels become known, areas are added."""

    reason = ChangeReason()


class BeginModelForm(BeginForm):
    """What a model begins as, and what it is called: its addresses are made of that and stay."""

    name = forms.CharField(
        label="What is it called?",
        max_length=120,
        required=False,
        help_text="Left empty, one that comes with the product keeps its own name",
    )

    def clean(self) -> dict[str, Any]:
        """A model of one's own has a name."""
        typed = super().clean() or self.cleaned_data
        if typed.get("start") == OWN and not typed.get("name"):
            self.add_error("name", "Enter what it is called: its addresses are made of that")
        return typed


class UseForm(Form):
    """Putting a model in use; `seen` is the digest of what was shown."""

    seen = forms.CharField(widget=forms.HiddenInput)
