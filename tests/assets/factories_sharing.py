"""Partners, agreements, contracts and obligations for tests. Every day is long past, or far ahead."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from assets.models import (
    Agreement,
    AgreementAsset,
    AgreementPartner,
    ContractAsset,
    Frequency,
    Obligation,
    Partner,
    ProcessorContract,
    Publication,
)
from tests.factories import AssetFactory, PostFactory, UserFactory

BEGAN_ON = date(2016, 4, 1)
REVIEW_ON = date(2040, 4, 30)


class PartnerFactory(DjangoModelFactory):
    """An organisation."""

    class Meta:
        model = Partner

    code = factory.Sequence("partner-{}".format)
    name = factory.Sequence("Partner {}".format)


class AgreementFactory(DjangoModelFactory):
    """An agreement in force, to be reviewed in 2040; the owner's unit keeps it."""

    class Meta:
        model = Agreement

    reference = factory.Sequence("SA-{:04}".format)
    title = factory.Sequence("Agreement {}".format)
    owner = factory.SubFactory(PostFactory)
    unit = factory.SelfAttribute("owner.unit")
    state = Agreement.State.IN_FORCE
    purpose = "To keep children safe"
    lawful_basis = "Children Act 2004, section 10"
    from_on = BEGAN_ON
    review_on = REVIEW_ON


class AgreementPartnerFactory(DjangoModelFactory):
    """A partner to an agreement that has not signed."""

    class Meta:
        model = AgreementPartner

    agreement = factory.SubFactory(AgreementFactory)
    partner = factory.SubFactory(PartnerFactory)


class AgreementAssetFactory(DjangoModelFactory):
    """An asset that an agreement covers."""

    class Meta:
        model = AgreementAsset

    agreement = factory.SubFactory(AgreementFactory)
    asset = factory.SubFactory(AssetFactory)


class ContractFactory(DjangoModelFactory):
    """A contract with a processor, the terms not checked."""

    class Meta:
        model = ProcessorContract

    reference = factory.Sequence("PC-{:04}".format)
    title = factory.Sequence("Contract {}".format)
    processor = factory.SubFactory(PartnerFactory)
    owner = factory.SubFactory(PostFactory)
    unit = factory.SelfAttribute("owner.unit")
    from_on = BEGAN_ON


class ContractAssetFactory(DjangoModelFactory):
    """An asset that a processor handles."""

    class Meta:
        model = ContractAsset

    contract = factory.SubFactory(ContractFactory)
    asset = factory.SubFactory(AssetFactory)


class ObligationFactory(DjangoModelFactory):
    """Something to be published every quarter, with a month allowed."""

    class Meta:
        model = Obligation

    reference = factory.Sequence(lambda number: f"TC-{number + 1000:04}")
    title = factory.Sequence("Dataset {}".format)
    basis = "Local Government Transparency Code 2015"
    frequency = factory.LazyFunction(lambda: Frequency.objects.get(code="quarterly"))
    owner = factory.SubFactory(PostFactory)
    unit = factory.SelfAttribute("owner.unit")


class PublicationFactory(DjangoModelFactory):
    """That it was published."""

    class Meta:
        model = Publication

    obligation = factory.SubFactory(ObligationFactory)
    effective_on = date(2016, 4, 20)
    covers_until = date(2016, 3, 31)
    evidence = "On the open data page"
    recorded_by = factory.SubFactory(UserFactory)
