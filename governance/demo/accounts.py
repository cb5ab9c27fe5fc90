"""The demonstration's accounts: random passwords, shown once and kept where only this account reads them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import make_password

from governance.core.dates import today
from governance.people.models import RoleAssignment, User

# Without letters and digits that are taken for each other.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class Account(NamedTuple):
    """What somebody needs to sign in, and what for."""

    email: str
    password: str
    post: str
    roles: str


def place() -> Path:
    """The file that keeps them."""
    return Path(settings.VAR_DIR) / "demonstration-accounts.txt"


def new_password() -> str:
    """Three groups of five letters and digits: 74 bits, and still to be typed."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(3))


def give_passwords(people: Iterable[User]) -> list[Account]:
    """Set a new password for each, and say what they are."""
    people = list(people)
    passwords = [new_password() for _ in people]
    with ThreadPoolExecutor() as hashing:  # slow on purpose, and done outside Python's lock
        hashed = list(hashing.map(make_password, passwords))
    for person, password in zip(people, hashed, strict=True):
        person.password = password
        person.save(update_fields=["password"])
    return [
        Account(person.email, password, person.post_title, ", ".join(roles_of(person)))
        for person, password in zip(people, passwords, strict=True)
    ]


def roles_of(person: User) -> list[str]:
    """The names of the roles of the person's posts, each once."""
    held = RoleAssignment.objects.in_force(today()).filter(post__in=person.posts()).order_by("pk")
    return list(dict.fromkeys(assignment.get_role_display() for assignment in held))


def keep(accounts: Iterable[Account]) -> None:
    """Write them to the file, readable by this account only from the first byte."""
    lines = [f"{account.email}  {account.password}  {account.post} ({account.roles})" for account in accounts]
    place().parent.mkdir(parents=True, exist_ok=True)
    draft = place().with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write("\n".join([*lines, ""]))
    draft.replace(place())
