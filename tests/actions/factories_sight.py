"""What actions are for, and what plans reach: strategies, workstreams, principles, milestones."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from actions.models import Milestone, Principle, Strategy, Workstream
from tests.factories import PlanFactory


class StrategyFactory(DjangoModelFactory):
    """A strategy."""

    class Meta:
        model = Strategy

    code = factory.Sequence("strategy-{}".format)
    name = factory.Sequence("Strategy {}".format)


class WorkstreamFactory(DjangoModelFactory):
    """A workstream of a strategy of its own."""

    class Meta:
        model = Workstream

    code = factory.Sequence("stream-{}".format)
    name = factory.Sequence("Workstream {}".format)
    strategy = factory.SubFactory(StrategyFactory)


class PrincipleFactory(DjangoModelFactory):
    """A principle of a strategy of its own."""

    class Meta:
        model = Principle

    code = factory.Sequence("principle-{}".format)
    name = factory.Sequence("Principle {}".format)
    strategy = factory.SubFactory(StrategyFactory)


class MilestoneFactory(DjangoModelFactory):
    """Something that a plan is to have reached."""

    class Meta:
        model = Milestone

    plan = factory.SubFactory(PlanFactory)
    title = factory.Sequence("Milestone {}".format)
    due_on = date(2030, 1, 31)
