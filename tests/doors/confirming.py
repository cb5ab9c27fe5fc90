"""The doors of confirmations, campaigns, samples and the position."""

from datetime import date
from typing import Any

from assets.models import Campaign, SampledAnswer
from assets.services import samples
from governance.core.dates import today
from tests.assets.factories_attestation import attested
from tests.doors.door import Door, of_owner
from tests.doors.who import (
    ELSEWHERE,
    GET_POST,
    HIDDEN,
    KEEPERS,
    OWNER,
    OWNERS,
    READERS,
    SHUT_OUT,
    UNIT_READERS,
)
from tests.doors.world import World


def asked(world: World) -> Any:
    """The owner's service, asked by a campaign."""
    day = date(2016, 1, 31)
    campaign, _ = Campaign.objects.get_or_create(title="Round", from_on=day, until_on=day)
    return campaign.services.get_or_create(unit=world.owner.asset.unit)[0]


def sampled(world: World) -> Any:
    """An answer of the owner's, drawn for checking."""
    owner, officer = world.owner, world.cast["ig_officer"]
    if found := SampledAnswer.objects.filter(attestation__asset=owner.asset).first():
        return found
    attested(owner.asset, by=owner)
    return samples.draw(from_on=today(), until_on=today(), size=1, by=officer).answers.get()


ATTESTATION = [
    Door("assets:mine", READERS | UNIT_READERS),
    Door(
        "assets:confirm",
        OWNER,
        at=of_owner("asset", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS | SHUT_OUT,
    ),
    Door("assets:attestation", READERS | UNIT_READERS),
    Door("assets:attestation_periods", KEEPERS, methods=GET_POST),
    Door("assets:campaigns", READERS | UNIT_READERS),
    Door("assets:new_campaign", KEEPERS, methods=GET_POST),
    Door("assets:campaign", READERS | UNIT_READERS, at=lambda world: [asked(world).campaign_id]),
    Door("assets:chase", KEEPERS, at=lambda world: [asked(world).pk], methods="POST", open=ELSEWHERE),
    Door(
        "assets:return_nil",
        OWNER,
        at=lambda world: [asked(world).pk],
        methods="POST",
        open=ELSEWHERE,
        others=HIDDEN,
        refused=READERS | SHUT_OUT,
    ),
    Door("assets:samples", READERS),
    Door("assets:draw_sample", KEEPERS, methods=GET_POST),
    Door("assets:sample", READERS, at=lambda world: [sampled(world).sample_id]),
    Door(
        "assets:check_answer",
        KEEPERS,
        at=lambda world: [sampled(world).pk],
        methods=GET_POST,
    ),
    Door("assets:position", READERS | UNIT_READERS),
    Door("assets:position_statement", READERS | UNIT_READERS, at=lambda world: [2020]),
    Door(
        "assets:sign_position",
        frozenset({"iao", "director_approver", "siro"}) | OWNERS,
        at=lambda world: [2020],
        methods=GET_POST,
    ),
]
