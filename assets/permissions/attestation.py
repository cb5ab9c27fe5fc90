"""Who confirms assets, who asks, who checks and who signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets.models import READERS, UNIT_READERS, Asset, CampaignService, SampledAnswer
from assets.models.attestation import DEPUTIES
from assets.permissions.register import KEEPERS, may_list_assets
from governance.people.models import Role
from governance.people.rules import rule

if TYPE_CHECKING:
    from governance.people.models import User


# Who says of a service that it holds nothing.
RETURNERS = (Role.SERVICE_MANAGER, Role.IAO, Role.IAA)


@rule("assets.attest")
def may_attest(person: User, asset: Asset) -> bool:
    """Only the post that owns the asset, and its deputy in the unit: nobody confirms for them."""
    return person.occupies(asset.owner_id) or asset.unit_id in person.units(*DEPUTIES)


@rule("assets.view_mine")
def may_view_mine(person: User) -> bool:
    """Whoever may open the register sees what their posts own and their units hold."""
    return may_list_assets(person)


@rule("assets.view_attestation")
def may_view_attestation(person: User) -> bool:
    """Readers of the register, and those who own or manage for a unit, see how far confirmation is."""
    return person.holds_any(*READERS, *UNIT_READERS)


@rule("assets.run_attestation")
def may_run_attestation(person: User) -> bool:
    """Information governance officers and the records manager set periods, ask, chase and draw samples."""
    return person.holds(*KEEPERS)


@rule("assets.view_samples")
def may_view_samples(person: User) -> bool:
    """Readers of the whole register see which answers were drawn and what was found."""
    return person.holds(*READERS)


@rule("assets.check_sample")
def may_check_sample(person: User, drawn: SampledAnswer) -> bool:
    """Information governance officers and the records manager, but nobody checks an answer of their own."""
    return person.holds(*KEEPERS) and drawn.attestation.recorded_by_id != person.pk


@rule("assets.return_nil")
def may_return_nil(person: User, asked: CampaignService) -> bool:
    """The manager or owner of the service says that it holds nothing; nobody says it for them."""
    return asked.unit_id in person.units(*RETURNERS)


@rule("assets.sign_position")
def may_sign_position(person: User) -> bool:
    """Owners sign for what their post owns, directors for their units, the SIRO for the council."""
    return person.holds_any(Role.IAO, Role.DIRECTOR_APPROVER, Role.SIRO)
