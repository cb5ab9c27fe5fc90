"""Measuring the seals: on rows made for it, of which nothing stays."""

import pytest

from assets.models import Asset
from governance.demo import bench_seals
from governance.history.models import Block, Seal
from tests.factories import AssetFactory


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_seals_are_measured_and_nothing_of_it_stays():
    AssetFactory(purpose="As it was")
    before = Seal.objects.count()
    measured = list(bench_seals.measure(rows=before + 25))
    assert [one.name for one in measured] == [
        "one change with its seal",
        "one change without a seal",
        "closed into blocks",
        "verified",
    ]
    assert all(one.took > 0 for one in measured)
    assert f"{before + 25:,} rows" in str(measured[2])
    assert (Seal.objects.count(), Block.objects.count()) == (before, 0)
    assert Asset.objects.get().purpose == "As it was"
