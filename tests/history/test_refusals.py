"""What is written stays written: as the application's role, and as the owner."""

import psycopg
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import DatabaseError

from assets.models import Asset
from governance.history.redaction import RedactionRefusedError, redact
from governance.history.rights import append_only_tables, history_tables, recorded_models
from governance.history.timeline import timeline
from governance.history.trail import because, signed
from tests.factories import ActionFactory, AssetFactory

FORGED = "INSERT INTO assets_historicalasset SELECT * FROM assets_historicalasset"

ATTACKS = {
    "change a version": "UPDATE assets_historicalasset SET title = 'Never was'",
    "close a version": "UPDATE assets_historicalasset SET history_until = now()",
    "say that it is a redaction": "SET app.redacting = 'on'; UPDATE assets_historicalasset SET title = ''",
    "delete a version": "DELETE FROM assets_historicalasset",
    "empty the history": "TRUNCATE assets_historicalasset",
    "forge a version": FORGED,
    "empty the register": "TRUNCATE assets_asset CASCADE",
    "switch the trigger off": "ALTER TABLE assets_asset DISABLE TRIGGER record_update",
    "drop the trigger": "DROP TRIGGER record_update ON assets_asset",
    "play replica": "SET session_replication_role = replica",
    "borrow the writer": "CREATE TEMP TABLE t (id bigint); CREATE TRIGGER x AFTER INSERT ON t REFERENCING "
    "NEW TABLE AS new_rows FOR EACH STATEMENT "
    "EXECUTE FUNCTION write_versions('assets_historicalasset', 'id', '')",
    "redact": "SELECT redact('assets_historicalasset', 'id', 1, 'title', 'a', 'me', 'why not')",
    "change progress": "UPDATE actions_progressupdate SET status = 'completed'",
    "delete progress": "DELETE FROM actions_progressupdate",
    "empty progress": "TRUNCATE actions_progressupdate CASCADE",
    "delete a tombstone": "DELETE FROM history_redaction",
    "forge a tombstone": "INSERT INTO history_redaction (table_name, object_key, column_name, versions, "
    "authority, reason) VALUES ('a', 1, 'b', 1, 'c', 'd')",
}


@pytest.mark.django_db
@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_the_application_cannot(attack):
    AssetFactory()
    ActionFactory()
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


