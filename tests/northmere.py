"""Northmere in the database: the demonstration council, loaded once in a run and copied for each module.

A module that says `pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]` finds it there
in every test, transactional tests included; what a test changes is gone after it.
"""

from collections.abc import Generator
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.database import TEMPLATE_LOCK, TestDatabase, _sql


class Northmere(TestDatabase):
    """A second template with the council in it, and this worker's copy."""

    def __init__(self) -> None:
        super().__init__()
        self.empty, self.template = self.template, f"{self.template}_northmere"
        self.ordinary, self.name = self.name, f"{self.name}_northmere"

    def make_template(self) -> None:
        """Load the council into a copy of the empty template, once in a run."""
        self.server.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        known = self.server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template])
        if not known.fetchone():
            draft = f"{self.template}_new"
            self.drop(draft)
            self.server.execute(_sql("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", draft, self.empty))
            self._load(draft)
            self.server.execute(_sql("ALTER DATABASE {} RENAME TO {}", draft, self.template))
        self.server.execute("SELECT pg_advisory_unlock(%s)", [TEMPLATE_LOCK])

    def _load(self, name: str) -> None:
        from governance.demo.loader import load

        self.use(name)
        load()
        self.connections.close_all()


@pytest.fixture(scope="session")
def northmere_template(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Generator[Northmere]:
    """The loaded template, and the means to copy it."""
    with django_db_blocker.unblock():
        database = Northmere()
        database.make_template()
        database.use(database.ordinary)
        yield database
        database.drop(database.name)
        database.server.close()


@pytest.fixture(scope="module")
def northmere(northmere_template: Northmere, django_db_blocker: DjangoDbBlocker) -> Generator[Any]:
    """The tests of this module work in a copy of Northmere."""
    from django.test import TransactionTestCase

    database = northmere_template
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        database.use(database.name)
        database.renew()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: database.renew())
        yield database
        database.use(database.ordinary)
