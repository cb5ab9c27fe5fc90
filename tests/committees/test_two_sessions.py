"""What two sessions at once, an old view of the database, or a paper made by hand cannot do."""

import threading
from datetime import date, timedelta

import psycopg
import pytest
from django.db import IntegrityError, connection, connections, transaction

from actions.models import ProgressUpdate
from governance.committees import services
from governance.committees.models import PublishedFigure
from tests.committees.conftest import JULY, OCTOBER, noon
from tests.committees.factories import PaperFactory
from tests.database import connect
from tests.factories import PlanFactory

pytestmark = pytest.mark.django_db(transaction=True)

SECTION = (
    "INSERT INTO committees_papersection (paper_id, position, number, heading, text) "
    "VALUES (%s, 99, '', 'More', '')"
)
PLAN_LINK = "INSERT INTO committees_paperplan (paper_id, plan_id, position) VALUES (%s, {plan}, 99)"
FIGURE = (
    "INSERT INTO committees_publishedfigure (paper_id, position, key, title, definition, as_at, "
    "known_before, scope, dimension, movement, value, has_entries) "
    "VALUES (%s, 9999, 'actions.total', 'Forged', '', '2016-10-12', '2016-10-12', '{{}}', '{{}}', '', "
    "99, false)"
)
LATE_FACT = (
    "INSERT INTO actions_progressupdate (action_id, status, effective_on, known_at, source_document, "
    "recorded_by_id, evidence, reason, waiver, recorded_as, void) SELECT action_id, 'completed', "
    "'2016-06-01', '2016-06-01', 'Minutes', recorded_by_id, '', '', '', '', false "
    "FROM actions_progressupdate LIMIT 1"
)


@pytest.fixture
def other_session():
    """A second session of the application's role."""
    where = connection.settings_dict
    with connect(where, where["NAME"]) as session:
        yield session


def while_issuing(paper, officer, session, statement):
    """Run a statement in another session while the paper is being issued; the error it ends with, if any."""
    errors = []

    def run():
        try:
            session.execute(statement, [paper.pk] if "%s" in statement else None)
        except psycopg.Error as error:
            errors.append(error)

    with transaction.atomic():
        services.issue(paper, by=officer, frozen_on=OCTOBER)
        other = threading.Thread(target=run)
        other.start()
        other.join(timeout=0.7)
        assert other.is_alive(), "it did not wait for the paper to be issued"
    other.join(timeout=20)
    return errors


@pytest.mark.parametrize("statement", [SECTION, PLAN_LINK, FIGURE], ids=["section", "plan", "figure"])
def test_nothing_is_added_to_a_paper_while_it_is_being_issued(july, plan, officer, other_session, statement):
    paper = PaperFactory(plans=[plan])
    (error,) = while_issuing(paper, officer, other_session, statement.format(plan=PlanFactory().pk))
    assert error.diag.constraint_name == "issued_paper_never_changes"
    assert not PublishedFigure.objects.filter(title="Forged").exists()


def test_a_fact_recorded_while_a_paper_is_issued_waits_and_is_held_against_its_freeze(
    july, plan, officer, other_session
):
    (error,) = while_issuing(PaperFactory(plans=[plan]), officer, other_session, LATE_FACT)
    assert error.diag.constraint_name == "known_after_the_last_freeze"


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_old_view_of_the_database_records_no_facts(plan, officer, other_session, level):
    with other_session.transaction():
        other_session.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
        with (
            pytest.raises(psycopg.errors.CheckViolation, match="read committed"),
            other_session.transaction(),
        ):
            other_session.execute(LATE_FACT)


def test_an_action_stays_on_its_plan_so_that_past_figures_stay(october, plan):
    with pytest.raises(IntegrityError) as error:
        plan.actions.update(plan=PlanFactory())
    assert error.value.__cause__.diag.constraint_name == "action_stays_on_its_plan"


def test_what_was_published_goes_on_finding_the_plan_by_its_code(october, plan):
    plan.code = "renamed"
    with pytest.raises(IntegrityError) as error:
        plan.save()
    assert error.value.__cause__.diag.constraint_name == "code_stays"


