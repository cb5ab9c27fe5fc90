"""The columns that a register offers, of which each person chooses their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Value
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from governance.core.components import Column
from governance.people.models import ChosenColumns, SavedView, User

NOTHING = SafeString("")


def nothing(entry: Any) -> str:
    """No note."""
    return ""


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A column on offer: what it says of an entry, a note beside that, and which related records it reads.

    `reads` names the entry's own columns that it needs; without that all are brought.
    """

    code: str
    text: str
    said: Callable[[Any], Any]
    sort: str = ""
    note: Callable[[Any], str] = nothing
    related: tuple[str, ...] = ()
    reads: tuple[str, ...] | None = None
    by_default: bool = False

    @property
    def heading(self) -> Column:
        """Its heading in the table."""
        return Column(self.text, self.sort)


class View(NamedTuple):
    """A saved view as the register's page links to it."""

    name: str
    query: str
    is_shared: bool


class Likings(NamedTuple):
    """How a person likes to see a register."""

    columns: list[Offered]
    views: list[View]


def likings(person: User, register: str, offered: Sequence[Offered]) -> Likings:
    """The columns this person sees (those shown at first, until they choose) and the views they may open."""
    with connection.cursor() as cursor:
        cursor.execute(*_asked(person.pk, register))
        found = [View(*row) for row in cursor.fetchall()]
    wanted = " ".join(view.query for view in found if not view.name).split()
    shown = [each for each in offered if each.code in wanted]
    return Likings(
        shown or [each for each in offered if each.by_default],
        sorted(view for view in found if view.name),
    )


@lru_cache(maxsize=1_000)
def _asked(person: int, register: str) -> tuple[str, tuple[Any, ...]]:
    """What is asked for a person: the same each time, so Django words it once."""
    own = ChosenColumns.objects.filter(person=person, register=register).order_by()
    views = SavedView.objects.offered_to(User(pk=person), register).order_by()
    columns = own.values_list(Value(""), "codes", Value(False))  # noqa: FBT003
    both = columns.union(views.values_list("name", "query", "is_shared"), all=True)
    return both.query.sql_with_params()


def choose(person: User, register: str, codes: Iterable[str]) -> None:
    """Keep the choice for this person; none means what the register shows at first."""
    ChosenColumns.objects.update_or_create(
        person=person, register=register, defaults={"codes": " ".join(codes)}
    )


def cells(columns: Sequence[Offered], entry: Any) -> SafeString:
    """What the columns say of one entry, as cells of the table: drawn at once, since a page has hundreds."""
    if not columns:
        return NOTHING
    drawn = (part for column in columns for part in (_said(column, entry), _noted(column, entry)))
    return format_html("<td>{}{}</td>" * len(columns), *drawn)


def _said(column: Offered, entry: Any) -> Any:
    value = column.said(entry)
    return NOTHING if value is None else _escaped(value) if type(value) is str else value


def _noted(column: Offered, entry: Any) -> SafeString:
    note = column.note(entry)
    return format_html(' <strong class="app-missing">{}</strong>', note) if note else NOTHING


@lru_cache(maxsize=1_000)
def _escaped(words: str) -> SafeString:
    """Words as HTML: the entries of a page say the same few again and again."""
    return escape(words)


def read(columns: Sequence[Offered]) -> list[str]:
    """The entry's own columns that they need; none where one of them may need any."""
    needed = [column.reads for column in columns]
    return sorted({name for reads in needed for name in reads or ()}) if None not in needed else []


def related(columns: Sequence[Offered]) -> list[str]:
    """The related records that the columns read."""
    return sorted({name for column in columns for name in column.related})
