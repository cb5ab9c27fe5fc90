"""Placing a hold, widening it, and lifting it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from assets.models import Asset, Hold, HoldReason
from assets.models.numbering import next_reference
from assets.models.states import BY_DISPOSAL
from governance.core.steps import StepError
from governance.history.trail import because

if TYPE_CHECKING:
    from governance.people.models import User


class TooLateError(StepError):
    """An asset that was to be held has gone meanwhile."""

    field = "assets"

    def __init__(self, references: Sequence[str]) -> None:
        super().__init__(f"{', '.join(references)}: disposed of or transferred already. Take them out")


class LiftedError(StepError):
    """The hold has been lifted meanwhile."""

    def __init__(self) -> None:
        super().__init__("Somebody has lifted this hold meanwhile")


class CoveredError(StepError):
    """All of them are under the hold already."""

    field = "assets"

    def __init__(self) -> None:
        super().__init__("All of these are under this hold already")


@transaction.atomic
def place(
    *, assets: Sequence[Asset], reason: HoldReason, title: str, authority: str, placed_on: date, by: User
) -> Hold:
    """A new hold over these assets, in force at once. Raises TooLateError; nothing is held then."""
    _keep(assets)
    with because(f"Hold placed: {title}"):
        hold = Hold.objects.create(
            reference=next_reference(Hold, "HO"),
            reason=reason,
            title=title,
            authority=authority,
            placed_on=placed_on,
            placed_by=by,
        )
        hold.cover(assets)
    return hold


@transaction.atomic
def widen(hold: Hold, *, assets: Sequence[Asset], reason: str) -> int:
    """Put further assets under a hold; how many were not under it before.

    Raises TooLateError, LiftedError where somebody has lifted it meanwhile, and CoveredError.
    """
    _keep(assets)
    with because(reason):
        number = len(_live(hold).cover(assets))
    if not number:
        raise CoveredError
    return number


@transaction.atomic
def lift(hold: Hold, *, by: User, lifted_on: date, reason: str) -> Hold:
    """Let go of everything a hold covers. Raises LiftedError if somebody was faster."""
    found = _live(hold)
    with because(reason):
        found.lift(by=by, on=lifted_on, reason=reason)
    return found


def _keep(assets: Sequence[Asset]) -> None:
    """Lock the assets, in the order of their keys, and see that they are still there."""
    keys = [asset.pk for asset in assets]
    locked = Asset.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True, of=("self",))
    if gone := [asset.reference for asset in locked if asset.state in BY_DISPOSAL]:
        raise TooLateError(gone)


def _live(hold: Hold) -> Hold:
    """The hold as it stands, locked."""
    found = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if not found.is_live:
        raise LiftedError
    return found