OWNER_SLIPS = {
    "change a version": "UPDATE assets_historicalasset SET title = 'Never was'",
    "delete a version": "DELETE FROM assets_historicalasset",
    "empty the history": "TRUNCATE assets_historicalasset",
    "empty the register": "TRUNCATE assets_asset CASCADE",
    "change progress": "UPDATE actions_progressupdate SET status = 'completed'",
    "delete progress": "DELETE FROM actions_progressupdate",
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("slip", OWNER_SLIPS.values(), ids=OWNER_SLIPS)
def test_the_owner_cannot_by_a_slip(slip, owner_connection):
    AssetFactory()
    ActionFactory()
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner_connection.execute(slip)


# What no version repeats: secrets, and files with the words in them, whose SHA-256 stands in each version.
LEFT_OUT = {
    "people.User": {"password", "last_login"},
    "committees.Appendix": {"file", "words", "unread"},
    "committees.BackgroundPaper": {"file", "words", "unread"},
}


def test_every_model_with_a_history_has_its_trigger_and_its_columns(db):
    assert {model._meta.label for model in recorded_models()} >= {
        "assets.Asset",
        "risks.Risk",
        "actions.Action",
    }
    for model in recorded_models():
        history = model.history.model
        tracked = {field.column for field in model._meta.local_concrete_fields}
        left_out = LEFT_OUT.get(model._meta.label, set())
        assert tracked - {field.column for field in history._meta.local_concrete_fields} == left_out
        for table, wanted in (
            (model._meta.db_table, {"record_insert", "record_update", "record_delete", "refuse_truncate"}),
            (history._meta.db_table, {"guard_history", "refuse_truncate"}),
        ):
            assert triggers(table) >= wanted, table


def test_every_model_that_is_not_recorded_is_named():
    """A new model is recorded, append-only, or on this list with a reason."""
    unrecorded = {
        "history.Redaction",  # is itself the trail
        "history.Form",  # the seals over the trail: the database alone writes them
        "history.Era",
        "history.Seal",
        "history.Block",
        "people.Draft",  # what somebody has not saved yet
        "people.Guess",  # counts wrong passwords for five minutes
        "reminders.Digest",  # work in hand for the worker, kept as it was sent
        "assets.TitleWord",  # words that the database keeps of what is recorded
        "assets.Tally",  # numbers that the database keeps of what is recorded
        "exchange.BatchRow",  # work in hand: what a row of a file would change
        "exchange.FoundTable",  # follows from a file, and goes with it when it is emptied
        "committees.CalendarFeed",  # a key: who made it, when it was made and revoked stand in the row
        "committees.Verification",  # work in hand for the worker, and what it found
        "committees.Rendering",  # work in hand for the worker
    }
    ours = (
        "people",
        "colours",
        "assets",
        "risks",
        "actions",
        "committees",
        "history",
        "figures",
        "dashboards",
        "demo",
        "core",
        "exchange",
        "reminders",
    )
    for model in apps.get_models():
        if model._meta.app_label not in ours or model.__name__.startswith("Historical"):
            continue
        label = model._meta.label
        assert hasattr(model, "history") or getattr(model, "append_only", False) or label in unrecorded, label


@pytest.mark.django_db
def test_the_application_has_only_the_right_to_read_history_and_to_add_facts():
    def may(table, right):
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege(%s, %s)", [table, right])
            return cursor.fetchone()[0]

    for table in history_tables():
        assert [right for right in ("INSERT", "UPDATE", "DELETE", "TRUNCATE") if may(table, right)] == [], (
            table
        )
    for table in append_only_tables():
        assert [right for right in ("UPDATE", "DELETE", "TRUNCATE") if may(table, right)] == [], table
        assert may(table, "INSERT")
        assert triggers(table) >= {"refuse_change", "refuse_truncate"}, table


def triggers(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table]
        )
        return {name for (name,) in cursor.fetchall()}


NAME = "the child of number twelve"


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_text_can_be_removed_from_the_whole_trail_by_a_named_authority():
    asset = AssetFactory(description=f"Case file of {NAME}")
    asset.title = "Renamed"
    asset.save()
    changed = redact(
        asset, "description", containing=NAME, authority="Monitoring Officer", reason="Names a child"
    )
    assert changed == 2
    assert not Asset.history.filter(description__contains=NAME).exists()
    assert Asset.objects.get(pk=asset.pk).description == ""
    tombstone = next(event for event in timeline(asset) if event.kind == "redacted")
    assert (tombstone.who, tombstone.why) == ("Monitoring Officer", "Names a child")
    assert [event.kind for event in timeline(asset)] == ["redacted", "changed", "changed", "added"]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_name_can_be_removed_from_the_reason_of_a_change():
    asset = AssetFactory()
    with signed(None), because(f"Asked for by {NAME}"):
        Asset.objects.filter(pk=asset.pk).update(title="Renamed")
    removed = {"containing": NAME, "authority": "Monitoring Officer", "reason": "Names a child"}
    assert redact(asset, "history_change_reason", **removed) == 1
    assert not Asset.history.filter(history_change_reason__contains=NAME).exists()
    assert Asset.objects.get(pk=asset.pk).title == "Renamed"


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_text_can_be_removed_from_a_progress_update():
    action = ActionFactory()
    update = action.updates.get()
    with pytest.raises(RedactionRefusedError, match="authority"):
        redact(update, "evidence", containing=NAME, authority=" ", reason="Names a child")
    with pytest.raises(RedactionRefusedError, match="not a text"):
        redact(update, "status", containing="x", authority="Monitoring Officer", reason="Names a child")
    told = action.append(
        "in_progress", effective_on=update.effective_on, by=update.recorded_by, evidence=f"Met {NAME}"
    )
    assert (
        redact(told, "evidence", containing=NAME, authority="Monitoring Officer", reason="Names a child") == 1
    )
    assert next(event.kind for event in timeline(action, facts=[told])) == "redacted"
    told.refresh_from_db()
    assert (told.evidence, told.status) == ("", "in_progress")
