"""Rules for tests, made by the services that the pages use."""

from dataclasses import replace
from datetime import date

from governance.colours.models import ColourRule
from governance.colours.representations.definition import Line, shipped
from governance.colours.services.rule import adopt, begin

LONG_AGO = date(2015, 4, 1)
OTHERS = Line("green", "On track")


def in_force(register="actions", *lines, from_on=LONG_AGO, **said):
    """A rule in force: as shipped, or with these lines and green in every other case."""
    says = shipped(register)
    if lines:
        says = replace(says, lines=(*lines, OTHERS))
    return adopt(begin(replace(says, **said)), from_on=from_on, reason="Cabinet, minute 64")


def rule_for(register="actions"):
    """The one in force, or the shipped one put in force."""
    return ColourRule.objects.of(register).adopted().first() or in_force(register)
