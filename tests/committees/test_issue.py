"""Issuing a paper: the figures are frozen, the ledger is written; all of it or nothing."""

from datetime import date, timedelta

import psycopg
import pytest
from django.db import DatabaseError, transaction

from actions.models import Status
from governance.committees import services
from governance.committees.content import text_of
from governance.committees.models import Issue, Paper, PublishedEntry, PublishedFigure, Rendering
from governance.core.dates import end_of_day, long_date, today
from governance.figures.figure import UnknownFigureError, get_figure
from tests.committees.conftest import JULY, OCTOBER, brought_in, report
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.factories import ActionFactory, PlanFactory

pytestmark = pytest.mark.django_db


def value(issue, name, movement="", **dimension):
    return PublishedFigure.objects.get(
        paper=issue.paper, key=f"actions.{name}", movement=movement, dimension=dimension
    ).value


def test_every_figure_of_the_ledger_is_the_number_of_its_entries(october):
    figures = list(PublishedFigure.objects.filter(paper=october.paper))
    assert figures
    for figure in figures:
        assert (
            figure.value == len({entry.subject for entry in figure.entries.all()}) == figure.entries.count()
        )


def test_every_entry_is_the_update_that_stood_at_the_moment(october, plan):
    for figure in PublishedFigure.objects.counted().filter(paper=october.paper, dimension={}):
        assert figure.listed() == get_figure(figure.key).entries(october.moment, figure.counted)


def test_scope_areas_add_up_to_the_whole(october):
    for name in ("total", *Status.values):
        parts = (
            PublishedFigure.objects.counted()
            .filter(paper=october.paper, key=f"actions.{name}")
            .exclude(dimension={})
        )
        assert sum(part.value for part in parts) == value(october, name)


def test_the_movement_is_counted_from_the_ledger_of_the_paper_before(july, october):
    assert (value(july, "completed"), value(october, "completed")) == (1, 4)
    assert value(october, "completed", "entered") == 3
    assert value(october, "in_progress", "left") == 2
    further = PublishedFigure.objects.get(paper=october.paper, key="actions.completed", movement="entered")
    assert [entry.reference for entry in further.listed()] == ["ICO-2", "ICO-3", "ICO-4"]
    assert further.earlier.paper == july.paper


def test_the_first_paper_on_a_plan_has_no_movement(july):
    assert not PublishedFigure.objects.filter(paper=july.paper).exclude(movement="").exists()


def test_a_movement_is_told_from_the_meeting_before_unless_that_is_still_to_come(plan, officer):
    later = MeetingFactory(held_on=date(2016, 11, 7))
    services.issue(PaperFactory(meeting=later, plans=[plan]), by=officer, frozen_on=JULY)
    issue = services.issue(PaperFactory(meeting=later, plans=[plan]), by=officer, frozen_on=OCTOBER)
    assert text_of(issue.content["plans"][0]["sentences"]["summary"]).startswith(
        "Since 13 July 2016 a further 3"
    )


def test_a_frozen_day_ends_at_midnight_in_london(july):
    assert (july.as_at, july.known_before) == (JULY, end_of_day(JULY))


def test_without_a_frozen_day_the_moment_is_the_databases_now(plan, officer):
    issue = services.issue(PaperFactory(plans=[plan], to_come=True), by=officer)
    assert issue.as_at == today()
    assert timedelta(0) <= issue.issued_at - issue.known_before < timedelta(seconds=30)


def test_what_was_written_in_the_same_minute_before_the_issue_is_in_it(plan, officer):
    plan.actions.get(reference="ICO-5").report(Status.COMPLETED, effective_on=today(), by=officer)
    assert value(services.issue(PaperFactory(plans=[plan], to_come=True), by=officer), "completed") == 5


def test_the_content_carries_its_fingerprint_and_the_file_is_asked_for(october):
    assert october.is_as_issued()
    rendering = Rendering.objects.get(paper=october.paper, format="pdf")
    assert (rendering.state, rendering.format, rendering.attempt) == ("queued", "pdf", 0)
    assert rendering.filename.endswith(".pdf")


