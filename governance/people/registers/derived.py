"""Columns of a file that only leave: what follows from others, or is changed on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from governance.people.registers.columns import Named

WHY_IGNORED = "Download only: it follows from other columns, or has a page, and is never read from a file"


@dataclass(frozen=True, kw_only=True)
class Derived:
    """A column that is written and never read: the lookup from a row, of what kind its values are.

    `reckon` gives what the database makes it of, where no lookup finds it as it is; `named` what its values
    are called. Each is asked once a file.
    """

    name: str
    heading: str
    path: str
    kind: str = "text"
    reckon: Callable[[], Any] | None = None
    named: Callable[[], Named] | None = None
