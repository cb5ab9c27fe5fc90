"""A figure is a query, never a number (design 2.1).

Every count that a page, a paper, the command line or the interface for programs shows comes from one
figure here: its value is the number of its rows, and its rows can always be opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar
from urllib.parse import urlencode

from django.db.models import Count, Model, QuerySet
from django.urls import reverse

from governance.core.addresses import address

if TYPE_CHECKING:
    from governance.figures.moment import Moment, Scope
    from governance.people.models import User

M = TypeVar("M", bound=Model)


class Column(NamedTuple):
    """A column of the drill-down: heading, path from the row, and how it is shown."""

    heading: str
    path: str
    kind: str = "text"  # text, date, status or rating


class Entry(NamedTuple):
    """One row behind a figure: the subject counted, and the evidence that puts it there."""

    subject: int
    reference: str
    evidence_kind: str
    evidence: int


@dataclass(frozen=True)
class Shape:
    """What the rows of a figure are, so that one page can list them and the ledger can store them.

    Paths are Django lookups from the row. `page` is the URL name of the subject's page, which takes
    its reference; `permission` is what a reader needs to open the list, in which each sees what is
    visible to them (the rows' `visible_to`).
    """

    subject: str
    reference: str
    evidence_kind: str
    page: str
    permission: str
    columns: tuple[Column, ...]
    dimensions: Mapping[str, str]
    noun: str = "row"
    evidence: str = "pk"

    def address(self, reference: str) -> str:
        """The address of the page of one subject."""
        return reverse(self.page, args=[reference])


@dataclass(frozen=True)
class Figure(Generic[M]):
    """A named count with its definition in words."""

    key: str
    title: str
    definition: str
    shape: Shape
    query: Callable[[Moment, Scope], QuerySet[M]]

    def rows(self, moment: Moment, scope: Scope) -> QuerySet[M]:
        """The rows counted: one for each subject."""
        return self.query(moment, scope)

    def value(self, moment: Moment, scope: Scope) -> int:
        """The number of rows."""
        return self.rows(moment, scope).count()

    def address(self, moment: Moment, scope: Scope, **dimensions: str) -> str:
        """Where its rows can be opened, all of them or those of one value of a dimension."""
        asked = [*scope.query(), *dimensions.items(), *moment.query().items()]
        return f"{address('figures:figure', self.key)}?{urlencode(asked)}"

    def by(self, moment: Moment, scope: Scope, *dimensions: str) -> dict[Any, int]:
        """The value broken down, in one query. Keys are single values, or tuples for several dimensions.

        Raises KeyError for a dimension the figure does not declare.
        """
        counted = self.grouped(moment, scope, *dimensions)
        return {(row[0] if len(dimensions) == 1 else row[:-1]): row[-1] for row in counted}

    def grouped(self, moment: Moment, scope: Scope, *dimensions: str) -> QuerySet[Any]:
        """The same as rows: the values of the dimensions, then the number. Raises KeyError."""
        paths = [self.shape.dimensions[name] for name in dimensions]
        rows: Any = self.rows(moment, scope).order_by().values_list(*paths)
        found: QuerySet[Any] = rows.annotate(rows=Count("pk"))
        return found

    def entries(self, moment: Moment, scope: Scope) -> list[Entry]:
        """Each row as (subject, reference, evidence kind, evidence), by reference, in one query."""
        return self.entries_of(self.rows(moment, scope))

    def entries_of(self, rows: QuerySet[Any]) -> list[Entry]:
        """Some of the figure's rows as entries, by reference."""
        shape = self.shape
        found = rows.order_by(shape.reference).values_list(shape.subject, shape.reference, shape.evidence)
        return [
            Entry(subject, reference, shape.evidence_kind, evidence) for subject, reference, evidence in found
        ]


class Movement(NamedTuple):
    """What came into a figure between two moments, and what left it. `entered` is "a further 38"."""

    entered: list[Entry]
    left: list[Entry]


def movement(earlier: Iterable[Entry], later: Iterable[Entry]) -> Movement:
    """Compare the subjects of one figure at two moments."""
    before, after = {e.subject: e for e in earlier}, {e.subject: e for e in later}
    return Movement(
        entered=[entry for subject, entry in after.items() if subject not in before],
        left=[entry for subject, entry in before.items() if subject not in after],
    )


class UnknownFigureError(LookupError):
    """No figure has that key."""


FIGURES: dict[str, Figure[Any]] = {}

# Which codes exist, for each part of a scope: declared by the room that owns them.
SCOPE_PARTS: dict[str, Callable[[], Iterable[str]]] = {}
# The titles of some codes of a part, of those that a person may open: declared by the room too.
SCOPE_TITLES: dict[str, Callable[[Sequence[str], User], Mapping[str, str]]] = {}
# Parts each code of which stands for many of another part: which one, and those of some at a moment.
SCOPE_WIDE: dict[str, tuple[str, Callable[[Sequence[str], Moment], Iterable[str]]]] = {}


def figure(
    key: str, *, title: str, definition: str, shape: Shape
) -> Callable[[Callable[[Moment, Scope], QuerySet[M]]], Figure[M]]:
    """Declare a figure. Raises ValueError if the key is taken."""

    def declare(query: Callable[[Moment, Scope], QuerySet[M]]) -> Figure[M]:
        if key in FIGURES:
            raise ValueError(f"the figure {key} is declared twice")
        FIGURES[key] = found = Figure(key, title, definition, shape, query)
        return found

    return declare


def get_figure(key: str) -> Figure[Any]:
    """The figure of that key. Raises UnknownFigureError naming those there are."""
    try:
        return FIGURES[key]
    except KeyError:
        raise UnknownFigureError(
            f"There is no figure “{key}”. There are: {', '.join(sorted(FIGURES))}."
        ) from None
