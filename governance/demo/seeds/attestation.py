"""What Northmere's owners have confirmed: some last year, some this year, some never; and who was asked."""

from __future__ import annotations

from datetime import timedelta

from assets.models import Asset, Attestation
from assets.services.attestation import confirm
from assets.services.campaigns import ask
from governance.core.dates import today
from governance.people.models import OrganisationalUnit, PostHolding, User

BROUGHT_IN = "Confirmations of last year, from the spreadsheet kept then"


def enter(by: User) -> None:
    """Of each three assets with a holder one is confirmed today, one was last year, one never."""
    holders = {
        each.post_id: each.person
        for each in PostHolding.objects.in_force(today()).select_related("person").order_by("kind")
    }
    for place, asset in enumerate(Asset.objects.held().select_related("owner").order_by("reference")):
        if (person := holders.get(asset.owner_id)) is None:
            continue
        if place % 3 == 0:
            confirm(asset, seen=asset.standing_version(), by=person)
        elif place % 3 == 1:
            last_year(asset, person)
    units = OrganisationalUnit.objects.filter(assets__isnull=False).distinct()
    ask(
        title=f"Confirmation of assets {today().year}",
        words="Please confirm what your service holds, or say that it holds nothing.",
        from_on=today() - timedelta(days=14),
        until_on=today() + timedelta(days=42),
        units=units,
    )


def last_year(asset: Asset, person: User) -> Attestation:
    """A confirmation of thirteen months ago, entered from what was kept then."""
    day = today() - timedelta(days=395)
    version = asset.standing_version()
    assert version is not None
    return Attestation.objects.create(
        asset=asset,
        version=version,
        outcome=Attestation.Outcome.UNCHANGED,
        note=BROUGHT_IN,
        effective_on=day,
        due_on=day,
        post=asset.owner,
        recorded_by=person,
        recorded_as=asset.owner.title,
    )
