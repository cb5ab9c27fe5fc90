"""One row of the table of doors, and where its address comes from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.doors.who import NOBODY, NOT_TAKEN, OPEN, REFUSED, SIGN_IN, Outcome
from tests.doors.world import World


@dataclass(frozen=True)
class Door:
    """One row of the table. See the head of tests/permission_table.py."""

    name: str
    opens_to: frozenset[str]
    at: Callable[[World], list[Any]] = field(default=lambda world: [])
    methods: str = "GET"
    case: str = ""
    open: Outcome = OPEN
    others: Outcome = REFUSED
    refused: frozenset[str] = NOBODY
    stranger: Outcome = SIGN_IN
    public: bool = False
    development_only: bool = False

    def __str__(self) -> str:
        return f"{self.name} ({self.case})" if self.case else self.name

    def for_get(self, who: str) -> Outcome:
        """What a GET brings."""
        return self.expected(who) if "GET" in self.methods else self.without_method(who)

    def for_post(self, who: str) -> Outcome:
        """What a POST brings; OPEN stands for the form again, or the page after it."""
        return self.expected(who) if "POST" in self.methods else self.without_method(who)

    def expected(self, who: str) -> Outcome:
        """What the rules say."""
        if who == "stranger":
            return self.open if self.public else self.stranger
        if self.public or who in self.opens_to:
            return self.open
        return REFUSED if who in self.refused else self.others

    def without_method(self, who: str) -> Outcome:
        """What comes before the rules: the method is not taken."""
        return SIGN_IN if who == "stranger" and not self.public else NOT_TAKEN


def of_owner(thing: str, key: str) -> Callable[[World], list[Any]]:
    """The address of a thing of the owner's."""
    return lambda world: [getattr(getattr(world.owner, thing), key)]


def batch(state: str) -> Callable[[World], list[Any]]:
    """The address of the world's file brought in that is in this state."""
    return lambda world: [world.batches[state].pk]


def paper(name: str) -> Callable[[World], list[Any]]:
    """The address of one of the world's papers."""
    return lambda world: [getattr(world, name).pk]
