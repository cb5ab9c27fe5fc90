"""Rules for the data of assets, and issues, for tests."""

import factory
from factory.django import DjangoModelFactory

from assets.models import QualityIssue, QualityRule
from tests.factories import LONG_AGO, AssetFactory


class QualityRuleFactory(DjangoModelFactory):
    """A rule in force."""

    class Meta:
        model = QualityRule

    asset = factory.SubFactory(AssetFactory)
    words = factory.Sequence("Rule {}".format)


class QualityIssueFactory(DjangoModelFactory):
    """An open issue."""

    class Meta:
        model = QualityIssue

    class Params:
        with_rule = factory.Trait(
            rule=factory.SubFactory(QualityRuleFactory, asset=factory.SelfAttribute("..asset"))
        )

    reference = factory.Sequence("DQ-{:04}".format)
    asset = factory.SubFactory(AssetFactory)
    what = factory.Sequence("Fault {}".format)
    found_on = LONG_AGO
