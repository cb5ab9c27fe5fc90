"""Rules, holds and disposals for tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from assets.models import Disposal, DisposalMethod, Hold, HoldReason, RetentionRule
from assets.services import disposal as services
from tests.factories import AssetFactory, UserFactory


class RuleFactory(DjangoModelFactory):
    """Six years after closure, then destroyed."""

    class Meta:
        model = RetentionRule

    code = factory.Sequence("rule-{}".format)
    record_type = factory.Sequence("Record type {}".format)
    words = "6 years after closure"
    trigger = RetentionRule.Trigger.CLOSURE
    months = 72
    action = RetentionRule.Action.DESTROY
    authority = RetentionRule.Authority.BUSINESS


class HoldFactory(DjangoModelFactory):
    """A live hold on `assets`, because of litigation."""

    class Meta:
        model = Hold
        skip_postgeneration_save = True

    reference = factory.Sequence("HO-{:04}".format)
    reason = factory.LazyFunction(lambda: HoldReason.objects.get(code="litigation"))
    title = factory.Sequence("Claim {}".format)
    authority = "Head of Legal Services"
    placed_by = factory.SubFactory(UserFactory)
    placed_on = date(2016, 5, 3)

    @factory.post_generation
    def assets(hold, create, extracted, **options):  # noqa: N805
        """Cover them."""
        hold.cover(extracted or [])


class DisposalFactory(DjangoModelFactory):
    """A proposal to destroy an asset, which nobody has agreed to yet, or both have, or it is done."""

    class Meta:
        model = Disposal
        skip_postgeneration_save = True

    reference = factory.Sequence("DI-{:04}".format)
    asset = factory.SubFactory(AssetFactory)
    outcome = Disposal.Outcome.DESTROY
    reason = "Its period has ended"
    proposed_by = factory.SubFactory(UserFactory)
    proposed_on = date(2016, 5, 3)

    @factory.post_generation
    def agreed(disposal, create, extracted, **options):  # noqa: N805
        """Let two people agree."""
        if extracted:
            both_agree(disposal)

    @factory.post_generation
    def carried_out(disposal, create, extracted, **options):  # noqa: N805
        """Let two people agree, and somebody do it."""
        if extracted:
            both_agree(disposal)
            done(disposal)


def both_agree(disposal):
    """Two people agree, one for the owner and one as records manager."""
    for side in ("owner", "manager"):
        services.agree(disposal, as_=side, by=UserFactory(), on=disposal.proposed_on)
    disposal.refresh_from_db()


def done(disposal, **said):
    """What was agreed is carried out."""
    said = {
        "what": "All files",
        "volume": "12 boxes",
        "on": disposal.proposed_on,
        "method": DisposalMethod.objects.get(code="shredded"),
        "carried_out_by": "Records Manager",
        "by": disposal.proposed_by,
    } | said
    services.carry_out(disposal, **said)
    disposal.refresh_from_db()