def test_an_action_stands_since_it_was_first_reported_so(plan, officer):
    action = plan.actions.get(reference="ICO-1")
    since = action.standing().effective_on
    action.report(Status.COMPLETED, effective_on=today(), by=officer)
    (stored,) = services.issue(PaperFactory(plans=[plan], to_come=True), by=officer).content["plans"]
    (row,) = (each for each in stored["appendix"] if each["reference"] == "ICO-1")
    assert (row["since"], row["status"]) == (since.isoformat(), "completed")


def test_the_stored_content_is_enough_to_print_the_paper(october, plan):
    stored = Issue.objects.get(pk=october.pk).content
    plan.actions.update(title="Changed since")
    assert "Changed since" not in str(stored)
    assert len(stored["plans"][0]["appendix"]) == 5
    assert len(stored["plans"][0]["ledger"]) == PublishedFigure.objects.filter(paper=october.paper).count()


# All or nothing


@pytest.mark.parametrize("step", ["build", "fingerprint", "ask_for_files"])
def test_a_paper_that_fails_half_way_leaves_nothing(plan, officer, monkeypatch, step):
    paper = PaperFactory(plans=[plan], to_come=True)
    place = services.issuing.content if step == "build" else services.issuing

    def break_off(*args, **options):
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(place, step, break_off)
    with pytest.raises(RuntimeError):
        services.issue(paper, by=officer)
    paper.refresh_from_db()
    assert paper.is_draft
    for model in (PublishedFigure, PublishedEntry, Issue, Rendering):
        assert not model.objects.exists()


def test_a_paper_is_issued_once(october, officer):
    with pytest.raises(services.IssueRefusedError, match="issued already"):
        services.issue(october.paper, by=officer)


def test_a_paper_without_a_plan_is_not_issued(officer):
    with pytest.raises(services.IssueRefusedError, match="at least one action plan"):
        services.issue(PaperFactory(), by=officer)


@pytest.mark.parametrize("field", ["as_at", "frozen_on"])
def test_figures_are_not_frozen_in_the_future(plan, officer, field):
    tomorrow = today() + timedelta(days=1)
    paper = PaperFactory(plans=[plan], as_at=tomorrow if field == "as_at" else None)
    with pytest.raises(services.IssueRefusedError, match="still to come"):
        services.issue(paper, by=officer, frozen_on=tomorrow if field == "frozen_on" else None)


def test_a_paper_is_not_published_before_its_figures(plan, officer):
    paper = PaperFactory(plans=[plan], published_on=date(2016, 7, 1))
    with pytest.raises(services.IssueRefusedError, match="published before"):
        services.issue(paper, by=officer, frozen_on=JULY)


def test_a_paper_is_not_issued_with_figures_of_a_day_after_its_meeting(plan, officer):
    paper = PaperFactory(plans=[plan])  # no day given means today, and the meeting was in 2016
    sentence = f"as at {long_date(today())}, which is after the meeting of 24 October 2016"
    assert sentence in services.why_not(paper)
    with pytest.raises(services.IssueRefusedError, match=sentence):
        services.issue(paper, by=officer)
    paper.as_at = date(2016, 10, 25)
    paper.save()
    with pytest.raises(services.IssueRefusedError, match="as at 25 October 2016, which is after the meeting"):
        services.issue(paper, by=officer)


def test_a_paper_is_not_published_after_its_meeting(plan, officer):
    paper = PaperFactory(plans=[plan], as_at=OCTOBER, published_on=date(2016, 10, 25))
    sentence = "published on 25 October 2016, which is after the meeting of 24 October 2016"
    assert sentence in services.why_not(paper)
    with pytest.raises(services.IssueRefusedError, match=sentence):
        services.issue(paper, by=officer)


def test_nothing_is_said_against_a_paper_that_can_be_issued(plan):
    assert services.why_not(PaperFactory(plans=[plan], to_come=True)) == ""
    assert services.why_not(PaperFactory(plans=[plan], as_at=OCTOBER, published_on=OCTOBER)) == ""


