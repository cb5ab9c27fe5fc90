"""Whatever the owner of the database alters behind its back is found, and named; what is in order is not."""

from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError

from assets.models import Asset
from governance.history.models import Block, Seal
from governance.history.redaction import redact
from governance.history.seals import put_seals_in_place, seal, sealed_models
from governance.history.tasks import seal_the_trail
from governance.history.verification import verify
from tests.factories import ActionFactory, AssetFactory

TRAIL = "assets_historicalasset"


def faults():
    return sorted({(fault.table, fault.what) for fault in verify().faults})


@pytest.fixture
def behind(owner_connection):
    """What the owner of the database does with the triggers switched off."""

    def do(attack):
        tables = (TRAIL, "assets_asset", "history_seal", "history_block", "history_form", "history_era")
        for table in tables:
            owner_connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner_connection.execute(attack)
        for table in tables:
            owner_connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return do


@pytest.fixture
def asset(transactional_db):
    """An asset of three versions, with a neighbour, sealed."""
    AssetFactory(title="Before")
    seal()
    asset, _ = AssetFactory(title="One", purpose="A"), AssetFactory(title="Other")
    for title in ("Two", "Three"):
        asset.title = title
        asset.save()
    seal()
    return asset


def test_what_is_written_by_the_ways_of_the_house_verifies(asset):
    asset.delete()
    ActionFactory()
    seal_the_trail()  # as the worker does each minute
    assert seal().number == Block.objects.count() == 3
    report = verify()
    assert (report.faults, report.removals, report.block) == ([], [], 3)
    assert report.sealed == Seal.objects.count() == sum(Block.objects.values_list("rows", flat=True))
    assert seal().number == 3  # nothing was written since


