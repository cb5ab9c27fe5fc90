"""What tests of files ask for: that time has passed since a batch was last worked on."""

from collections.abc import Iterator

import pytest

from governance.history.trail import signed
from tests.factories import RiskFactory
from tests.risks.factories import in_force, score

AGED = "UPDATE exchange_historicalbatch SET history_date = history_date - %s * interval '1 day' WHERE id = %s"


@pytest.fixture
def in_a_request(ig_officer) -> Iterator[None]:
    """What the test writes is written by the information governance officer, as in a request."""
    with signed(ig_officer):
        yield


@pytest.fixture
def matrix(in_a_request):
    """The matrix in force, by which files score."""
    return in_force()


@pytest.fixture
def risk(matrix):
    """A risk scored 3 and 3."""
    found = RiskFactory(title="Loss of a laptop")
    score(found, 3, 3)
    return found


@pytest.fixture
def rest(owner_connection):
    """Let so many days pass after the last step of a batch, as its history has it."""

    def rest(batch, days=2):
        with owner_connection.transaction():
            owner_connection.execute("SELECT set_config('app.redacting', 'on', true)")
            owner_connection.execute(AGED, [days, batch.pk])

    return rest


@pytest.fixture
def empty(rest):
    """Empty the file of a batch with which nothing has happened for two days; was it emptied now?"""

    def empty(batch):
        rest(batch)
        return batch.empty_file()

    return empty
