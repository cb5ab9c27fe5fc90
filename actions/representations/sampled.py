"""What an auditor drew, as its page lists it: each row with its title, its owner and its status."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from governance.figures.figure import Column

if TYPE_CHECKING:
    from actions.models import AuditSample
    from governance.people.models import User

# Of a figure of actions the owner is who owns the action now; all else is as it was counted.
OF_ACTIONS = (
    Column("Action", "action__title"),
    Column("Owner now", "action__owner__title"),
    Column("Status then", "status", "status"),
)
OF_ASSETS = (
    Column("Asset", "title"),
    Column("Owner", "owner_title"),
    Column("Status", "state", "status"),
)
LISTED = {"actions.progressupdate": OF_ACTIONS, "assets.historicalasset": OF_ASSETS}


class Row(NamedTuple):
    """One row drawn: its place, its page, and what the columns say of it; nothing of what is not open."""

    place: int
    reference: str
    address: str
    cells: Sequence[tuple[Column, Any]]


class Drawn:
    """The rows of a sample, as a person may read them."""

    def __init__(self, sample: AuditSample, person: User) -> None:
        self.sample, self.person = sample, person
        self.shape = sample.counted.shape

    @property
    def columns(self) -> Sequence[Column]:
        """What is said beside a reference: what the figure lists, where nothing else is named."""
        return LISTED.get(self.shape.evidence_kind, self.shape.columns)

    @cached_property
    def rows(self) -> list[Row]:
        """In the order drawn, in two queries."""
        drawn = list(self.sample.rows.order_by("position"))
        known = self._known([row.evidence for row in drawn])
        return [
            Row(row.position, row.reference, self.shape.address(row.reference), self._cells(known, row))
            for row in drawn
        ]

    def _known(self, evidence: Sequence[int]) -> dict[int, Sequence[Any]]:
        """What the columns say, by the evidence that counted."""
        counted: Any = self.sample.counted.rows(self.sample.moment, self.sample.among)
        told = counted.visible_to(self.person).filter(**{f"{self.shape.evidence}__in": evidence})
        paths = [column.path for column in self.columns]
        return {key: values for key, *values in told.values_list(self.shape.evidence, *paths)}

    def _cells(self, known: dict[int, Sequence[Any]], row: Any) -> list[tuple[Column, Any]]:
        values = known.get(row.evidence, [""] * len(self.columns))
        return list(zip(self.columns, values, strict=True))
