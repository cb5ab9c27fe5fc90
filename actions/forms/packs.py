"""Making an evidence pack, laying its columns out as an auditor wants them, and signing it off."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from actions.models import EvidencePack, FollowUp, PackLayout
from actions.models.packs import pairs_of
from actions.representations.handed_over import FIELDS
from assets.forms.held import HeldForm, RowForm
from governance.core.dates import today
from governance.core.forms import DateField, Explanation, Form

MOST_COLUMNS, LONGEST_HEADING = 30, 100
COLUMNS_HELP = (
    "One column on each line: its heading in the auditor’s words, then = and what stands in it. "
    "For example, Ref = reference. What can stand in a column is listed on the page of layouts"
)


class PackForm(RowForm):
    """Make a pack for a follow-up."""

    taken = "There is a pack of that day in that layout already"
    SENTENCES: ClassVar[dict[str, Any]] = {
        "pack_of_a_follow_up_once_as_at_a_day_and_layout": (("as_at",), taken)
    }

    class Meta:
        model = EvidencePack
        fields = ("layout", "as_at")
        labels: ClassVar[dict[str, str]] = {
            "layout": "Layout of the auditor",
            "as_at": "As at the end of which day?",
        }
        field_classes: ClassVar[dict[str, Any]] = {"as_at": DateField}

    def __init__(self, data: QueryDict | None, *, follow_up: FollowUp) -> None:
        super().__init__(data, instance=EvidencePack(follow_up=follow_up))
        self.fields["as_at"].initial = today()

    def clean_as_at(self) -> Any:
        """A day that has come."""
        day = self.cleaned_data["as_at"]
        if day > today():
            raise forms.ValidationError("The day of the pack must be today or in the past")
        return day


class _Columns:
    """What both forms of a layout check."""

    cleaned_data: dict[str, Any]

    def clean_columns(self) -> str:
        """Lines that name a heading and something that a pack has, no heading twice."""
        text = str(self.cleaned_data["columns"]).replace("\r\n", "\n")
        pairs = pairs_of(text)
        if len(pairs) > MOST_COLUMNS:
            raise forms.ValidationError(f"A pack has {MOST_COLUMNS} columns at most, not {len(pairs)}")
        said: set[str] = set()
        for heading, name in pairs:
            if wrong := _wrong(heading, name, said):
                raise forms.ValidationError(wrong)
            said.add(heading.lower())
        return "\n".join(f"{heading} = {name}" for heading, name in pairs)


def _wrong(heading: str, name: str, said: set[str]) -> str:
    """What is wrong with a column, as a sentence; empty where nothing is."""
    if not heading:
        return f"“{name[:60]}” needs a heading, then =, then what stands in the column"
    if len(heading) > LONGEST_HEADING:
        return f"The heading “{heading[:40]}…” must be {LONGEST_HEADING} characters or fewer"
    if heading.lower() in said:
        return f"The heading “{heading}” stands there twice"
    if name not in FIELDS:
        return f"“{name[:60]}” under “{heading}” is nothing that a pack has. Choose from {', '.join(FIELDS)}"
    return ""


class NewLayoutForm(_Columns, RowForm):
    """Enter a layout."""

    taken = "A layout with this code is there already"

    class Meta:
        model = PackLayout
        fields = ("name", "code", "columns")
        labels: ClassVar[dict[str, str]] = {"code": "Short name for addresses", "columns": "Columns"}
        help_texts: ClassVar[dict[str, str]] = {"columns": COLUMNS_HELP}


class LayoutForm(_Columns, HeldForm):
    """Change a layout, with the reason; packs in it change with it, and say so where they were signed."""

    permission = "actions.keep_packs"

    class Meta:
        model = PackLayout
        fields = ("name", "columns")
        labels: ClassVar[dict[str, str]] = {"columns": "Columns"}
        help_texts: ClassVar[dict[str, str]] = {"columns": COLUMNS_HELP}


class SignPackForm(Form):
    """Sign a pack off as it was seen."""

    seen = forms.CharField(widget=forms.HiddenInput)
    note = Explanation(
        label="Anything to say with it", required=False, help_text="Shown beside the signature"
    )


class ReturnForm(Form):
    """Return a pack to those who make it."""

    reason = Explanation(
        label="What is to be done before you sign?", help_text="Shown on the page of the pack"
    )


class PutForwardForm(Form):
    """Put a pack forward that was returned."""

    reason = Explanation(
        label="What was done since it was returned?", help_text="Shown on the page of the pack"
    )