def test_a_paper_is_not_born_issued(officer):
    with pytest.raises(IntegrityError) as error:
        PaperFactory(state="issued")
    assert error.value.__cause__.diag.constraint_name == "paper_begins_as_a_draft"


def test_a_figure_is_not_left_behind_with_a_draft(plan):
    paper = PaperFactory(plans=[plan])
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FIGURE.format(), [paper.pk])
    assert error.value.__cause__.diag.constraint_name == "published_with_its_paper"


FORGERIES = {
    "without rows": {"has_entries": "false", "value": "99", "as_at": "'2016-10-12'", "known": "'2016-10-13'"},
    "of another day": {"has_entries": "true", "value": "0", "as_at": "'2016-01-01'", "known": "'2016-10-13'"},
    "known at another time": {
        "has_entries": "true",
        "value": "0",
        "as_at": "'2016-10-12'",
        "known": "'2016-01-01'",
    },
}


FORGED_FIGURE = (
    "INSERT INTO committees_publishedfigure (paper_id, position, key, title, definition, as_at, "
    "known_before, scope, dimension, movement, value, has_entries) "
    "VALUES (%s, 1, 'actions.total', 'Forged', '', "
    "{as_at}, {known}, '{{}}', '{{}}', '', {value}, {has_entries})"
)


def make_by_hand(paper, officer, forged):
    """A figure, an issue and the state, written in SQL."""
    with connection.cursor() as cursor:
        cursor.execute(FORGED_FIGURE.format(**forged), [paper.pk])
        cursor.execute(
            "INSERT INTO committees_issue (paper_id, issued_by_id, issued_as, as_at, known_before, content, "
            "content_sha256) VALUES (%s, %s, '', '2016-10-12', '2016-10-13', '{}', repeat('0', 64))",
            [paper.pk, officer.pk],
        )
        cursor.execute("UPDATE committees_paper SET state = 'issued' WHERE id = %s", [paper.pk])


@pytest.mark.parametrize("forged", FORGERIES.values(), ids=FORGERIES)
def test_a_paper_made_by_hand_is_not_issued_with_a_figure(plan, officer, forged):
    paper = PaperFactory(plans=[plan])
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make_by_hand(paper, officer, forged)
    assert error.value.__cause__.diag.constraint_name == "figures_are_of_the_moment_of_the_paper"


def test_no_paper_is_frozen_before_one_that_has_gone_out(october, plan, officer):
    with pytest.raises(IntegrityError) as error:
        services.issue(PaperFactory(plans=[plan]), by=officer, frozen_on=JULY + timedelta(days=30))
    assert error.value.__cause__.diag.constraint_name == "paper_is_frozen_after_the_last"


def test_nobody_chooses_the_key_that_decides_the_place_in_the_day(plan, officer):
    action = plan.actions.first()
    made = ProgressUpdate.objects.create(
        pk=9_223_372_036_854_775_000,
        action=action,
        status="in_progress",
        effective_on=date(2016, 9, 2),
        known_at=noon(date(2016, 9, 2)),
        source_document="Workbook",
        recorded_by=officer,
    )
    assert made.place == ProgressUpdate.objects.latest("pk").pk < 9_000_000


RENDERINGS = {
    "rendering_carries_its_fingerprint": "UPDATE committees_rendering SET state = 'done', file = 'forged', "
    "size = 6, finished_at = now(), lease_until = NULL, sha256 = repeat('0', 64)",
    "finished_rendering_never_changes": "DELETE FROM committees_rendering",
    "rendering_is_in_the_format_of_its_paper": "INSERT INTO committees_rendering (paper_id, format, "
    "state, attempt, error, filename, sha256) "
    "SELECT paper_id, 'original', 'queued', 0, '', 'x', '' FROM committees_rendering LIMIT 1",
}


@pytest.mark.parametrize("constraint", RENDERINGS)
def test_a_file_is_the_one_that_was_made_for_the_paper(october, constraint):
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RENDERINGS[constraint])
    assert error.value.__cause__.diag.constraint_name == constraint


@pytest.fixture(autouse=True)
def _no_session_left_open():
    yield
    connections.close_all()
