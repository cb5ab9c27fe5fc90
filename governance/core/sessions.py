"""Sessions in the database, asked for only by keys that can be there."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """Django's, which hands Postgres whatever a cookie says; a NUL in it would be a failure."""

    def _validate_session_key(self, key: Any) -> bool:
        """Whether a key is made of letters and digits, as all that we make are."""
        valid: bool = super()._validate_session_key(key)  # type: ignore[misc]
        return valid and key.isascii() and key.isalnum()
