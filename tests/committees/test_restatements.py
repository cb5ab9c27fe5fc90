"""Published figures that are known otherwise later: found once, told apart, classed with a reason."""

import json
from contextlib import contextmanager
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from actions.models import Status
from governance.committees import services
from governance.committees.lines import NO_AREA
from governance.committees.models import Classing, PublishedFigure, Restatement
from governance.committees.restating.finding import find
from governance.committees.restating.story import open_to
from governance.committees.services import restatements
from governance.committees.verdicts import as_known_now
from governance.core.dates import end_of_day
from tests.committees.conftest import OCTOBER, brought_in, report
from tests.committees.factories import MeetingFactory, PaperFactory

pytestmark = pytest.mark.django_db


def put_right(plan, by, reference="ICO-3", status=Status.NOT_STARTED, **facts):
    """The update that July rested on was wrong."""
    action = plan.actions.get(reference=reference)
    wrong = action.updates.filter(corrected_by=None, effective_on__lte=date(2016, 7, 13)).latest(
        "effective_on", "place"
    )
    return action.correct(wrong, by=by, reason="Entered on the wrong line", status=status, **facts)


def of(key):
    return Restatement.objects.standing().get(figure__key=f"actions.{key}", figure__dimension={})


@contextmanager
def refusing(constraint):
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        yield
    assert refused.value.__cause__.diag.constraint_name == constraint


@pytest.fixture
def corrected(july, plan, officer):
    return put_right(plan, officer)


def test_a_correction_opens_a_restatement_of_every_figure_it_moves_and_of_no_other(july, plan, officer):
    assert find().written == []
    correction = put_right(plan, officer)

    found = {each.figure.key: each for each in find().written if not each.figure.dimension}

    assert {key: (each.figure.value, each.now) for key, each in found.items()} == {
        "actions.in_progress": (2, 1),
        "actions.not_started": (2, 3),
    }
    for each in found.values():
        assert each.references == ["ICO-3"]
        assert [cause["id"] for cause in each.causes] == [correction.pk]


def test_each_row_that_came_and_went_is_named_in_the_figure_it_came_to_and_went_from(corrected, plan):
    find()
    three = {"subject": plan.actions.get(reference="ICO-3").pk, "reference": "ICO-3"}
    assert (of("in_progress").came, of("in_progress").went) == ([], [three])
    assert (of("not_started").came, of("not_started").went) == ([three], [])


def test_what_took_effect_after_the_day_of_the_figures_restates_nothing(july, plan, officer):
    plan.actions.get(reference="ICO-3").report(Status.COMPLETED, effective_on=date(2016, 7, 14), by=officer)
    assert find().written == []


def test_the_same_difference_is_found_once_and_another_is_said_again(corrected, plan, officer):
    first = find().written
    assert find().written == []
    put_right(plan, officer, "ICO-2")
    again = find().written

    assert {each.number for each in first} == {1}
    assert {(each.figure.key, each.number, each.now) for each in again if not each.figure.dimension} == {
        ("actions.in_progress", 2, 0),
        ("actions.not_started", 2, 4),
    }


def test_a_difference_that_is_put_right_again_is_closed_by_itself_and_keeps_its_past(
    corrected, plan, officer
):
    find()
    put_right(plan, officer, status=Status.IN_PROGRESS)
    written = find().written

    assert not any(each.differs for each in written)
    assert not Restatement.objects.standing().differing().exists()
    assert list(of("in_progress").figure.restatements.values_list("now", flat=True)) == [1, 2]


def test_figures_are_compared_as_known_on_an_earlier_day_too(corrected):
    assert find(end_of_day(OCTOBER)).written == []


def test_however_many_papers_repeat_a_figure_the_registers_are_asked_once(
    july, plan, officer, django_assert_max_num_queries
):
    for day in range(1, 6):
        meeting = MeetingFactory(held_on=date(2016, 8, day))
        services.issue(PaperFactory(meeting=meeting, plans=[plan]), by=officer, frozen_on=date(2016, 7, 13))
    with django_assert_max_num_queries(9):
        assert find().papers == 6


def test_a_paper_before_the_product_is_not_compared(plan, officer):
    meeting = MeetingFactory(held_on=date(2016, 7, 25))
    figures = {"completed": 1, "in_progress": 2, "not_started": 2}
    services.enter_past_paper(
        meeting, "Before", [plan], date(2016, 7, 13), figures, b"%PDF-1.4", "before.pdf", officer
    )
    put_right(plan, officer)
    assert find().figures == 0


def test_a_class_is_given_with_its_reason_and_a_later_one_keeps_the_former(corrected, clerk):
    find()
    found = of("in_progress")
    restatements.class_as(found, "error", "A slip", by=clerk)
    restatements.class_as(found, "late report", "It came late after all", by=clerk, seen=1)

    assert list(found.classings.values_list("kind", "reason")) == [
        ("error", "A slip"),
        ("late report", "It came late after all"),
    ]
    assert Restatement.objects.to_class().filter(figure=found.figure).count() == 0


def test_what_the_same_correction_moved_is_classed_with_it(corrected, clerk):
    find()
    beside = restatements.with_the_same_cause(of("in_progress"), clerk)
    assert of("not_started") in beside
    restatements.class_as(of("in_progress"), "error", "A slip", by=clerk, beside=beside)
    assert not Restatement.objects.to_class().exists()


def test_who_made_the_correction_does_not_class_it(corrected, officer):
    find()
    with pytest.raises(restatements.OwnFactError, match="Somebody else"):
        restatements.class_as(of("in_progress"), "error", "A slip", by=officer)


