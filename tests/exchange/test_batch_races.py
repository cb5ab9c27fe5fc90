"""Two windows, two people, one file: committed once, and taken back once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from assets.models import Asset
from governance.exchange.importing import commit, undo
from governance.exchange.models import Batch
from governance.people.models import Role
from tests.cast import play, play_owner
from tests.exchange.uploads import HEADINGS, brought, csv_file, row_of

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 5


def at_once(do, batch):
    """What each of several gets who do the same at the same time."""
    ready = Barrier(PEOPLE)

    def one(_):
        try:
            ready.wait(timeout=60)
            return do(batch.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(one, range(PEOPLE)))


def test_a_batch_that_several_commit_and_undo_at_once_counts_once():
    owner, officer = play_owner("owner"), play("ig_officer", Role.IG_OFFICER)
    new = ["", "Came in once", "Paper", owner.post.code, owner.post.unit.code]
    batch = brought(csv_file([HEADINGS, row_of(owner.asset, title="Renamed"), new]), officer)
    versions = Asset.history.filter(id=owner.asset.pk).count()

    assert sorted(at_once(commit, batch)) == [False] * (PEOPLE - 1) + [True]
    assert Asset.objects.filter(title="Came in once").count() == 1
    assert Asset.history.filter(id=owner.asset.pk).count() == versions + 1

    taken = at_once(undo, batch)
    assert (taken.count(0), taken.count(None)) == (1, PEOPLE - 1)
    assert Asset.history.filter(id=owner.asset.pk).count() == versions + 2
    assert Batch.objects.get(pk=batch.pk).state == "undone"
