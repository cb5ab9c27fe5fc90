"""Holds and disposals are seen by those who may open the assets they are about."""

import pytest

from assets.models import Disposal, Hold
from tests.assets.factories_retention import DisposalFactory, HoldFactory
from tests.permission_table import READERS

pytestmark = pytest.mark.django_db


def make(kind, asset):
    return HoldFactory(assets=[asset]) if kind is Hold else DisposalFactory(asset=asset)


@pytest.mark.parametrize("kind", [Hold, Disposal])
def test_each_sees_those_of_the_assets_that_they_may_open(cast, kind):
    own, foreign = make(kind, cast["owner"].asset), make(kind, cast["other_owner"].asset)

    def seen(who):
        return {*kind.objects.visible_to(cast[who])}

    for who in READERS:
        assert seen(who) == {own, foreign}, who
    assert seen("owner") == {own}
    assert seen("other_owner") == {foreign}
    for who in ("outsider", "administrator", "monitoring_officer"):
        assert seen(who) == set(), who