def test_of_two_who_class_at_once_the_second_is_told(corrected, clerk):
    find()
    restatements.class_as(of("in_progress"), "error", "A slip", by=clerk, seen=0)
    with pytest.raises(restatements.MovedOnError, match="Somebody classed it meanwhile: Error"):
        restatements.class_as(of("in_progress"), "late report", "Late", by=clerk, seen=0)


def test_what_has_changed_again_is_to_be_classed_again(corrected, plan, officer, clerk):
    find()
    old = of("in_progress")
    restatements.class_as(old, "error", "A slip", by=clerk)
    put_right(plan, officer, "ICO-2")
    find()

    assert of("in_progress") in Restatement.objects.to_class()
    with pytest.raises(restatements.MovedOnError, match="changed again"):
        restatements.class_as(old, "error", "A slip", by=clerk)


def test_the_command_lists_what_stands_with_class_and_reason(corrected, clerk):
    find()
    restatements.class_as(of("in_progress"), "error", "A slip", by=clerk)
    printed = StringIO()
    call_command("restatements", format="json", stdout=printed)
    listed = json.loads(printed.getvalue())
    rows = {row["key"]: row for row in listed if not row["part"]}
    assert {row["part"] for row in listed} == {"", NO_AREA}
    assert "scope_area_id" not in printed.getvalue()

    told = {
        name: rows["actions.in_progress"][name] for name in ("was", "now", "references", "class", "reason")
    }
    assert told == {"was": 2, "now": 1, "references": ["ICO-3"], "class": "error", "reason": "A slip"}
    assert rows["actions.not_started"]["class"] == ""
    lines = StringIO()
    call_command("restatements", stdout=lines)
    assert "Actions in progress (ico): 2, known now 1 (ICO-3)" in lines.getvalue()


def test_history_brought_in_later_is_found_as_known_then(july, plan, officer):
    report(plan.actions.get(reference="ICO-5"), Status.IN_PROGRESS, date(2016, 7, 20), officer)
    assert find().written == []


ROW = {"number": 1, "now": 1, "came": [], "went": [{"subject": 1, "reference": "ICO-1"}], "causes": []}
BREACHES = {
    "restatement_follows_the_last": {"number": 2},
    "restatement_adds_up": {"now": 7},
    "restatement_says_something_new": {"now": 2, "went": []},
    "restatement_knows_nothing_of_the_future": {"known_before": end_of_day(date(2999, 1, 1))},
    "restatement_is_of_a_count_with_its_rows": {},
}


@pytest.mark.parametrize("broken", BREACHES)
def test_the_database_refuses_a_restatement_that_is_none(october, broken):
    counts = PublishedFigure.objects.filter(key="actions.in_progress", dimension={}, value=2)
    figure = counts.get(paper__as_at=date(2016, 7, 13))
    if broken == "restatement_is_of_a_count_with_its_rows":
        figure = PublishedFigure.objects.exclude(movement="").filter(value=2).first()
    row = ROW | {"known_before": figure.known_before + timedelta(days=1)} | BREACHES[broken]
    with refusing(broken):
        Restatement.objects.create(figure=figure, **row)


CLASSES = {
    "classing_has_a_reason": {"reason": ""},
    "classing_kind_is_known": {"kind": "whim"},
    "classing_follows_the_last": {"number": 2},
    "classing_is_not_by_who_moved_the_figure": {},
}


@pytest.mark.parametrize("broken", CLASSES)
def test_the_database_refuses_a_class_that_is_none(corrected, officer, clerk, broken):
    find()
    by = officer if broken == "classing_is_not_by_who_moved_the_figure" else clerk
    row = {"number": 1, "kind": "error", "reason": "A slip", "classed_by": by} | CLASSES[broken]
    with refusing(broken):
        Classing.objects.create(restatement=of("in_progress"), **row)


@pytest.mark.parametrize("table", ["restatement", "classing", "restatementnote"])
def test_the_application_changes_nothing_that_was_found_or_said(table):
    refused = pytest.raises(DatabaseError, match="permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM committees_{table}")


def test_what_waits_on_a_corrected_action_is_told_and_classed_with_the_correction(plan, officer, clerk):
    first, fifth = (plan.actions.get(reference=f"ICO-{n}") for n in (1, 5))
    fifth.dependencies.create(
        needs_action=first, holds_up="start", from_on=date(2015, 3, 2), **brought_in(date(2015, 3, 2))
    )
    paper = PaperFactory(meeting=MeetingFactory(held_on=date(2016, 7, 25)), plans=[plan])
    services.issue(paper, by=officer, frozen_on=date(2016, 7, 13))
    correction = put_right(plan, officer, "ICO-1")

    find()
    waiting = of("waiting_for_actions")

    assert (waiting.figure.value, waiting.now, waiting.references) == (0, 1, ["ICO-5"])
    assert [cause["id"] for cause in waiting.causes] == [correction.pk]
    assert waiting in restatements.with_the_same_cause(of("completed"), clerk)
    (row,), _ = open_to(waiting, clerk)
    (change,) = as_known_now(waiting.figure, clerk).changes
    assert row.causes == [(change.cause, change.reason)]
    assert change.cause.startswith("it waits on ICO-1, corrected on ")
    assert change.reason == "Entered on the wrong line"
    meeting = MeetingFactory(body=paper.meeting.body, held_on=date(2016, 10, 24))
    later = PaperFactory(meeting=meeting, plans=[plan], as_at=OCTOBER, published_on=OCTOBER)
    (note,) = services.issue(later, by=officer).content["restated"]
    first, second = note["records"]
    assert first.startswith("ICO-1: corrected on ")
    assert second == "ICO-5: it waits on ICO-1"  # which may be withheld: nothing more of it
