"""Asking the one question before a door opens."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def require(request: HttpRequest, permission: str, subject: object = None) -> None:
    """Raise PermissionDenied (403) unless the person who asks may do this, to this subject."""
    if not request.user.has_perm(permission, subject):
        raise PermissionDenied(permission)
