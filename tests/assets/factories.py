"""What assets choose from, for tests."""

import factory
from factory.django import DjangoModelFactory

from assets.models import Keeping, Location, System
from tests.factories import AssetFactory


class LocationFactory(DjangoModelFactory):
    """A council building."""

    class Meta:
        model = Location

    code = factory.Sequence("place-{}".format)
    name = factory.Sequence("Place {}".format)
    kind = Location.Kind.BUILDING


class SystemFactory(DjangoModelFactory):
    """A line of business system."""

    class Meta:
        model = System

    code = factory.Sequence("system-{}".format)
    name = factory.Sequence("System {}".format)


class KeepingFactory(DjangoModelFactory):
    """An asset at a place."""

    class Meta:
        model = Keeping

    asset = factory.SubFactory(AssetFactory)
    location = factory.SubFactory(LocationFactory)
