"""What waits on what, for the tests."""

from datetime import date, timedelta

import factory
from factory.django import DjangoModelFactory

from actions.models import Assurance, Dependency
from governance.core.dates import today
from tests.factories import ActionFactory, PlanFactory, PostFactory


class NeedFactory(DjangoModelFactory):
    """Something that an action waits on since a month ago: another action, or (with `post`) a vacant post."""

    class Meta:
        model = Dependency

    class Params:
        post = factory.Trait(needs_action=None, needs_post=factory.SubFactory(PostFactory))

    action = factory.SubFactory(ActionFactory)
    needs_action = factory.SubFactory(ActionFactory)
    holds_up = Dependency.Step.START
    from_on = factory.LazyFunction(lambda: today() - timedelta(days=30))


class AssuranceFactory(DjangoModelFactory):
    """An assurance of January 2016 that a plan will be done by July."""

    class Meta:
        model = Assurance

    plan = factory.SubFactory(PlanFactory)
    text = "All complete well before the return visit"
    given_on = date(2016, 1, 25)
    given_where = "The committee of 25 January 2016"
    due_on = date(2016, 7, 25)