@pytest.mark.django_db(transaction=True)
def test_a_writer_who_does_not_let_go_stops_the_issue_with_a_sentence(
    plan, officer, owner_connection, monkeypatch
):
    monkeypatch.setattr(services.issuing, "LOCK_TIMEOUT", "200ms")
    owner_connection.execute("SELECT pg_advisory_lock_shared(4711)")
    with pytest.raises(services.RegisterBusyError, match="Nothing was issued"):
        services.issue(PaperFactory(plans=[plan], to_come=True), by=officer)
    assert not Issue.objects.exists()


# Papers issued before the product


def past(plan, officer, **figures):
    meeting = MeetingFactory(held_on=date(2016, 7, 25))
    return services.enter_past_paper(
        meeting, "Report of July", [plan], JULY, figures, b"%PDF-1.4 scanned", "july.pdf", officer
    )


def test_a_past_paper_gives_the_first_paper_a_movement_in_numbers(plan, officer):
    paper = past(plan, officer, completed=1, in_progress=2, not_started=2)
    issue = services.issue(PaperFactory(plans=[plan]), by=officer, frozen_on=OCTOBER)
    further = PublishedFigure.objects.get(paper=issue.paper, key="actions.completed", movement="entered")
    assert (further.value, further.has_entries, further.earlier.paper) == (3, False, paper)
    said = text_of(issue.content["plans"][0]["sentences"]["summary"])
    assert said.startswith(
        "Since 25 July 2016 a further 3 actions have been completed; the 1 remaining action has"
    )
    moved = text_of(issue.content["plans"][0]["sentences"]["movement"])
    assert moved.endswith(
        "Compared with it there are now 3 more completed, 2 fewer in progress and 1 fewer not started."
    )


def test_a_past_paper_keeps_its_file_and_works_out_total_and_rest(plan, officer):
    paper = past(
        plan, officer, **{"actions.completed": 1, "actions.in_progress": 2, "actions.not_started": 2}
    )
    kept = {figure.key: figure.value for figure in paper.figures.all()}
    assert (kept["actions.total"], kept["actions.remaining"]) == (5, 4)
    rendering = Rendering.objects.get(paper=paper)
    assert (bytes(rendering.file), rendering.state, rendering.size) == (b"%PDF-1.4 scanned", "done", 16)
    assert (paper.state, paper.origin) == (Paper.State.ISSUED, Paper.Origin.BEFORE)


@pytest.mark.parametrize(
    ("figures", "error"),
    [({"finished": 3}, UnknownFigureError), ({"completed": -1}, services.IssueRefusedError)],
)
def test_a_past_paper_with_senseless_figures_is_refused(plan, officer, figures, error):
    with pytest.raises(error):
        past(plan, officer, **figures)
    assert not Paper.objects.exists()


# History is not slipped in behind a paper


def test_history_known_before_the_last_freeze_is_refused(october, plan, officer):
    action = plan.actions.get(reference="ICO-5")
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        report(action, Status.IN_PROGRESS, date(2016, 10, 11), officer)
    assert refused.value.__cause__.diag.constraint_name == "known_after_the_last_freeze"
    assert isinstance(refused.value.__cause__, psycopg.errors.CheckViolation)


def test_history_known_after_the_last_freeze_is_taken(october, plan, officer):
    report(plan.actions.get(reference="ICO-5"), Status.IN_PROGRESS, date(2016, 10, 13), officer)


def test_a_late_report_of_an_early_day_is_taken_and_changes_no_paper(october, plan, officer):
    plan.actions.get(reference="ICO-5").report(Status.COMPLETED, effective_on=date(2016, 9, 1), by=officer)
    figure = PublishedFigure.objects.counted().get(paper=october.paper, key="actions.completed", dimension={})
    assert get_figure(figure.key).entries(figure.moment, figure.counted) == figure.listed()


def test_a_freeze_on_one_plan_leaves_others_alone(october, officer):
    other = PlanFactory()
    opened = {"opened_on": date(2016, 1, 4), "by": officer} | brought_in(date(2016, 1, 4))
    report(ActionFactory(plan=other, **opened), Status.COMPLETED, date(2016, 2, 1), officer)


def test_a_past_paper_freezes_nothing(plan, officer):
    past(plan, officer, completed=1)
    report(plan.actions.get(reference="ICO-5"), Status.IN_PROGRESS, date(2016, 7, 1), officer)
