"""The rows behind a figure, as the drill-down page and the pages of papers list them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from governance.figures.asking import AskedBadlyError, moment_asked
from governance.figures.figure import Column, Figure, Shape
from governance.figures.moment import Moment, Scope

if TYPE_CHECKING:
    from governance.people.models import User


class Cell(NamedTuple):
    """One value of one row and how it is shown: text, date or status."""

    value: Any
    kind: str


class Line(NamedTuple):
    """One row behind a figure: the subject's reference and page, and what the shape's columns show."""

    reference: str
    address: str
    cells: Sequence[Cell]


def lines(shape: Shape, rows: QuerySet[Any]) -> LazyLines:
    """The rows in the order of their references, read only as far as they are shown."""
    paths = [shape.reference, *(column.path for column in shape.columns)]
    return LazyLines(shape, rows.order_by(shape.reference).values_list(*paths))


class LazyLines:
    """A list of lines for a paginator: counts and slices in the database."""

    def __init__(self, shape: Shape, rows: QuerySet[Any]) -> None:
        self.shape, self.rows = shape, rows

    def count(self) -> int:
        """How many there are."""
        return self.rows.count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Line]:
        return [_line(self.shape, row) for row in self.rows[part]]


def _line(shape: Shape, row: Sequence[Any]) -> Line:
    reference, *values = row
    cells = [
        Cell(_said(column, value), column.kind) for column, value in zip(shape.columns, values, strict=True)
    ]
    return Line(reference, shape.address(reference), cells)


def _said(column: Column, value: Any) -> Any:
    return "" if value is None else value


@dataclass(frozen=True)
class Listing:
    """What a drill-down page lists: a figure at a moment, or with `since` what came into it after that."""

    figure: Figure[Any]
    moment: Moment
    scope: Scope
    dimensions: Mapping[str, str]
    since: Moment | None = None

    @classmethod
    def asked(
        cls,
        figure: Figure[Any],
        moment: Moment,
        scope: Scope,
        dimensions: Mapping[str, str],
        since: str | None,
    ) -> Listing:
        """The listing with the earlier day as typed: as known then. Raises AskedBadlyError."""
        earlier = moment_asked(since, since) if since else None
        return cls(figure, moment, scope, dimensions, earlier)

    def rows(self) -> Any:
        """The rows listed: a QuerySet with `visible_to`."""
        found = self._at(self.moment)
        if self.since is None:
            return found
        subject = self.figure.shape.subject
        return found.exclude(**{f"{subject}__in": self._at(self.since).order_by().values(subject)})

    def left(self) -> Any | None:
        """With `since`: the rows that counted then and do not count now."""
        if self.since is None:
            return None
        subject = self.figure.shape.subject
        return self._at(self.since).exclude(
            **{f"{subject}__in": self._at(self.moment).order_by().values(subject)}
        )

    def _at(self, moment: Moment) -> Any:
        wanted = {self.figure.shape.dimensions[name]: value for name, value in self.dimensions.items()}
        try:
            return self.figure.rows(moment, self.scope).filter(**wanted)
        except (ValueError, ValidationError):
            asked = ", ".join(f"{name} “{value}”" for name, value in self.dimensions.items())
            raise AskedBadlyError(f"There is no such part of the figure: {asked}.") from None

    def opened_by(self, person: User) -> tuple[LazyLines, int, int]:
        """The lines this person may open, the value of the whole, and how many stay closed."""
        rows = self.rows()
        visible = lines(self.figure.shape, rows.visible_to(person))
        value = rows.count()
        return visible, value, value - visible.count()

    def left_for(self, person: User) -> Iterable[Line]:
        """The lines that left the figure and that this person may open."""
        rows = self.left()
        return lines(self.figure.shape, rows.visible_to(person))[:] if rows is not None else []
