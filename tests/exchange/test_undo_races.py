"""Who works with a new entry while it is being taken back: their record is kept, and so is the entry."""

from concurrent.futures import ThreadPoolExecutor
from queue import Queue

import pytest
from django.db import connection, transaction

from assets.models import AgreementAsset, Asset
from assets.services.attestation import confirm
from governance.exchange.importing import commit, undo
from governance.exchange.models import Batch
from governance.people.models import Role
from governance.people.registers.sheet import SHEETS
from tests.assets.factories_sharing import AgreementFactory
from tests.cast import play, play_owner
from tests.exchange.uploads import HEADINGS, brought, csv_file
from tests.factories import RiskFactory

pytestmark = pytest.mark.django_db(transaction=True)
WAITS = "SELECT EXISTS (SELECT FROM pg_locks WHERE pid = %s AND NOT granted)"


def waits_or_is_through(task, pid):
    """Does the undo wait for somebody? Asked until it does, or is through."""
    for _ in range(20_000):
        with connection.cursor() as cursor:
            cursor.execute(WAITS, [pid])
            if cursor.fetchone()[0] or task.done():
                return


def link_to_an_agreement(asset, owner):
    AgreementAsset.objects.create(agreement=AgreementFactory(), asset=asset)


def confirm_it(asset, owner):
    confirm(asset, seen=asset.standing_version(), by=owner)


def raise_a_risk(asset, owner):
    RiskFactory(asset=asset)


@pytest.mark.parametrize("work", [confirm_it, link_to_an_agreement, raise_a_risk])
def test_an_undo_waits_for_who_works_with_a_new_asset_and_leaves_it(work):
    owner, pids = play_owner("owner"), Queue()
    new = ["", "Came in", "Paper", owner.post.code, owner.post.unit.code]
    batch = brought(csv_file([HEADINGS, new]), play("officer", Role.IG_OFFICER))
    commit(batch.pk)
    asset = Asset.objects.get(title="Came in")

    def taken_back():
        try:
            connection.ensure_connection()
            pids.put(connection.connection.info.backend_pid)
            return undo(batch.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            work(asset, owner)
            task = pool.submit(taken_back)
            waits_or_is_through(task, pids.get(timeout=60))
        assert task.result(timeout=60) == 1, "one row keeps something"
    row = Batch.objects.get(pk=batch.pk).rows.get()
    assert "named since by" in row.kept[0]
    assert Asset.objects.get(pk=asset.pk).state == asset.state


NAMING = """SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c
 JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
 WHERE c.contype = 'f' AND c.confrelid = %s::regclass"""


@pytest.mark.parametrize("register", sorted(SHEETS))
def test_every_table_that_names_an_entry_is_asked_before_it_is_taken_back(register):
    """By what the database says, whatever models hide."""
    model = SHEETS[register].model
    with connection.cursor() as cursor:
        cursor.execute(NAMING, [model._meta.db_table])
        named = set(cursor.fetchall())
    asked = {(each.related_model._meta.db_table, each.field.column) for each in model._meta.related_objects}
    assert named
    assert named <= asked
