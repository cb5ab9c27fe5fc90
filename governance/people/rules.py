"""One question for every door: a rule is one predicate with a sentence (design 2.5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from governance.people.models import User

Predicate = Callable[..., bool]

RULES: dict[str, Predicate] = {}


def rule(permission: str) -> Callable[[Predicate], Predicate]:
    """Declare who may do one thing. The docstring is the sentence shown on the roles page."""

    def declare(predicate: Predicate) -> Predicate:
        if permission in RULES:
            raise ValueError(f"{permission} is declared twice")
        if not predicate.__doc__:
            raise ValueError(f"{permission} has no sentence")
        RULES[permission] = predicate
        return predicate

    return declare


class RuleBackend:
    """Django's authentication backend for permissions: asks the rules, and denies what none declares."""

    def authenticate(self, request: Any, **credentials: Any) -> None:
        """Signing in is left to allauth."""

    def has_perm(self, person: User, permission: str, subject: object = None) -> bool:
        """Raises KeyError for a permission that no room declares: a door without a rule is a fault."""
        predicate = RULES[permission]
        return predicate(person) if subject is None else predicate(person, subject)
