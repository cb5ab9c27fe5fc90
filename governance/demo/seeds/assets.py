"""What Northmere's officer has said of the assets since they were brought in."""

from __future__ import annotations

from governance.people.models import User


def enter(by: User) -> None:
    """Nothing yet."""
