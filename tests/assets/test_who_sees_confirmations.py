"""Who sees which confirmations, returns of services, and answers drawn for checking."""

import pytest

from assets.models import Attestation, Campaign, CampaignService, Sample, SampledAnswer
from governance.core.dates import today
from governance.people.models import Role
from tests.assets.factories_attestation import attested
from tests.cast import play
from tests.permission_table import READERS, ROLES

pytestmark = pytest.mark.django_db


def drawn(one, officer):
    sample = Sample.objects.create(
        from_on=today(), until_on=today(), seed=1, size=1, population=1, drawn_by=officer, drawn_as="Officer"
    )
    return sample.answers.create(attestation=one, position=1)


@pytest.fixture
def kept(cast):
    """For each model, what is the owner's."""
    owner, officer = cast["owner"], cast["ig_officer"]
    one = attested(owner.asset, by=owner)
    campaign = Campaign.objects.create(title="Round", from_on=today(), until_on=today())
    return {
        Attestation: one,
        CampaignService: campaign.services.create(unit=owner.asset.unit),
        SampledAnswer: drawn(one, officer),
    }


def seeing(cast, model, thing):
    return {who for who, person in cast.items() if model.objects.visible_to(person).filter(pk=thing.pk)}


def test_confirmations_are_seen_by_readers_and_by_those_whose_they_are(cast, kept):
    for model, thing in kept.items():
        assert seeing(cast, model, thing) == READERS | {"owner"}, model


def test_nobody_else_sees_them(cast, kept):
    for model, thing in kept.items():
        assert not seeing(cast, model, thing) & (ROLES - READERS | {"other_owner", "outsider"}), model


def test_the_manager_of_the_unit_sees_them(cast, kept):
    manager = play("manager", Role.SERVICE_MANAGER, cast["owner"].asset.unit)
    for model, thing in kept.items():
        assert model.objects.visible_to(manager).filter(pk=thing.pk).exists(), model
