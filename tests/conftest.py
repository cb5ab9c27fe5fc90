"""What every test may ask for."""

import gc
import os
import shutil
from collections.abc import Generator
from typing import Any

import psycopg
import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.database import TestDatabase, connect, url

# Objects that are made before Python looks for those that nobody holds.
ROOM_FOR_OBJECTS = 100_000


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: Python need not look through it again and again, which took a
    sixth of the processor's time of the tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(ROOM_FOR_OBJECTS, 20, 20)


pytest_plugins = ["tests.browser", "tests.cast", "tests.northmere", "tests.permission_table"]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Generator[None]:
    """The database of this worker, made from the template; see tests/database.py."""
    from django.test import TransactionTestCase

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        database = TestDatabase()
        database.make_template()
        database.use(database.name)
        database.renew()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: database.renew())
        yield
        database.connections.close_all()
        database.drop(database.name)
        database.server.close()


@pytest.fixture
def process_env(transactional_db: None) -> dict[str, str]:
    """The environment for a real web server, worker or command that works in this test's database.

    It shares the folder of written files with the test, so that what the test sends the worker finds; the
    broker's folder is empty at the start.
    """
    from django.conf import settings

    from governance.celery import app, make_folders

    shutil.rmtree(settings.BROKER_FOLDER, ignore_errors=True)
    make_folders(app)  # for this process, which makes them once only
    default = settings.DATABASES["default"]
    own = {"DATABASE_URL": url(default), "DATABASE_OWNER_URL": "", "VAR_DIR": str(settings.VAR_DIR)}
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")} | own


@pytest.fixture
def owner_connection(transactional_db: None) -> Generator[psycopg.Connection[Any]]:
    """The test's database as the role that owns it, in autocommit: for what the application may not do."""
    from django.conf import settings

    with connect(settings.DATABASES["owner"], settings.DATABASES["owner"]["NAME"]) as connection:
        yield connection
