"""The doors of the rules for colours, and of colours that people set."""

from datetime import timedelta
from typing import Any

from actions.models.colour import COLOURED
from governance.colours.models import ColourRule
from governance.colours.representations.definition import shipped
from governance.colours.services.override import set_colour
from governance.colours.services.rule import begin
from governance.core.dates import today
from tests.colours.factories import rule_for
from tests.doors.door import Door
from tests.doors.who import EVERYBODY, GET_POST, HIDDEN, KEEPERS, OWNER, READERS, SHUT_OUT
from tests.doors.world import World

SIRO = frozenset({"siro"})
SETTERS = KEEPERS | SIRO


def a_draft(world: World) -> list[Any]:
    """The number of a version that is being written, by nobody who is asked."""
    found = ColourRule.objects.filter(from_on=None).first() or begin(shipped("actions"))
    return [found.number]


def a_coloured_action(world: World) -> list[Any]:
    """An action of the owner, with a rule in force."""
    rule_for("actions")
    return [world.owner.action.reference]


def an_action_with_a_set_colour(world: World) -> list[Any]:
    """The same, with a colour that the officer has set."""
    place, action = a_coloured_action(world), world.owner.action
    if not action.colours_set.exists():
        until, officer = today() + timedelta(days=9), world.cast["ig_officer"]
        set_colour(COLOURED, action, colour="green", until=until, reason="Seen", by=officer)
    return place


COLOURS = [
    Door("colours:rules", EVERYBODY),
    Door("colours:rule", EVERYBODY, at=a_draft),
    Door("colours:new_rule", KEEPERS, at=lambda world: ["actions"], methods=GET_POST),
    Door("colours:write_rule", KEEPERS, at=a_draft, methods=GET_POST),
    Door("colours:adopt_rule", SIRO, at=a_draft, methods=GET_POST),
    Door(
        "actions:set_colour",
        SETTERS,
        at=a_coloured_action,
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - SETTERS | OWNER | SHUT_OUT,
    ),
    Door(
        "actions:take_back_colour",
        SETTERS,
        at=an_action_with_a_set_colour,
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - SETTERS | OWNER | SHUT_OUT,
    ),
]
