"""Rules for colours, what they may ask, and colours that a person sets for a time."""

from governance.colours.models.computing import (
    computed,
    every_line,
    lines_of,
    lines_on,
    told_of,
    with_colours,
)
from governance.colours.models.override import Override, OverrideQuerySet
from governance.colours.models.rule import OTHERWISE, Colour, ColourLine, ColourRule
from governance.colours.models.vocabulary import REGISTERS, Coloured, Condition

__all__ = [
    "OTHERWISE",
    "REGISTERS",
    "Colour",
    "ColourLine",
    "ColourRule",
    "Coloured",
    "Condition",
    "Override",
    "OverrideQuerySet",
    "computed",
    "every_line",
    "lines_of",
    "lines_on",
    "told_of",
    "with_colours",
]
