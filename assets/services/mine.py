"""How confirmation is shown: what waits for one person, and where each service is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Min, Q, Window

from assets.figures.attestation import DUE, OVERDUE, due, overdue, standing
from assets.models import READERS, UNIT_READERS, Asset, Attestation, may_be_confirmed_by
from governance.core.components import Column, Standing
from governance.figures.moment import Moment, Scope
from governance.history.timeline import Event, timeline

if TYPE_CHECKING:
    from datetime import date

    from governance.people.models import User

MINE_COLUMNS = (Column("Asset"), Column("Unit"), Column("Confirmation"), Column("What to do"))
MOST = 5
NEVER = Standing("Never confirmed", "red", "triangle")
LATE = Standing("Overdue", "red", "triangle")
WAITING = Standing("To be confirmed", "amber", "clock")
DONE = Standing("Confirmed", "green", "tick")


def said_of(version: Any) -> Standing:
    """How the confirmation of an asset is shown: of a version annotated by `Mine`."""
    if not version.is_due:
        return DONE
    if version.is_overdue:
        return LATE
    return WAITING if version.attested_on else NEVER


@dataclass(frozen=True)
class Mine:
    """What one person answers for at a moment: what their posts own, and what their units hold."""

    person: User
    moment: Moment

    def to_confirm(self) -> Any:
        """Assets that wait for this person to confirm them."""
        return due.rows(self.moment, Scope()).filter(may_be_confirmed_by(self.person))

    def overdue(self) -> Any:
        """Those of them that are overdue."""
        return overdue.rows(self.moment, Scope()).filter(may_be_confirmed_by(self.person))

    @cached_property
    def _first(self) -> list[Any]:
        """What is due first of all that this person confirms, each row with the sums of the whole."""
        own = standing(self.moment, Scope()).filter(may_be_confirmed_by(self.person))
        is_due = DUE(self.moment)
        found = own.annotate(
            is_due=ExpressionWrapper(is_due, output_field=BooleanField()),
            waiting=Window(Count("pk", filter=is_due)),
            next_on=Window(Min("confirm_by", filter=~is_due)),
        )
        return list(found.order_by(F("is_due").desc(), "confirm_by", "reference")[:MOST])

    @property
    def first_to_confirm(self) -> list[Any]:
        """The first that wait, those due longest at the top."""
        return [version for version in self._first if version.is_due]

    @property
    def waiting(self) -> int:
        """How many wait for this person."""
        return self._first[0].waiting if self._first else 0

    @property
    def next_on(self) -> date | None:
        """When the first of what is confirmed is to be confirmed again; None while nothing is."""
        return self._first[0].next_on if self._first else None

    def assets(self) -> Any:
        """Everything, what waits for the person first, then by day and reference."""
        mine = may_be_confirmed_by(self.person)
        units = self.person.units(*READERS, *UNIT_READERS)
        held = standing(self.moment, Scope()).filter(mine | Q(unit_id__in=units))
        flags = {"is_due": DUE(self.moment), "is_overdue": OVERDUE(self.moment), "is_mine": mine}
        return held.annotate(
            **{name: ExpressionWrapper(flag, output_field=BooleanField()) for name, flag in flags.items()}
        ).order_by(F("is_mine").desc(), F("is_due").desc(), "confirm_by", "reference")


def changes_since(asset: Asset) -> tuple[Attestation | None, list[Event]]:
    """The confirmation that stands, and what has changed in the asset since; everything if there is none."""
    last = Attestation.objects.standing(Moment.now()).for_register().filter(asset=asset).first()
    if last is None:
        return None, []
    return last, [event for event in timeline(asset) if event.version and event.version > last.version]
