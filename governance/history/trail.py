"""Who writes, why, and in which request: put into the writing transaction, where the trigger reads it.

Set outside that transaction it would be empty in real requests and yet look right in a test.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.db import connection, transaction

WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE|MERGE|WITH|CALL|DO|COPY)\b", re.IGNORECASE)
SETTINGS = """SELECT set_config('app.user', %s, true), set_config('app.who', %s, true),
 set_config('app.post', %s, true), set_config('app.reason', %s, true), set_config('app.request', %s, true)"""


class Signatory(Protocol):
    """A person as the trail knows one: a number, a name to show, the post held today ("" if none)."""

    @property
    def pk(self) -> Any: ...
    @property
    def display_name(self) -> str: ...
    @property
    def post_title(self) -> str: ...


@dataclass(frozen=True)
class Trail:
    """What is written beside each version. `by` is asked only when something is written."""

    by: Callable[[], Signatory | None]
    reason: str = ""
    request_id: str = ""

    def values(self) -> tuple[str, str, str, str, str]:
        """User number, name, post, reason, request id; empty text where there is none."""
        if (person := self.by()) is None:
            return "", "", "", self.reason, self.request_id
        return str(person.pk), person.display_name, person.post_title, self.reason, self.request_id


_trail: ContextVar[Trail | None] = ContextVar("trail", default=None)


def _sign(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001
    """Django's execute wrapper: sign the transaction before each statement that writes.

    Signing each one, on the bare connection, is what survives a savepoint rolled back (which takes
    the setting with it) and a new transaction begun, without keeping account of either.
    """
    trail = _trail.get()
    if trail is None or not isinstance(sql, str) or not WRITING.match(sql):
        return execute(sql, params, many, context)
    values = trail.values()
    with transaction.atomic(savepoint=False):
        connection.connection.execute(SETTINGS, values)
        return execute(sql, params, many, context)


def sign(cursor: Any) -> None:
    """Put who and why into the transaction of another connection (the owner's, when it redacts)."""
    trail = _trail.get() or Trail(lambda: None)
    cursor.execute(SETTINGS, trail.values())


@contextmanager
def signed(
    by: Callable[[], Signatory | None] | Signatory | None, *, reason: str = "", request_id: str = ""
) -> Iterator[None]:
    """Everything written inside is recorded as done by this person, for this reason; the request stays."""
    asked = by if callable(by) else lambda: by
    around = _trail.get()
    request_id = request_id or (around.request_id if around else "")
    with _held(Trail(asked, reason, request_id)), connection.execute_wrapper(_sign):
        yield


@contextmanager
def because(reason: str) -> Iterator[None]:
    """Give the reason for what is written inside; the person and the request stay."""
    with _held(replace(_trail.get() or Trail(lambda: None), reason=reason)):
        yield


@contextmanager
def _held(trail: Trail) -> Iterator[None]:
    token = _trail.set(trail)
    try:
        yield
    finally:
        _trail.reset(token)
