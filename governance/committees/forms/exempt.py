"""Marking what of a paper is not for publication."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from django import forms

from governance.committees.models import Exemption
from governance.committees.schedule12a import schedule
from governance.core.forms import Explanation, VersionedForm


class ExemptionForm(VersionedForm):
    """Which law keeps a part from the public, and why.

    Who may not take the mark off (`may_unmark`) does not weaken it either: what is confidential stays so, and
    a heading that is withheld too.
    """

    mark_optional = False

    paragraph = forms.ChoiceField(
        label="Which paragraph of Schedule 12A?",
        required=False,
        widget=forms.RadioSelect,
        help_text="For exempt information",
    )
    reason = Explanation(
        label="Why is it not for publication?",
        help_text="For exempt information this is printed in the paper: do not give away what is withheld. "
        "Say why the public interest in keeping it outweighs that in disclosing it. For confidential "
        "information it is not printed: say who forbids it, and how",
    )

    class Meta:
        model = Exemption
        fields = ["kind", "paragraph", "reason", "withholds_heading"]
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, may_unmark: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_unmark:
            self.fields["kind"].disabled = self.instance.is_confidential
            self.fields["withholds_heading"].disabled = self.instance.withholds_heading
        paragraph = self.fields["paragraph"]
        assert isinstance(paragraph, forms.ChoiceField)
        paragraph.choices = schedule().choices()
        if not self.instance.section_id:
            del self.fields["withholds_heading"]

    def clean(self) -> dict[str, Any]:
        """Exempt information names its paragraph, and confidential information has none."""
        cleaned = super().clean()
        if cleaned.get("kind") == Exemption.Kind.CONFIDENTIAL:
            cleaned["paragraph"] = ""
        elif not cleaned.get("paragraph") and "paragraph" not in self.errors:
            self.add_error("paragraph", "Choose the paragraph that describes the exempt information")
        return cleaned

    def save(self, commit: bool = True) -> Exemption:  # noqa: FBT001, FBT002 - Django's signature
        """The mark, with the description as it stands today."""
        self.instance.description = schedule().paragraphs.get(self.cleaned_data["paragraph"], "")
        saved: Exemption = super().save(commit)
        return saved


class ExemptRowForm(ExemptionForm):
    """The same for a row of a list in the paper, by its reference; `rows` are those that there are.

    A mark stays with its row: for another row there is another mark.
    """

    row = forms.CharField(
        label="Reference of the row",
        max_length=80,
        help_text="As the lists of the paper have it. The reference itself stays, and the row is counted",
    )
    field_order = ("row", "kind", "paragraph", "reason")

    class Meta(ExemptionForm.Meta):
        fields = ["row", "kind", "paragraph", "reason", "withholds_heading"]

    def __init__(self, *args: Any, rows: Set[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = rows
        self.fields["row"].disabled = bool(self.instance.pk)

    def clean_row(self) -> str:
        """One of the rows that the paper lists, marked once."""
        row: str = self.cleaned_data["row"].strip()
        if self.instance.pk:
            return row
        if row not in self.rows:
            raise forms.ValidationError(f"No list of the paper has a row “{row}”")
        others = self.instance.paper.exemptions.filter(row=row)
        if others.exists():
            raise forms.ValidationError(f"The row “{row}” is marked already")
        return row
