"""Overlaps for tests, said by the service."""

from actions.models import Overlap
from actions.services.overlap import say
from tests.factories import UserFactory


def overlap_of(action, other, kind=Overlap.Kind.SAME, **facts):
    """Say what one action is to another."""
    return say(action, other, kind, **{"reason": "They ask for the same work", "by": UserFactory(), **facts})
