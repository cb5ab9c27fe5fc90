"""Asking the one question before a door opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.views.decorators.http import require_http_methods

if TYPE_CHECKING:
    from governance.people.models import User


class ToldWhyError(PermissionDenied):
    """Refused (403), with a sentence that says why to whoever asked."""


# For a view that shows a form and takes it.
get_and_post = require_http_methods(["GET", "HEAD", "POST"])


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also if it is nothing at all; None where the form is only shown."""
    return request.POST if request.method == "POST" else None


def require(request: HttpRequest, permission: str, subject: Any = None) -> None:
    """Raise PermissionDenied (403) unless the person who asks may do this, to this subject."""
    if not request.user.has_perm(permission, subject):
        raise PermissionDenied(permission)


def reader(request: HttpRequest) -> User:
    """The person who asks. Raises PermissionDenied (403) if nobody is signed in."""
    if not request.user.is_authenticated:
        raise PermissionDenied("Sign in first")
    return request.user
