"""The cast: one person for each role, and three who hold none for the whole council.

Everybody sits in a post, since posts carry roles. Beside the roles there are "owner" and "other_owner",
each the information asset owner of a unit with an asset, a risk and an action, and "outsider", who may sign
in and nothing else. A person's post is at `person.post`; an owner has `.asset`, `.risk` and `.action`.
"""

from typing import Any

import pytest
from django.test import Client

from governance.people.models import Role, User
from tests.factories import (
    ActionFactory,
    AssetFactory,
    PostFactory,
    PostHoldingFactory,
    RiskFactory,
    RoleAssignmentFactory,
    UnitFactory,
    UserFactory,
)

Cast = dict[str, Any]


def play(name: str, role: str | None = None, unit: Any = None) -> Any:
    """A person in a post of their own, which carries the role for a unit or, without one, for all."""
    words = name.replace("_", " ")
    post = PostFactory(
        code=name.replace("_", "-"), title=words.capitalize(), **({"unit": unit} if unit else {})
    )
    person = UserFactory(email=f"{name}@northmere.example", display_name=f"The {words}")
    PostHoldingFactory(post=post, person=person)
    if role:
        RoleAssignmentFactory(post=post, role=role, unit=unit)
    return known(person, post)


def known(person: User, post: Any) -> Any:
    """The person, with the post at hand. Read anew, so that nothing held is remembered from before."""
    found: Any = User.objects.get(pk=person.pk)
    found.post = post
    return found


def play_owner(name: str) -> Any:
    """An information asset owner of a unit that has something in each register."""
    person = play(name, Role.IAO, UnitFactory(code=f"{name.replace('_', '-')}-unit"))
    person.asset = AssetFactory(owner=person.post)
    person.risk = RiskFactory(owner=person.post, asset=person.asset)
    person.action = ActionFactory(owner=person.post)
    return person


@pytest.fixture
def cast(db: None) -> Cast:
    """Every Role code, and "owner", "other_owner" and "outsider"."""
    return assemble()


def assemble() -> Cast:
    """The whole cast, written to the database."""
    found: Cast = {str(role): play(str(role), role) for role in Role}
    for name in ("owner", "other_owner"):
        found[name] = play_owner(name)
    found["outsider"] = play("outsider")
    return found


def signed_in(person: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def ig_officer(db: None) -> Any:
    """The information governance officer."""
    return play("ig_officer", Role.IG_OFFICER)


@pytest.fixture
def records_manager(db: None) -> Any:
    """The records manager."""
    return play("records_manager", Role.RECORDS_MANAGER)


@pytest.fixture
def siro(db: None) -> Any:
    """The senior information risk owner."""
    return play("siro", Role.SIRO)


@pytest.fixture
def committee_officer(db: None) -> Any:
    """The committee officer."""
    return play("committee_officer", Role.COMMITTEE_OFFICER)


@pytest.fixture
def auditor(db: None) -> Any:
    """The internal auditor."""
    return play("internal_auditor", Role.INTERNAL_AUDITOR)


@pytest.fixture
def administrator(db: None) -> Any:
    """The administrator, who has no register rights by that alone."""
    return play("administrator", Role.ADMINISTRATOR)


@pytest.fixture
def owner(db: None) -> Any:
    """An information asset owner with an asset, a risk and an action."""
    return play_owner("owner")


@pytest.fixture
def other_owner(db: None) -> Any:
    """Another, of another unit."""
    return play_owner("other_owner")


@pytest.fixture
def outsider(db: None) -> Any:
    """Somebody who may sign in and holds no role."""
    return play("outsider")
