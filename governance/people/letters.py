"""What a person is told at once, and not with the mail of the day. Each room says it of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from governance.people.models import User
    from governance.people.waiting import Waiting


@dataclass(frozen=True)
class Letter:
    """What one person is told once: `about` names what it is about, and lasts."""

    person: User
    about: str
    told: Waiting


Source = Callable[[], Iterable[Letter]]
_SOURCES: list[Source] = []


def tells_at_once(source: Source) -> Source:
    """Declare what persons are told at once: the function yields all that is to be told by now."""
    _SOURCES.append(source)
    return source


def all_letters() -> Iterator[Letter]:
    """Everything that somebody is to be told at once, whether they were told already or not."""
    for source in _SOURCES:
        yield from source()
