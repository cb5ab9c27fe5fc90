"""What waits for whom. Each room says it of its own; Home and the daily mail ask the same question."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from governance.core.together import ask_together

if TYPE_CHECKING:
    from governance.people.models import Role, User


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: its kind, what it is in words, the page where it is done, and about what."""

    kind: str
    words: str
    path: str
    references: tuple[str, ...] = ()
    # What each of them has come to, where that is to be told anew: a mail says again what has moved on.
    stages: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As the row of a mail keeps it, with the references of the entries it is about."""
        said: dict[str, Any] = {"kind": self.kind, "words": self.words, "path": self.path}
        said["references"] = list(self.references)
        return said | ({"stages": list(self.stages)} if self.stages else {})


# What waits for a person. What it has to look up it yields as a QuerySet first, or as several: each holds its
# rows once the function goes on, and is asked in one query with what the other functions look up.
Said = Waiting | QuerySet[Any] | tuple[QuerySet[Any], ...]
Source = Callable[["User"], Iterable[Said]]
# What each kind is called in lists, in the order in which the rooms made them known.
KINDS: dict[str, str] = {}
# What nobody can leave out of their mail.
ALWAYS: set[str] = set()
# Of what kinds nobody else may know that anybody was told: who holds one of these roles may.
ONLY_FOR: dict[str, tuple[Role, ...]] = {}
_SOURCES: list[tuple[Source, frozenset[str]]] = []


def waits(
    *, always: bool = False, only_for: tuple[Role, ...] = (), **kinds: str
) -> Callable[[Source], Source]:
    """Declare who is waited for: the function yields it for one person, as Waiting of these kinds.

    `kinds` are codes with what they are called. `always`: it cannot be left out of the mail.
    `only_for`: beside the person told, only who holds one of these roles may know that somebody was told.
    """

    def declare(source: Source) -> Source:
        if twice := KINDS.keys() & kinds.keys():
            raise ValueError(f"{', '.join(sorted(twice))} is declared twice")
        KINDS.update(kinds)
        ALWAYS.update(kinds if always else ())
        ONLY_FOR.update(dict.fromkeys(kinds, only_for) if only_for else {})
        _SOURCES.append((source, frozenset(kinds)))
        return source

    return declare


def all_waiting(
    person: User, *, but: Collection[str] = (), beside: Iterable[QuerySet[Any]] = ()
) -> list[Waiting]:
    """Everything that waits for this person today, `but` what the reader is shown otherwise.

    What the sources look up is asked together, and what the page asks `beside`.
    """
    sources = [iter(source(person)) for source, kinds in _SOURCES if not kinds <= set(but)]
    found: list[list[Waiting]] = [[] for _ in sources]
    asked = [*beside, *_went_on(sources, found)]
    while asked:
        ask_together(asked)
        asked = _went_on(sources, found)
    return [each for of_source in found for each in of_source if each.kind not in but]


def _went_on(sources: Sequence[Iterator[Said]], found: Sequence[list[Waiting]]) -> list[QuerySet[Any]]:
    """What the sources look up next, each having said what it found out so far."""
    asked: list[QuerySet[Any]] = []
    for source, own in zip(sources, found, strict=True):
        for said in source:
            if not isinstance(said, Waiting):
                asked.extend(said if isinstance(said, tuple) else (said,))
                break
            own.append(said)
    return asked


def kept_from(person: User) -> frozenset[str]:
    """The kinds of which this person may not know that others were told."""
    return frozenset(kind for kind, roles in ONLY_FOR.items() if not person.holds(*roles))


def references(entries: QuerySet[Any], path: str = "reference") -> QuerySet[Any]:
    """The references of entries, each once, in their order."""
    return entries.order_by(path).values_list(path, flat=True).distinct()
