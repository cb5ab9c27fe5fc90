"""An asset enters the register, and moves through its life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from assets.models import Asset, Disposal, Keeping
from assets.models.numbering import next_reference
from assets.models.states import refused
from governance.core.steps import StepError
from governance.history.trail import because, signed

if TYPE_CHECKING:
    from governance.people.models import User


class StateError(StepError):
    """That state does not follow where the entry stands. Says which do."""

    def __init__(self, asset: Asset, to: str) -> None:
        super().__init__(f"{asset.reference} {refused(asset.state, to)}")


class UnderDisposalError(StepError):
    """A disposal that is open settles what becomes of the entry."""

    field = "to"

    def __init__(self, asset: Asset, disposal: Disposal) -> None:
        super().__init__(disposal.in_the_way_of(asset.reference))


def add(asset: Asset, *, reason: str) -> Asset:
    """Enter a new asset under the next reference."""
    with transaction.atomic(), because(reason):
        asset.reference = next_reference(Asset, "IA")
        asset.save(force_insert=True)
    return asset


def change_state(asset: Asset, to: str, *, by: User, reason: str, **also: Any) -> Asset:
    """Let the entry take the step to another state; `by` signs it in the trail.

    The entry is read anew under a lock. Raises StateError where that state does not follow, so that of two
    who decide at once the second is told, and UnderDisposalError where a disposal settles it. `also` are
    fields that change with it.
    """
    with transaction.atomic(), signed(by, reason=reason):
        standing = Asset.objects.select_for_update(of=("self",)).get(pk=asset.pk)
        if refused(standing.state, to):
            raise StateError(standing, to)
        if in_the_way := standing_in_the_way(standing, to):
            raise UnderDisposalError(standing, in_the_way)
        for name, value in (also | {"state": to}).items():
            setattr(standing, name, value)
        standing.save(update_fields=["state", *also])
    asset.refresh_from_db()
    return asset


def standing_in_the_way(asset: Asset, to: str) -> Disposal | None:
    """The open disposal that keeps an entry from a state, the first by reference."""
    open_ones = asset.disposals.open().order_by("reference")
    return next((disposal for disposal in open_ones if disposal.blocks(to)), None)


def no_longer_kept_at(keeping: Keeping) -> None:
    """Take a place off an asset; the trail keeps that it was kept there, and until when."""
    with transaction.atomic(), because("No longer kept there"):
        keeping.delete()
