"""An asset enters the register, and moves through its life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from assets.models import Asset, Keeping, StepError
from assets.models.numbering import next_references
from assets.models.states import steps_from
from governance.history.trail import because, signed

if TYPE_CHECKING:
    from governance.people.models import User


def add(asset: Asset, *, reason: str) -> Asset:
    """Enter a new asset under the next reference."""
    with transaction.atomic(), because(reason):
        (asset.reference,) = next_references(1)
        asset.save(force_insert=True)
    return asset


def change_state(asset: Asset, to: str, *, by: User, reason: str, **also: Any) -> Asset:
    """Let the entry take the step to another state; `by` signs it in the trail.

    The entry is read anew under a lock. Raises StepError where that state does not follow, so that of two
    who decide at once the second is told. `also` are fields that change with it.
    """
    with transaction.atomic(), signed(by, reason=reason):
        standing = Asset.objects.select_for_update(of=("self",)).get(pk=asset.pk)
        if to not in steps_from(standing.state):
            raise StepError(standing, to)
        for name, value in (also | {"state": to}).items():
            setattr(standing, name, value)
        standing.save(update_fields=["state", *also])
    asset.refresh_from_db()
    return asset


def no_longer_kept_at(keeping: Keeping) -> None:
    """Take a place off an asset; the trail keeps that it was kept there, and until when."""
    with transaction.atomic(), because("No longer kept there"):
        keeping.delete()
