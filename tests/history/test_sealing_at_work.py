"""Eight write at once while blocks are closed and the trail is verified: no false alarm, nothing left out."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection, transaction

from assets.models import Asset
from governance.history.models import Block, Seal
from governance.history.seals import seal
from governance.history.verification import verify
from tests.factories import AssetFactory

WRITERS, CHANGES = 8, 10_000


class ChangedMindError(Exception):
    """Somebody rolls back."""


def write(writer, keys):
    """Change entries that others change too; each tenth change is rolled back."""
    for turn in range(CHANGES // WRITERS):
        with suppress(ChangedMindError), transaction.atomic():
            one = Asset.objects.filter(pk=keys[(writer + turn) % len(keys)])
            one.update(title=f"Written by {writer} in turn {turn}")
            if turn % 10 == 0:
                raise ChangedMindError
    connection.close()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_writers_raise_no_false_alarm():
    keys = [AssetFactory().pk for _ in range(12)]
    with ThreadPoolExecutor(WRITERS) as pool:
        written = [pool.submit(write, writer, keys) for writer in range(WRITERS)]
        while not all(each.done() for each in written):
            seal()
            assert verify().faults == []
    assert [each.result() for each in written] == [None] * WRITERS
    assert seal().number > 2
    assert verify().faults == []
    assert sum(Block.objects.values_list("rows", flat=True)) == Seal.objects.count() > CHANGES * 0.9
