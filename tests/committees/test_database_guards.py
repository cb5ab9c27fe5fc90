"""What the database itself keeps true of papers: each constraint is broken once, as the application."""

from contextlib import contextmanager
from datetime import date, timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from governance.committees.models import Issue, PublishedFigure
from governance.core.dates import end_of_day, today
from tests.committees.conftest import JULY
from tests.committees.factories import PaperFactory

pytestmark = pytest.mark.django_db

ATTACKS = {
    "change a figure": "UPDATE committees_publishedfigure SET value = 99",
    "delete a figure": "DELETE FROM committees_publishedfigure",
    "change an entry": "UPDATE committees_publishedentry SET reference = 'X'",
    "delete an entry": "DELETE FROM committees_publishedentry",
    "change the content": "UPDATE committees_issue SET content = '{}'",
    "delete the issue": "DELETE FROM committees_issue",
    "empty the ledger": "TRUNCATE committees_publishedentry, committees_publishedfigure CASCADE",
    "empty the issues": "TRUNCATE committees_issue CASCADE",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_the_application_cannot(october, attack):
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


BREACHES = {
    "issued_paper_never_changes": [
        "UPDATE committees_paper SET title = 'Another'",
        "UPDATE committees_paper SET state = 'draft'",
        "DELETE FROM committees_paper",
        "DELETE FROM committees_paperplan",
        "INSERT INTO committees_papersection (paper_id, position, number, heading, text) "
        "SELECT id, 99, '', 'More', '' FROM committees_paper LIMIT 1",
        "INSERT INTO committees_publishedfigure (paper_id, position, key, title, definition, "
        "as_at, known_before, "
        "scope, dimension, movement, value, has_entries) SELECT paper_id, 999, key, title, "
        "definition, as_at, "
        "known_before, scope, dimension, '', 0, true FROM committees_publishedfigure LIMIT 1",
    ],
    "figure_equals_its_entries": [
        "INSERT INTO committees_publishedentry (figure_id, subject, reference, evidence_kind, evidence) "
        "SELECT id, 987654, 'Forged', 'actions.progressupdate', 1 FROM committees_publishedfigure LIMIT 1",
    ],
    "subject_counts_once_in_a_figure": [
        "INSERT INTO committees_publishedentry (figure_id, subject, reference, evidence_kind, evidence) "
        "SELECT figure_id, subject, reference, evidence_kind, evidence FROM "
        "committees_publishedentry LIMIT 1",
    ],
    "paper_is_rendered_once_in_a_format": [
        "INSERT INTO committees_rendering (paper_id, format, state, attempt, error, filename, sha256) "
        "SELECT paper_id, 'pdf', 'queued', 0, '', 'x.pdf', '' FROM committees_rendering LIMIT 1",
    ],
    "rendering_is_done_with_its_file": ["UPDATE committees_rendering SET state = 'done'"],
    "rendering_runs_under_a_lease": ["UPDATE committees_rendering SET state = 'running'"],
    "rendering_fails_with_a_sentence": ["UPDATE committees_rendering SET state = 'failed'"],
    "rendering_state_is_known": ["UPDATE committees_rendering SET state = 'lost'"],
}


@pytest.mark.parametrize(
    ("constraint", "statement"), [(name, one) for name, all_of_it in BREACHES.items() for one in all_of_it]
)
def test_the_database_refuses_what_cannot_be(october, constraint, statement):
    assert broken_by(statement) == constraint


def execute(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def broken_by(statement):
    with pytest.raises(DatabaseError) as refused:
        execute(statement)
    return refused.value.__cause__.diag.constraint_name


ADD_SECTION = (
    "INSERT INTO committees_papersection "
    "(help, mandatory, clearance, lists, paper_id, position, number, heading, text) "
    "SELECT '', false, '', '', "
)
DRAFT_BREACHES = {
    "paper_is_issued_with_its_figures": "UPDATE committees_paper SET state = 'issued', as_at = '2016-07-13', "
    "published_on = '2016-07-15'",
    "paper_has_a_title": "UPDATE committees_paper SET title = ''",
    "paper_state_is_known": "UPDATE committees_paper SET state = 'lost', as_at = '2016-07-13', "
    "published_on = '2016-07-15'",
    "issued_paper_has_its_dates": "UPDATE committees_paper SET state = 'lost', as_at = '2016-07-13'",
    "paper_origin_is_known": "UPDATE committees_paper SET origin = 'elsewhere'",
    "paper_is_published_after_its_figures": "UPDATE committees_paper SET as_at = '2016-07-13', "
    "published_on = '2016-07-12'",
    "paper_reports_on_a_plan_once": "INSERT INTO committees_paperplan (paper_id, plan_id, position) "
    "SELECT paper_id, plan_id, 2 FROM committees_paperplan",
    "section_has_its_own_position": ADD_SECTION
    + "id, 1, '', 'Twice', '' FROM committees_paper CROSS JOIN generate_series(1, 2)",
    "section_has_a_heading": ADD_SECTION + "id, 1, '', '', '' FROM committees_paper",
    "body_has_a_name": "UPDATE committees_body SET name = ''",
    "body_kind_is_known": "UPDATE committees_body SET kind = 'club'",
    "body_meets_once_a_day": "INSERT INTO committees_meeting "
    "(body_id, held_on, place, title, state, reason) SELECT body_id, held_on, '', '', 'planned', '' "
    "FROM committees_meeting",
}


@pytest.mark.parametrize(("constraint", "statement"), DRAFT_BREACHES.items())
def test_the_database_refuses_what_cannot_be_of_a_draft(plan, constraint, statement):
    PaperFactory(plans=[plan])
    assert broken_by(statement) == constraint


def figure_of(paper, **facts):
    given = {
        "key": "actions.total",
        "title": "T",
        "definition": "D",
        "position": 1,
        "value": 0,
        "as_at": JULY,
    }
    return PublishedFigure.objects.create(paper=paper, known_before=end_of_day(JULY), **(given | facts))


@contextmanager
def undone():
    """What is tried inside is taken back: a figure may not stay behind with a draft."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_a_paper_with_figures_but_no_content_is_not_issued(plan):
    issued = "UPDATE committees_paper SET state = 'issued', as_at = '2016-07-13', published_on = '2016-07-15'"
    with undone():
        figure_of(PaperFactory(plans=[plan]))
        assert broken_by(issued) == "paper_is_issued_with_its_content"


def write_a_figure_without_its_entries(paper):
    with transaction.atomic():
        figure_of(paper, value=3)
        execute("SELECT 1")


def test_a_figure_without_its_entries_is_refused_even_in_a_draft(plan):
    paper = PaperFactory(plans=[plan])
    with pytest.raises(DatabaseError) as refused:
        write_a_figure_without_its_entries(paper)
    assert refused.value.__cause__.diag.constraint_name == "figure_equals_its_entries"


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("movement_is_from_an_earlier_figure", {"movement": "entered"}),
        ("figure_has_its_own_position", {}),
    ],
)
def test_a_figure_that_cannot_be_is_refused(plan, constraint, facts):
    paper = PaperFactory(plans=[plan])
    with undone():
        figure_of(paper)
        with pytest.raises(DatabaseError) as refused, transaction.atomic():
            figure_of(paper, **facts)
    assert refused.value.__cause__.diag.constraint_name == constraint


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("issue_knows_nothing_of_the_future", {"known_before": end_of_day(date(2999, 1, 1))}),
        ("issue_carries_its_fingerprint", {"content_sha256": "none"}),
    ],
)
def test_an_issue_that_cannot_be_is_refused(plan, officer, constraint, facts):
    given = {"known_before": end_of_day(JULY), "content_sha256": "0" * 64, "content": {}, "as_at": JULY}
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        Issue.objects.create(paper=PaperFactory(plans=[plan]), issued_by=officer, **(given | facts))
    assert refused.value.__cause__.diag.constraint_name == constraint


def test_nobody_says_when_a_paper_was_issued_but_the_database(plan, officer):
    said = end_of_day(date(2016, 1, 1))
    with undone():
        issue = Issue.objects.create(
            paper=PaperFactory(plans=[plan]),
            issued_by=officer,
            issued_at=said,
            known_before=said,
            content={},
            content_sha256="0" * 64,
            as_at=JULY,
        )
        assert issue.issued_at.date() >= today() - timedelta(days=1)