def test_every_table_of_the_trail_seals_its_rows(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'seal_rows'")
        assert {name for (name,) in cursor.fetchall()} == {model._meta.db_table for model in sealed_models()}


ATTACKS = {
    "a field altered": (
        f"UPDATE {TRAIL} SET title = 'Never was' WHERE title = 'Two'",
        [(TRAIL, "was altered")],
    ),
    "who wrote it altered": (
        f"UPDATE {TRAIL} SET history_who = 'Somebody else' WHERE title = 'Two'",
        [(TRAIL, "was altered")],
    ),
    "a version deleted, and the gap closed": (
        f"DELETE FROM {TRAIL} WHERE title = 'Two'; UPDATE {TRAIL} v SET history_until = w.history_date "
        f"FROM {TRAIL} w WHERE v.title = 'One' AND w.title = 'Three'",
        [(TRAIL, "is deleted")],
    ),
    "a version inserted": (
        f"INSERT INTO {TRAIL} SELECT (jsonb_populate_record(v, '{{\"history_id\": 9000000}}')).* "
        f"FROM {TRAIL} v WHERE title = 'Two'",
        [
            (TRAIL, "does not join up with the version after it"),
            (TRAIL, "was inserted behind the back of the database"),
        ],
    ),
    "two versions swapped": (
        f"UPDATE {TRAIL} SET title = CASE title WHEN 'One' THEN 'Two' ELSE 'One' END "
        "WHERE title IN ('One', 'Two')",
        [(TRAIL, "was altered")],
    ),
    "the end of a version altered": (
        f"UPDATE {TRAIL} SET history_until = history_until + interval '1 day' WHERE title = 'One'",
        [(TRAIL, "does not join up with the version after it")],
    ),
    "the entry altered": (
        "UPDATE assets_asset SET purpose = 'B' WHERE title = 'Three'",
        [("assets_asset", "is not what its standing version says")],
    ),
    "the entry deleted": (
        "DELETE FROM assets_asset WHERE title = 'Other'",
        [("assets_asset", "is gone, and its history does not say so")],
    ),
    "a seal made to fit": (
        f"UPDATE {TRAIL} SET title = 'Never was' WHERE title = 'Two'; SET timezone = 'UTC'; "
        f"UPDATE history_seal s SET digest = sha256('x') FROM {TRAIL} v, history_form f "
        f"WHERE f.id = s.form_id AND f.table_name = '{TRAIL}' AND s.row_key = v.history_id "
        "AND v.title = 'Never was'",
        [(TRAIL, "was altered"), ("history_block", "holds seals that were altered")],
    ),
    "a row sealed anew as it was found": (
        f"UPDATE {TRAIL} SET title = 'Never was' WHERE title = 'Two'; SELECT seal_as_found('{TRAIL}', "
        f"'history_id', '', ARRAY(SELECT history_id FROM {TRAIL} WHERE title = 'Never was'), NULL)",
        [(TRAIL, "was sealed anew, and is not what was sealed before")],
    ),
    "a row sealed anew as if it had been written": (
        f"UPDATE {TRAIL} SET title = 'Never was' WHERE title = 'Two'; SELECT seal_as_found('{TRAIL}', "
        f"'history_id', '', ARRAY(SELECT history_id FROM {TRAIL} WHERE title = 'Never was'), NULL); "
        "UPDATE history_seal SET kind = 'written' WHERE id = (SELECT max(id) FROM history_seal)",
        [(TRAIL, "was sealed anew, and is not what was sealed before")],
    ),
    "a seal deleted with its row": (
        f"DELETE FROM history_seal s USING {TRAIL} v, history_form f WHERE f.id = s.form_id "
        f"AND f.table_name = '{TRAIL}' AND s.row_key = v.history_id AND v.title = 'Other'; "
        f"DELETE FROM {TRAIL} WHERE title = 'Other'; DELETE FROM assets_asset WHERE title = 'Other'",
        [("history_block", "has lost seals, or has got others")],
    ),
    "a block deleted": (
        "DELETE FROM history_block WHERE number = 2",
        [
            ("history_block", "does not follow on the block before: some are missing"),
            ("history_seal", "is of no block, though later ones are"),
        ],
    ),
    "the columns of a form altered": (
        "UPDATE history_form SET columns = 'id' WHERE table_name = 'history_era'",
        [("history_era", "was altered"), ("history_form", "was altered")],
    ),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("attack", "found"), ATTACKS.values(), ids=ATTACKS)
def test_what_the_owner_alters_is_found_and_named(attack, found, asset, behind):
    AssetFactory()
    seal()
    behind(attack)
    assert faults() == found


APPLICATION = {
    "alter a seal": "UPDATE history_seal SET digest = ''",
    "forge a seal": "INSERT INTO history_seal (form_id, row_key, digest, kind, transaction) "
    "VALUES (1, 1, '', 'found', 1)",
    "alter a block": "UPDATE history_block SET digest = repeat('0', 64)",
    "cut the tail": "DELETE FROM history_block",
    "empty the seals": "TRUNCATE history_seal",
    "alter a form": "UPDATE history_form SET columns = 'id'",
    "begin an era": "SELECT begin_era('Mine')",
    "forge an era": "INSERT INTO history_era (number, reason, after_block, drawn) VALUES (9, 'Mine', 0, 0)",
    "seal as found": f"SELECT seal_as_found('{TRAIL}', 'history_id', '', NULL, NULL)",
    "switch sealing off": f"ALTER TABLE {TRAIL} DISABLE TRIGGER seal_rows",
}


@pytest.mark.django_db
@pytest.mark.parametrize("attack", APPLICATION.values(), ids=APPLICATION)
def test_the_application_cannot(attack):
    AssetFactory()
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_redaction_is_told_as_one_and_is_no_fault():
    asset = AssetFactory(description="Case file of a child")
    asset.title = "Renamed"
    asset.save()
    seal()
    redact(asset, "description", containing="a child", authority="Monitoring Officer", reason="Names a child")
    report = verify()
    assert report.faults == []
    (told,) = report.removals
    assert "was redacted by authority (Monitoring Officer" in str(told)
    assert str(told).endswith("Names a child")
    assert (told.table, told.key, told.rows) == (TRAIL, asset.pk, 2)


ANEW = f"SELECT seal_as_found('{TRAIL}', 'history_id', '%s', NULL, NULL)"
MORE, FEWER = (f"ALTER TABLE {TRAIL} {word} COLUMN colour" for word in ("ADD", "DROP"))
BETWEEN = {
    "by the same columns": ("", ANEW % ""),
    "by fewer columns": ("", ANEW % "purpose,title"),
    "by a form in between": (ANEW % "title", ANEW % ""),
    "by more columns": ("", f"{MORE} text; {ANEW % ''}"),
    "by a column that came and went": (f"{MORE} text", f"{FEWER}; {ANEW % ''}"),
}


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize(("before", "after"), BETWEEN.values(), ids=BETWEEN)
def test_what_was_altered_is_found_however_it_is_sealed_anew(before, after, asset, behind, owner_connection):
    owner_connection.execute(before)
    behind(f"UPDATE {TRAIL} SET title = 'Never was' WHERE title = 'Two'")
    owner_connection.execute(after)
    put_seals_in_place(connections["owner"])
    seal()
    assert faults() == [(TRAIL, "was sealed anew, and is not what was sealed before")]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize(("before", "after"), BETWEEN.values(), ids=BETWEEN)
def test_what_was_redacted_and_is_sealed_anew_as_found_is_no_fault(before, after, asset, owner_connection):
    owner_connection.execute(before)
    redact(asset, "purpose", containing="A", authority="Monitoring Officer", reason="Names a child")
    owner_connection.execute(after)
    put_seals_in_place(connections["owner"])
    seal()
    report = verify()
    assert report.faults == []
    assert [told.rows for told in report.removals] == [3]


FORGED = {
    "with the tombstone of another column": "(SELECT max(id) FROM history_redaction)",
    "with no tombstone": "(SELECT max(id) + 1 FROM history_redaction)",
}


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("tombstone", FORGED.values(), ids=FORGED)
def test_what_the_owner_seals_as_a_redaction_that_nobody_ordered_is_found(tombstone, asset, behind):
    redact(asset, "purpose", containing="A", authority="Monitoring Officer", reason="Names a child")
    assert verify().faults == []
    altered = f"SELECT history_id FROM {TRAIL} WHERE title = 'Never was'"
    behind(
        f"UPDATE {TRAIL} SET title = 'Never was', purpose = 'B' WHERE title = 'Two'; "
        f"SELECT seal_as_found('{TRAIL}', 'history_id', '', ARRAY({altered}), {tombstone})"
    )
    seal()
    assert faults() == [(TRAIL, "says that it was redacted, and no redaction blanked it")]


@pytest.mark.django_db(transaction=True)
def test_a_tail_that_was_cut_off_whole_is_shown_by_a_head_that_somebody_holds(asset, behind):
    kept = Block.objects.head()
    asset.title = "Four"
    asset.save()
    held = seal().digest
    call_command("verify", head=[kept.digest, held], stdout=(said := StringIO()))
    assert (
        f"The head {kept.digest} is that of block {kept.number}, and 1 block came after it."
        in said.getvalue()
    )
    behind(
        "DELETE FROM history_seal s USING history_block b "
        f"WHERE b.number > {kept.number} AND s.id <@ b.seals; "
        f"DELETE FROM history_block WHERE number > {kept.number}; "
        f"DELETE FROM {TRAIL} WHERE title = 'Four'; "
        f"UPDATE {TRAIL} SET history_until = '9999-12-31 00:00:00+00' WHERE title = 'Three'; "
        "UPDATE assets_asset SET title = 'Three' WHERE title = 'Four'"
    )
    assert faults() == []
    call_command("verify", head=[kept.digest], stdout=StringIO())
    with pytest.raises(CommandError, match=r"^1 fault: "):
        call_command("verify", head=[held], stdout=(said := StringIO()))
    assert f"row {kept.number} ends the chain, and no block has a head that was given" in said.getvalue()
    assert held in said.getvalue()


@pytest.mark.parametrize("typed", ["", "abc", "g" * 64, "0" * 65, "0" * 200_000])
def test_what_is_no_head_is_refused_in_a_sentence(typed):
    with pytest.raises(CommandError, match="is no head: give the 64 hexadecimal digits"):
        call_command("verify", "--head", typed)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_who_alters_more_under_a_redaction_is_found(behind):
    asset = AssetFactory(description="Case file of a child")
    redact(asset, "description", containing="a child", authority="Monitoring Officer", reason="Names a child")
    behind(f"UPDATE {TRAIL} SET title = 'Never was'")
    assert faults() == [("assets_asset", "is not what its standing version says"), (TRAIL, "was altered")]


@pytest.mark.django_db(transaction=True)
def test_nobody_who_writes_waits_for_a_seal_and_what_is_unfinished_is_sealed_later(owner_connection):
    AssetFactory(title="Done")
    with psycopg.connect(owner_connection.info.dsn) as writer:
        writer.execute("UPDATE assets_asset SET title = 'Being written'")
        AssetFactory(title="Meanwhile")
        before = seal()
        writer.execute("UPDATE assets_asset SET title = 'Written' WHERE title = 'Being written'")
        assert verify().faults == []
    after = seal()
    assert after.number > before.number
    assert sum(Block.objects.values_list("rows", flat=True)) == Seal.objects.count()
    assert verify().faults == []


@pytest.mark.django_db(transaction=True)
def test_a_column_that_is_added_later_alters_no_seal(asset, owner_connection):
    owner_connection.execute(f"ALTER TABLE {TRAIL} ADD COLUMN colour text NOT NULL DEFAULT 'green'")
    assert verify().faults == []
    Asset.objects.filter(pk=asset.pk).update(title="Four")
    seal()
    assert verify().faults == []


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_restored_copy_goes_on_in_a_new_era(asset, behind):
    AssetFactory(title="Before the copy")
    behind("UPDATE history_seal SET transaction = transaction + 1000000")  # as another database counted them
    seal()
    assert sum(Block.objects.values_list("rows", flat=True)) < Seal.objects.count()
    said = StringIO()
    call_command("new_era", reason="Restored from the copy of the night", stdout=said)
    assert f"Era 2 begins after block {Block.objects.head().number}" in said.getvalue()
    head = seal()
    assert head.era == 2
    assert sum(Block.objects.values_list("rows", flat=True)) == Seal.objects.count()
    AssetFactory(title="After")
    assert seal().number == head.number + 1
    assert verify().faults == []
