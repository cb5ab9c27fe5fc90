"""People, posts and the council's structure. Roles are held by posts, posts by people, both for a time."""

from governance.people.models.controller import Controller
from governance.people.models.dated import Dated, DatedQuerySet, Known, KnownVersionQuerySet
from governance.people.models.draft import Draft
from governance.people.models.guess import Guess, TooManyGuessesError
from governance.people.models.person import User, UserQuerySet
from governance.people.models.role import Role
from governance.people.models.saved import ChosenColumns, SavedView
from governance.people.models.structure import (
    OrganisationalUnit,
    Post,
    PostHolding,
    PostQuerySet,
    RoleAssignment,
)

__all__ = [
    "ChosenColumns",
    "Controller",
    "Dated",
    "DatedQuerySet",
    "Draft",
    "Guess",
    "Known",
    "KnownVersionQuerySet",
    "OrganisationalUnit",
    "Post",
    "PostHolding",
    "PostQuerySet",
    "Role",
    "RoleAssignment",
    "SavedView",
    "TooManyGuessesError",
    "User",
    "UserQuerySet",
]
