"""One question for every door: a rule is one predicate with a sentence (design 2.5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

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


def sentences() -> dict[str, list[tuple[str, str]]]:
    """Who may do what, in words, room by room: ("view asset", "Readers of the registers, ...")."""
    rooms: dict[str, list[tuple[str, str]]] = {}
    for permission, predicate in sorted(RULES.items()):
        room, _, deed = permission.partition(".")
        first = (predicate.__doc__ or "").strip().split("\n\n")[0]
        rooms.setdefault(room, []).append((deed.replace("_", " ").capitalize(), " ".join(first.split())))
    return rooms


class RuleBackend:
    """Django's authentication backend for permissions: asks the rules, and denies what none declares."""

    def authenticate(self, request: Any, **credentials: Any) -> None:
        """Signing in is left to allauth."""

    def has_perm(self, person: User | AnonymousUser, permission: str, subject: object = None) -> bool:
        """Raises PermissionDenied instead of saying no, so that no backend behind this one is asked.

        Raises KeyError for a permission that no room declares: a door without a rule is a fault.
        """
        predicate = RULES[permission]
        asked = (person,) if subject is None else (person, subject)
        if not (person.is_active and predicate(*asked)):
            raise PermissionDenied(permission)
        return True
