"""The test database: a template migrated as the owner, copied, and worked in as the application's role.

Loaded early (`-p tests.database` in pyproject.toml), because Django's settings are read before any conftest
and need to know where the database is. Without DATABASE_URL and DATABASE_OWNER_URL a throw-away cluster is
started; with both, that server is used, whose owner needs CREATEDB and pg_signal_backend.

The throw-away cluster is a copy of one that was migrated before (tests/migrated.py). It lies in memory where
there is room: a copy of the template is 3,000 small files, which take 0.1 s there and up to 2.5 s on a disk.

A transactional test (transactional_db, live_server) ends with a fresh copy of the template instead of
Django's flush, which histories refuse.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

from governance.core.postgres import LocalPostgres
from tests.migrated import MIGRATED, lay_out

# One template for all workers of a run; the lock keeps two of them from making it.
TEMPLATE_LOCK = 4712
MEMORY = Path("/dev/shm")
ROOM = 6 << 30  # bytes; a run with two workers was seen to need less than a third of it
_started: dict[str, Any] = {}


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Say where the database and the written files are, before anybody reads the settings."""
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        os.environ["VAR_DIR"] = str(Path(os.environ["VAR_DIR"]) / worker)
    else:
        _prepare_run()
    return (yield)


def _prepare_run() -> None:
    folder = Path(tempfile.mkdtemp(prefix="custodian-test-", dir=_in_memory()))
    os.environ["VAR_DIR"] = str(folder)
    os.environ["EVIDENCE_DIR"] = str(folder / "evidence")  # of all workers: what one loads others read
    os.environ["TEST_DATABASE"] = f"test_custodian_{os.getpid()}"
    os.environ.pop("BROKER_URL", None)
    _started["folder"] = folder
    given = [name for name in ("DATABASE_URL", "DATABASE_OWNER_URL") if os.environ.get(name)]
    if len(given) == 1:
        raise pytest.UsageError("The tests need both DATABASE_URL and DATABASE_OWNER_URL, or neither.")
    if not given:
        _started["postgres"] = postgres = LocalPostgres(folder / "postgres", fast=True)
        lay_out(postgres)
        postgres.start()
        os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"] = postgres.urls


def _in_memory() -> Path | None:
    """The folder of the machine's memory if it has room for a cluster, else none: the usual one is used."""
    if not os.environ.get("TMPDIR") and MEMORY.is_dir() and os.access(MEMORY, os.W_OK):
        return MEMORY if shutil.disk_usage(MEMORY).free > ROOM else None
    return None


def pytest_unconfigure() -> None:
    """Leave nothing behind: no databases on a server that was given to us, no cluster, no files."""
    if "folder" not in _started:
        return  # a worker: the run is not its to end
    if postgres := _started.get("postgres"):
        postgres.stop()
    else:
        _drop_all()
    shutil.rmtree(_started["folder"], ignore_errors=True)


def _drop_all() -> None:
    database = TestDatabase()
    prefix = os.environ["TEST_DATABASE"]
    for (name,) in database.server.execute("SELECT datname FROM pg_database").fetchall():
        if name.startswith(prefix):
            database.drop(name)


class TestDatabase:
    """The database of this process: a copy of the run's template, made anew after a transactional test."""

    __test__ = False

    def __init__(self) -> None:
        from django.db import connections

        self.connections = connections
        self.settings = [connections[alias].settings_dict for alias in ("default", "owner")]
        run = os.environ["TEST_DATABASE"]
        self.name = f"{run}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
        self.template = f"{run}_tpl"
        self.server = connect(self.settings[1], _started.setdefault("maintenance", self.settings[1]["NAME"]))

    def make_template(self) -> None:
        """The template, once in a run: what was migrated before, or migrated now."""
        self.server.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        if self.is_there(MIGRATED):
            self.server.execute(_sql("ALTER DATABASE {} RENAME TO {}", MIGRATED, self.template))
        if not self.is_there(self.template):
            draft = f"{self.template}_new"
            self.drop(draft)
            self.server.execute(_sql("CREATE DATABASE {}", draft))
            self._migrate(draft)
            self.server.execute(_sql("ALTER DATABASE {} RENAME TO {}", draft, self.template))
        self.server.execute("SELECT pg_advisory_unlock(%s)", [TEMPLATE_LOCK])

    def is_there(self, name: str) -> bool:
        """Whether the server has a database of that name; one that bears the template's is complete."""
        found = self.server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None

    def _migrate(self, name: str) -> None:
        from django.core.management import call_command

        self.use(name)
        call_command("migrate", verbosity=0, interactive=False)
        self.connections.close_all()

    def use(self, name: str) -> None:
        """Point both roles at a database, in this thread and in every other."""
        self.connections.close_all()
        for settings in self.settings:
            settings["NAME"] = name

    def renew(self) -> None:
        """Throw the database away, with whoever is still connected, and copy the template again."""
        self.connections.close_all()
        self.drop(self.name)
        copy = _sql("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", self.name, self.template)
        self.server.execute(copy)

    def drop(self, name: str) -> None:
        """Drop a database, if it is there."""
        self.server.execute(_sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))


def _sql(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))


def connect(settings: dict[str, Any], name: str) -> psycopg.Connection[Any]:
    """A plain connection, in autocommit, to the database of that name as the role of these settings."""
    return psycopg.connect(
        host=settings["HOST"] or None,
        port=settings["PORT"] or None,
        user=settings["USER"],
        password=settings["PASSWORD"] or None,
        dbname=name,
        autocommit=True,
    )


def url(settings: dict[str, Any]) -> str:
    """The settings of a database as an address for the environment of another process."""
    user = ":".join(quote(part, safe="") for part in (settings["USER"], settings["PASSWORD"]) if part)
    place = settings["HOST"]
    if place.startswith("/"):
        return f"postgres://{user}@/{quote(place)}/{settings['NAME']}"
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    return f"postgres://{user}@{place}{port}/{settings['NAME']}"
