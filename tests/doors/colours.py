"""The doors of the rules for colours, and of colours that people set."""

from datetime import timedelta
from typing import Any

from actions.models.colour import COLOURED as ACTIONS
from governance.colours.models import ColourRule
from governance.colours.representations.definition import shipped
from governance.colours.services.override import set_colour
from governance.colours.services.rule import begin
from governance.core.dates import today
from risks.models.colour import COLOURED as RISKS
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


def a_coloured_risk(world: World) -> list[Any]:
    """A risk of the owner, with a rule in force."""
    rule_for("risks")
    return [world.owner.risk.reference]


def a_risk_with_a_set_colour(world: World) -> list[Any]:
    """The same, with a colour that the officer has set."""
    place, risk = a_coloured_risk(world), world.owner.risk
    if not risk.colours_set.exists():
        until, officer = today() + timedelta(days=9), world.cast["ig_officer"]
        set_colour(RISKS, risk, colour="green", until=until, reason="Seen", by=officer)
    return place


def an_action_with_a_set_colour(world: World) -> list[Any]:
    """The same, with a colour that the officer has set."""
    place, action = a_coloured_action(world), world.owner.action
    if not action.colours_set.exists():
        until, officer = today() + timedelta(days=9), world.cast["ig_officer"]
        set_colour(ACTIONS, action, colour="green", until=until, reason="Seen", by=officer)
    return place


COLOURS = [
    Door("colours:rules", EVERYBODY),
    Door("colours:rule", EVERYBODY, at=a_draft),
    Door("colours:new_rule", KEEPERS, at=lambda world: ["actions"], methods=GET_POST),
    Door("colours:write_rule", KEEPERS, at=a_draft, methods=GET_POST),
    Door("colours:adopt_rule", SIRO, at=a_draft, methods=GET_POST),
    Door("colours:withdraw_rule", SIRO, at=a_draft, methods=GET_POST),
    *(
        Door(
            name,
            SETTERS,
            at=at,
            methods=GET_POST,
            others=HIDDEN,
            refused=READERS - SETTERS | OWNER | SHUT_OUT,
        )
        for name, at in (
            ("actions:set_colour", a_coloured_action),
            ("actions:take_back_colour", an_action_with_a_set_colour),
            ("risks:set_colour", a_coloured_risk),
            ("risks:take_back_colour", a_risk_with_a_set_colour),
        )
    ),
]
