"""Writing a version of a rule, and putting it in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms

from governance.colours.models import OTHERWISE, REGISTERS, Colour
from governance.colours.models.rule import MOST_DAYS, MOST_LINES, MOST_MONTHS
from governance.colours.representations.definition import Definition, Line
from governance.core.forms import DateField, Form, adopting

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField

PARTS = ("colour", "condition", "days", "and_condition", "and_days", "words")
LAST_PARTS = ("colour", "words")
CELLS = (
    ("Colour", ("colour",)),
    ("If it", ("condition", "days")),
    ("And it", ("and_condition", "and_days")),
    ("What it means", ("words",)),
)
LINES = range(1, MOST_LINES)  # the last one, which always holds, has fields of its own


class RuleForm(Form):
    """Everything a draft says; `seen` is what it said when shown. A line without a condition is left out."""

    name = forms.CharField(max_length=120)
    source = forms.CharField(
        label="Where it comes from", max_length=300, required=False, help_text="For example who approved it"
    )
    override_months = forms.IntegerField(
        label="For how many months may a person set another colour?",
        min_value=1,
        max_value=MOST_MONTHS,
        widget=forms.NumberInput({"class": "govuk-input--width-2"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, definition: Definition) -> None:
        self.register = definition.register
        self.known = REGISTERS[definition.register].by_key
        super().__init__(data, initial=initial(definition))
        offered = [("", "No line"), *((key, each.label) for key, each in self.known.items())]
        for number in LINES:
            self.fields |= line_fields(number, offered)
        self.fields |= {
            "last_colour": forms.ChoiceField(label="Colour in every other case", choices=Colour.choices),
            "last_words": forms.CharField(label="What it means in every other case", max_length=120),
        }

    def clean(self) -> dict[str, Any]:
        """Each line that has a condition has its colour, its words and the numbers that it needs."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for number in LINES:
            self.check_line(number, cleaned)
        return cleaned

    def check_line(self, number: int, cleaned: dict[str, Any]) -> None:
        """An error at each field of a line that is missing, or says what no condition takes."""
        said = {part: cleaned.get(f"line_{number}_{part}") for part in PARTS}
        if not said["condition"]:
            if any(said[part] not in (None, "") for part in ("and_condition", "days", "and_days", "words")):
                self.add_error(f"line_{number}_condition", f"Select a condition for line {number}")
            return
        if not said["colour"]:
            self.add_error(f"line_{number}_colour", f"Select a colour for line {number}")
        if not said["words"]:
            self.add_error(f"line_{number}_words", f"Enter what line {number} means")
        for condition, days in (("condition", "days"), ("and_condition", "and_days")):
            self.check_days(f"line_{number}_{days}", str(said[condition] or ""), said[days], number)

    def check_days(self, field: str, condition: str, days: int | None, number: int) -> None:
        """A number of days where the condition takes one, and nowhere else."""
        if field in self.errors:
            return
        takes = bool(condition) and self.known[condition].takes_days if condition in self.known else False
        if takes and days is None:
            self.add_error(field, f"Enter the number of days for line {number}")
        elif days is not None and not takes:
            self.add_error(field, f"Line {number} has a number of days that its condition does not take")

    def definition(self) -> Definition:
        """What was typed. Only of a form without errors."""
        said = self.cleaned_data
        lines = [
            Line(**{part: said[f"line_{number}_{part}"] for part in PARTS})
            for number in LINES
            if said[f"line_{number}_condition"]
        ]
        last = Line(said["last_colour"], said["last_words"], OTHERWISE)
        return Definition(
            self.register, said["name"], said["source"], said["override_months"], (*lines, last)
        )

    # As the page lays it out

    def lines(self) -> Iterator[tuple[int, list[tuple[str, list[BoundField]]]]]:
        """The fields of each line, in the order in which they are tried: by cell, under its heading."""
        for number in LINES:
            yield (
                number,
                [(heading, [self[f"line_{number}_{part}"] for part in parts]) for heading, parts in CELLS],
            )


def initial(definition: Definition) -> dict[str, Any]:
    """What the fields say before anything is typed."""
    *lines, last = definition.lines
    said: dict[str, Any] = {
        "name": definition.name,
        "source": definition.source,
        "override_months": definition.override_months,
        "seen": definition.digest,
        "last_colour": last.colour,
        "last_words": last.words,
    }
    for number, line in enumerate(lines, start=1):
        said |= {f"line_{number}_{part}": getattr(line, part) for part in PARTS}
    return said


def line_fields(number: int, offered: list[tuple[str, str]]) -> dict[str, forms.Field]:
    """The fields of one line. Nothing is required: `clean` says what a line needs."""
    colours = [("", "No colour"), *Colour.choices]
    narrow = forms.NumberInput({"class": "govuk-input--width-4"})
    days: dict[str, Any] = {"required": False, "min_value": 0, "max_value": MOST_DAYS, "widget": narrow}
    second = [("", "Nothing more"), *offered[1:]]
    made: dict[str, forms.Field] = {
        "colour": forms.ChoiceField(label=f"Colour of line {number}", choices=colours, required=False),
        "condition": forms.ChoiceField(label=f"Condition of line {number}", choices=offered, required=False),
        "days": forms.IntegerField(label=f"Days of line {number}", **days),
        "and_condition": forms.ChoiceField(
            label=f"Second condition of line {number}", choices=second, required=False
        ),
        "and_days": forms.IntegerField(label=f"Days of the second condition of line {number}", **days),
        "words": forms.CharField(
            label=f"What line {number} means",
            max_length=120,
            required=False,
            widget=forms.TextInput({"size": 48}),
        ),
    }
    return {f"line_{number}_{part}": field for part, field in made.items()}


class AdoptForm(adopting.AdoptForm):
    """The same, with the days that a rule for colours may be in force from."""

    from_on = DateField(
        label="In force from",
        subject="the day from which it is in force",
        help_text="Tomorrow at the earliest, but for the first of a register; within a year",
    )
