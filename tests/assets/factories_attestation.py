"""Confirmations for tests."""

from datetime import timedelta

from assets.models import Attestation
from governance.core.dates import today


def attested(asset, *, days_ago=0, by, outcome="unchanged", post=None):
    """The asset, confirmed so many days ago as it stands now."""
    return Attestation.objects.create(
        asset=asset,
        version=asset.standing_version(),
        outcome=outcome,
        what_changed="Title" if outcome == "changed" else "",
        effective_on=today() - timedelta(days=days_ago),
        due_on=today(),
        post=post or asset.owner,
        recorded_by=by,
        recorded_as="Head of service",
    )
