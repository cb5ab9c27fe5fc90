"""Asking the one question before a door opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

if TYPE_CHECKING:
    from governance.people.models import User


def require(request: HttpRequest, permission: str, subject: Any = None) -> None:
    """Raise PermissionDenied (403) unless the person who asks may do this, to this subject."""
    if not request.user.has_perm(permission, subject):
        raise PermissionDenied(permission)


def reader(request: HttpRequest) -> User:
    """The person who asks. Raises PermissionDenied (403) if nobody is signed in."""
    if not request.user.is_authenticated:
        raise PermissionDenied("Sign in first")
    return request.user
