"""The fields of a matrix, made for its size and its number of levels."""

from __future__ import annotations

from itertools import product
from typing import Any

from django import forms

from risks.models import Axis, Tone
from risks.models.matrix import RegisterLevel
from risks.representations.definition import Definition

# What is said of each level, and of the version itself.
LEVEL = ("name", "tone", "review_months", "belongs_on")
VERSION = ("name", "source", "appetite", "tolerance")


def cell(likelihood: int, impact: int) -> str:
    """The name of the field of a cell."""
    return f"cell_{likelihood}_{impact}"


def initial(definition: Definition) -> dict[str, Any]:
    """What the fields say before anything is typed."""
    said: dict[str, Any] = {
        name: getattr(definition, name) for name in ("name", "source", "appetite", "tolerance")
    }
    said["seen"] = definition.digest
    for rank, level in enumerate(definition.levels, start=1):
        said |= {f"level_{rank}_{part}": value for part, value in vars(level).items()}
    for axis in Axis:
        for number, step in enumerate(definition.steps(axis), start=1):
            said |= {f"{axis}_{number}_{part}": value for part, value in vars(step).items()}
    for one, other in product(range(definition.size), repeat=2):
        said[cell(one + 1, other + 1)] = definition.grid[one][other]
    return said


def level_fields(definition: Definition) -> dict[str, forms.Field]:
    """For each level its word, its colour, how often it is reviewed, and whose register it belongs on."""
    made: dict[str, forms.Field] = {}
    for rank in range(1, len(definition.levels) + 1):
        made |= {
            f"level_{rank}_name": forms.CharField(label=f"Name of level {rank}", max_length=40),
            f"level_{rank}_tone": forms.ChoiceField(label=f"Colour of level {rank}", choices=Tone.choices),
            f"level_{rank}_review_months": forms.IntegerField(
                label=f"Months between reviews at level {rank}", min_value=1, max_value=60
            ),
            f"level_{rank}_belongs_on": forms.ChoiceField(
                label=f"Register of level {rank}", choices=RegisterLevel.choices
            ),
        }
    return made


def step_fields(definition: Definition) -> dict[str, forms.Field]:
    """For each step of the two scales its word and what it means."""
    made: dict[str, forms.Field] = {}
    for axis, number in product(Axis, range(1, definition.size + 1)):
        made |= {
            f"{axis}_{number}_name": forms.CharField(label=f"{axis.label} {number}", max_length=40),
            f"{axis}_{number}_meaning": forms.CharField(
                label=f"What {axis.label.lower()} {number} means", max_length=300, required=False
            ),
        }
    return made


def named_levels(definition: Definition) -> list[tuple[int, str]]:
    """Levels to choose from, as they were called when the page was opened."""
    return [(rank, each.name) for rank, each in enumerate(definition.levels, start=1)]


def cell_fields(definition: Definition) -> dict[str, forms.Field]:
    """A level for each likelihood with each impact."""
    return {
        cell(one, other): forms.ChoiceField(
            label=f"Level for likelihood {one} with impact {other}", choices=named_levels(definition)
        )
        for one, other in product(range(1, definition.size + 1), repeat=2)
    }


def line_fields(definition: Definition) -> dict[str, forms.Field]:
    """The lines of appetite and of tolerance."""
    return {
        "appetite": forms.ChoiceField(
            label="Highest level within appetite",
            choices=named_levels(definition),
            help_text="A risk above it is more than the council is ready to bear, and is escalated",
        ),
        "tolerance": forms.ChoiceField(
            label="Highest level that is tolerated",
            choices=named_levels(definition),
            help_text="A risk above it is unacceptable whatever is gained",
        ),
    }
