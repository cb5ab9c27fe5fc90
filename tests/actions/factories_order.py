"""What waits on what, for the tests."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from actions.models import Dependency
from governance.core.dates import today
from tests.factories import ActionFactory, PostFactory


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
