"""The application works with rows; what rows lie in is the owner's."""

import psycopg
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import ProgrammingError, connection, connections

from governance.people.models import User

TABLE = User._meta.db_table


@pytest.mark.parametrize(
    "attempt",
    [
        "CREATE TABLE own_table (id bigint)",
        "CREATE SCHEMA own_schema",
        f"TRUNCATE {TABLE} CASCADE",
        f"ALTER TABLE {TABLE} ADD COLUMN note text",
        f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL",
        f"DROP TABLE {TABLE} CASCADE",
        "CREATE ROLE another SUPERUSER",
        "SET ROLE custodian_owner",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_may_not(db, attempt):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner|not a superuser"):
        connection.cursor().execute(attempt)


def test_the_application_works_with_what_the_owner_makes_later(owner_connection: psycopg.Connection):
    owner_connection.execute("CREATE TABLE later (id bigserial PRIMARY KEY, note text)")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO later (note) VALUES ('written') RETURNING id")
        cursor.execute("UPDATE later SET note = 'changed'")
        cursor.execute("SELECT note FROM later")
        assert cursor.fetchall() == [("changed",)]
        cursor.execute("DELETE FROM later")


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_migrating_again_changes_no_right():
    rights = (
        "SELECT relname, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "UNION ALL SELECT proname, proacl::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    )
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"{rights} ORDER BY 1")
        before = cursor.fetchall()
        call_command("migrate", verbosity=0)
        cursor.execute(f"{rights} ORDER BY 1")
        assert cursor.fetchall() == before
    assert len(before) > 10


@pytest.mark.parametrize(
    ("role", "called"),
    [("public", []), ("custodian_app", ["assets_count_again", "empty_batch_file", "seal_blocks"])],
)
def test_with_the_owners_rights_runs_only_what_a_model_names(role, called, db):
    """Anybody else who may connect calls none of them; a trigger's function is called by nobody."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace "
            "AND has_function_privilege(%s, oid, 'EXECUTE') ORDER BY 1",
            [role],
        )
        assert [name for (name,) in cursor.fetchall()] == called


def test_the_cache_is_the_applications_to_use(db):
    cache.set("word", "kept")
    assert cache.get("word") == "kept"
