"""Rules, holds and disposals for tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from assets.models import Disposal, Hold, HoldReason, RetentionRule
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
    """A proposal to destroy an asset, which nobody has agreed to yet."""

    class Meta:
        model = Disposal

    reference = factory.Sequence("DI-{:04}".format)
    asset = factory.SubFactory(AssetFactory)
    outcome = Disposal.Outcome.DESTROY
    reason = "Its period has ended"
    proposed_by = factory.SubFactory(UserFactory)
    proposed_on = date(2016, 5, 3)
