"""What verification says of Part 2: its ledger, what was removed from it by authority, and who prints it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg.errors import InsufficientPrivilege

from governance.committees import services
from governance.committees.ledgers import verify_all
from governance.history.redaction import redact
from tests.committees.conftest import OCTOBER
from tests.committees.exempting import mark
from tests.committees.factories import PaperFactory

BESIDE = "prints nothing of the Part 2 that stands beside it"
LEDGER = "has another ledger than the one whose digest it prints"
BY_AUTHORITY = {"authority": "Monitoring officer", "reason": "Names a supplier"}


def issued(plan, clerk):
    paper = PaperFactory(plans=[plan])
    prices = paper.sections.create(position=1, heading="Prices", text="{{figure actions.completed plan=ico}}")
    mark(paper, section=prices)
    return services.issue(paper, by=clerk, frozen_on=OCTOBER).paper


def faults():
    return [str(each) for each in verify_all().faults]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_what_is_removed_from_part_2_by_authority_is_told_from_what_was_altered(
    owner_connection, plan, clerk
):
    paper = issued(plan, clerk)
    secret = paper.figures.get(exempt=True)
    assert redact(secret, "title", containing=secret.title, **BY_AUTHORITY)
    assert faults() == []
    for table in ("committees_publishedfigure", "committees_issue", "committees_edition"):
        with pytest.raises(InsufficientPrivilege, match="append-only"):
            owner_connection.execute(f"DELETE FROM {table}")
        owner_connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner_connection.execute("UPDATE committees_publishedfigure SET title = 'Another' WHERE position = 1")
    owner_connection.execute("UPDATE committees_issue SET content = content - 'part_2'")
    told = "\n".join(faults())
    assert f"committees_paper: row {paper.pk} {LEDGER}" in told
    assert f"committees_paper: row {paper.pk} {BESIDE}" in told
    assert f"committees_edition: row {paper.editions.get().pk} {LEDGER}" not in told


@pytest.mark.django_db
def test_ledgers_of_part_2_are_read_together(plan, clerk):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            verify_all()
        return len(asked)

    issued(plan, clerk)
    once = queries()
    issued(plan, clerk)
    assert queries() == once
