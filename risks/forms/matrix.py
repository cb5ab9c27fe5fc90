"""Writing a version of the matrix, and putting it in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms

from governance.core.forms import Form
from risks.forms.matrix_fields import (
    LEVEL,
    cell,
    cell_fields,
    initial,
    level_fields,
    line_fields,
    step_fields,
)
from risks.models import Axis
from risks.representations.definition import Definition, Level, Step

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField

FROM_STANDING = "standing"


class MatrixForm(Form):
    """Everything a draft says: its levels, the words of its scales, a level for each cell, the two lines.

    The fields are made for the draft's own size and number of levels; `seen` is what it said when shown.
    """

    name = forms.CharField(max_length=120)
    source = forms.CharField(
        label="Where it comes from",
        max_length=300,
        required=False,
        help_text="For example the policy, and who approved it",
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, definition: Definition, **options: Any) -> None:
        self.size, self.ranks = definition.size, range(1, len(definition.levels) + 1)
        options.setdefault("initial", initial(definition))
        super().__init__(*args, **options)

    @classmethod
    def of(cls, data: Any, definition: Definition) -> MatrixForm:
        """The form for a draft that says `definition`, empty or with what was typed."""
        made = {**level_fields(definition), **step_fields(definition), **cell_fields(definition)}
        made |= line_fields(definition)
        kind: type[MatrixForm] = type("MatrixForm", (cls,), made)
        return kind(data, definition=definition)

    def clean(self) -> dict[str, Any]:
        """Words that tell levels and steps apart, and two lines in their order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.told_apart([f"level_{rank}_name" for rank in self.ranks], "level")
        for axis in Axis:
            self.told_apart([f"{axis}_{number}_name" for number in self.numbers], axis.value)
        appetite, tolerance = (int(cleaned.get(name) or 0) for name in ("appetite", "tolerance"))
        if appetite and tolerance and tolerance < appetite:
            self.add_error(
                "tolerance",
                "The highest level tolerated cannot be lower than the highest within appetite",
            )
        return cleaned

    def told_apart(self, names: list[str], what: str) -> None:
        """An error at each second use of a word."""
        met: set[str] = set()
        for name in names:
            word = self.cleaned_data.get(name, "")
            if word and word.casefold() in met:
                self.add_error(name, f"Another {what} is called {word} already")
            met.add(word.casefold())

    @property
    def numbers(self) -> range:
        """The steps of each scale."""
        return range(1, self.size + 1)

    def definition(self) -> Definition:
        """What was typed. Only of a form without errors."""
        said = self.cleaned_data
        levels = (Level(*(said[f"level_{rank}_{part}"] for part in LEVEL)) for rank in self.ranks)
        likelihood, impact = (
            tuple(
                Step(said[f"{axis}_{number}_name"], said[f"{axis}_{number}_meaning"])
                for number in self.numbers
            )
            for axis in (Axis.LIKELIHOOD, Axis.IMPACT)
        )
        return Definition(
            name=said["name"],
            source=said["source"],
            appetite=int(said["appetite"]),
            tolerance=int(said["tolerance"]),
            levels=tuple(levels),
            likelihood=likelihood,
            impact=impact,
            grid=tuple(tuple(int(said[cell(one, other)]) for other in self.numbers) for one in self.numbers),
        )

    # As the page lays it out

    def levels(self) -> Iterator[tuple[int, list[BoundField]]]:
        """The fields of each level, the lowest first."""
        for rank in self.ranks:
            yield (
                rank,
                [self[f"level_{rank}_{part}"] for part in LEVEL],
            )

    def scales(self) -> Iterator[tuple[str, list[tuple[int, BoundField, BoundField]]]]:
        """The fields of each scale: the step's number, its word, what it means."""
        for axis in Axis:
            yield (
                axis.label,
                [
                    (each, self[f"{axis}_{each}_name"], self[f"{axis}_{each}_meaning"])
                    for each in self.numbers
                ],
            )

    def grid(self) -> Iterator[tuple[int, list[BoundField]]]:
        """The fields of the cells, the highest likelihood first."""
        for likelihood in reversed(self.numbers):
            yield likelihood, [self[cell(likelihood, impact)] for impact in self.numbers]
