"""Scoring a risk: one cell of the council's matrix, and why."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict

from governance.core.dates import today
from governance.core.forms import DateField, Explanation, Form
from risks.models import Assessment, MatrixCell

if TYPE_CHECKING:
    from risks.models import RiskMatrix


class ScoreForm(Form):
    """A score of one kind under the matrix in force today; `seen` is the latest score that was shown."""

    cell = forms.ChoiceField(
        label="Which likelihood and impact?",
        error_messages={"required": "Select the likelihood and impact in the table"},
    )
    reason = Explanation(
        label="Why this score?",
        help_text="What you know that makes it so likely and so harmful. Where nothing has changed, say how "
        "you looked",
    )
    waiver = Explanation(
        label="Why may the target be above the current score?",
        required=False,
        help_text="Only where it is",
    )
    on = DateField(label="From which day does it hold?", subject="the day from which it holds", latest=today)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None, *, kind: str, matrix: RiskMatrix, seen: Assessment | None
    ) -> None:
        key = seen.pk if seen else None
        super().__init__(data, initial={"on": today(), "seen": key, "cell": seen and seen.cell_id})
        self.kind, self.latest = kind, seen
        self.cells = {each.pk: each for each in matrix.cells.select_related("level", "matrix")}
        sides = range(matrix.size, 0, -1), range(1, matrix.size + 1)
        at = {(each.likelihood, each.impact): each for each in self.cells.values()}
        self.ordered = [at[place] for place in product(*sides)]
        field = self.fields["cell"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.pk, str(each)) for each in self.ordered]
        if kind != Assessment.Kind.TARGET:
            del self.fields["waiver"]

    def chosen(self) -> MatrixCell:
        """The cell that was chosen. Only of a form without errors."""
        return self.cells[int(self.cleaned_data["cell"])]

    def said(self) -> dict[str, Any]:
        """What is said beside the cell, as the services take it. Only of a form without errors."""
        names = ("reason", "waiver", "on", "seen")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}

    def show_again(self, latest: Assessment) -> None:
        """What is saved next comes after `latest`, which the person has been told of."""
        self.data = {**dict(self.data.items()), "seen": latest.pk}


class CorrectScoreForm(ScoreForm):
    """Put a score right, or say that it never happened."""

    RIGHT, NEVER = "right", "never"

    what = forms.ChoiceField(
        label="What was wrong?",
        choices=[(RIGHT, "The cell or the day: another takes its place"), (NEVER, "All of it: never scored")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what was wrong"},
    )

    field_order = ("what", "cell", "waiver", "on", "reason")

    def __init__(self, data: QueryDict | None, *, wrong: Assessment) -> None:
        self.wrong = wrong
        super().__init__(data, kind=wrong.kind, matrix=wrong.cell.matrix, seen=wrong)
        self.initial.update(on=wrong.effective_on, waiver=wrong.waiver)
        del self.fields["seen"]
        self.fields["reason"].label = "Why is it corrected?"
        self.fields["reason"].help_text = "Shown with the correction wherever it appears"

    @property
    def is_void(self) -> bool:
        """Does it say that this was never scored?"""
        return self.cleaned_data.get("what") == self.NEVER

    def clean(self) -> dict[str, Any]:
        """Refuses a correction that changes nothing. Beside "never scored", cell and day do not count."""
        cleaned = super().clean() or {}
        if self.is_void:
            for name in ("cell", "on", "waiver"):
                self.errors.pop(name, None)
        elif not self.errors and self.changes_nothing(cleaned):
            self.add_error("cell", "That is the score as it stands. Select another cell, or change the day")
        return cleaned

    def changes_nothing(self, typed: dict[str, Any]) -> bool:
        """Is what was typed the score as it is?"""
        same = (int(typed["cell"]), typed["on"]) == (self.wrong.cell_id, self.wrong.effective_on)
        return same and not self.wrong.void and typed.get("waiver", "") == self.wrong.waiver

    def corrected(self) -> dict[str, Any]:
        """What `correct` is told. Only of a form without errors."""
        if self.is_void:
            return {"void": True, "reason": self.cleaned_data["reason"]}
        return {"cell": self.chosen(), **self.said()}
