"""The golden case comes out of the product as it was minuted: figures, command line and rows."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from actions.figures import counts
from actions.models import Action, Dependency, ProgressUpdate
from governance.figures.figure import FIGURES, get_figure, movement
from governance.figures.moment import Moment, Scope
from governance.people.models import Post
from tests.demo.replay import standing

pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]

ICO = Scope(plans=("ico-2015",))
JULY, OCTOBER, FEBRUARY, APRIL = date(2016, 7, 25), date(2016, 10, 24), date(2017, 2, 20), date(2017, 4, 13)
IN_JULY, JULY_RESTATED = Moment.of(JULY, JULY), Moment.of(JULY, OCTOBER)
IN_OCTOBER, IN_FEBRUARY, IN_APRIL = (Moment.of(day, day) for day in (OCTOBER, FEBRUARY, APRIL))
STATUSES = ("completed", "in_progress", "not_started", "awaiting_approval", "withdrawn")
MINUTED = [
    (IN_JULY, (8, 50, 19, 0, 0)),
    (JULY_RESTATED, (8, 49, 20, 0, 0)),
    (IN_OCTOBER, (46, 27, 4, 0, 0)),
    (IN_FEBRUARY, (75, 0, 0, 2, 0)),
    (IN_APRIL, (75, 0, 0, 2, 0)),
]
NAMES = ["July", "July as known in October", "October", "February", "April"]
FROZEN = {JULY: date(2016, 7, 13), OCTOBER: date(2016, 10, 12), FEBRUARY: date(2017, 2, 8)}


def value(key: str, moment: Moment) -> int:
    return get_figure(key).value(moment, ICO)


def references(key: str, moment: Moment) -> list[str]:
    return [entry.reference for entry in get_figure(key).entries(moment, ICO)]


@pytest.mark.parametrize(("moment", "minuted"), MINUTED, ids=NAMES)
def test_each_status_counts_what_was_minuted(moment, minuted):
    assert tuple(value(f"actions.{status}", moment) for status in STATUSES) == minuted
    assert value("actions.total", moment) == 77 == sum(minuted)
    assert counts(moment, ICO) == {"total": 77, **dict(zip(STATUSES, minuted, strict=True))}


@pytest.mark.parametrize(("moment", "minuted"), MINUTED, ids=NAMES)
def test_the_command_line_says_what_was_minuted(moment, minuted):
    printed = StringIO()
    as_at, known_at = moment.as_at.isoformat(), moment.known_at.isoformat()
    call_command("progress", "ico-2015", as_at=as_at, known_at=known_at, format="json", stdout=printed)

    assert json.loads(printed.getvalue()) == {
        "plan": "ico-2015",
        "as_at": as_at,
        "known_at": known_at,
        "total": 77,
        **dict(zip(STATUSES, minuted, strict=True)),
    }


@pytest.mark.parametrize("meeting", FROZEN)
def test_the_figures_frozen_for_a_meeting_are_those_of_the_meeting(meeting):
    frozen = FROZEN[meeting]
    assert counts(Moment.of(frozen, frozen), ICO) == counts(Moment.of(meeting, meeting), ICO)


def test_at_least_ten_of_those_not_started_in_july_wait_for_other_actions():
    waiting = references("actions.waiting_for_actions", IN_JULY)

    assert len(waiting) >= 10
    assert set(waiting) <= set(references("actions.not_started", IN_JULY))


def test_one_action_of_july_was_restated_and_its_correction_says_why():
    before, after = standing(JULY, JULY, "ico-2015"), standing(JULY, OCTOBER, "ico-2015")
    [reference] = [name for name in before if before[name].pk != after[name].pk]
    correction = after[reference]

    assert (before[reference].status, correction.status) == ("in_progress", "not_started")
    assert correction.corrects == before[reference]
    assert correction.known_at.date() == date(2016, 10, 10)
    assert correction.reason
    moved = movement(
        get_figure("actions.not_started").entries(IN_JULY, ICO),
        get_figure("actions.not_started").entries(JULY_RESTATED, ICO),
    )
    assert [(entry.reference, entry.evidence) for entry in moved.entered] == [(reference, correction.pk)]
    assert moved.left == []


def test_the_four_of_october_wait_for_an_action_to_start_and_for_the_vacant_post_to_finish():
    four = references("actions.not_started", IN_OCTOBER)

    assert len(four) == 4
    assert references("actions.waiting_for_actions", IN_OCTOBER) == four
    assert references("actions.waiting_for_posts", IN_OCTOBER) == four
    assert Post.objects.vacant(OCTOBER).filter(title="Records Manager").exists()
    for action in Action.objects.filter(reference__in=four):
        unmet = Dependency.objects.filter(action=action).in_force(OCTOBER).unmet(IN_OCTOBER)
        assert unmet.filter(needs_post=None, holds_up="start").exists()
        assert unmet.filter(needs_post__title="Records Manager", holds_up="finish").exists()


def test_two_of_the_four_are_completed_by_february_under_a_waiver_while_the_post_is_vacant():
    four = references("actions.not_started", IN_OCTOBER)
    stands = standing(FEBRUARY, FEBRUARY, "ico-2015")
    completed = [name for name in four if stands[name].status == "completed"]

    assert len(completed) == 2
    assert all(stands[name].waiver for name in completed)
    assert ProgressUpdate.objects.exclude(waiver="").count() == 2
    assert Post.objects.vacant(FEBRUARY).filter(title="Records Manager").exists()
    assert references("actions.awaiting_approval", IN_FEBRUARY) == [n for n in four if n not in completed]


def test_the_risk_policy_and_the_risk_register_are_the_last_two():
    last = Action.objects.filter(reference__in=references("actions.awaiting_approval", IN_APRIL))

    assert ["Information Risk Policy" in action.title for action in last].count(True) == 1
    assert ["Information Risk Register" in action.title for action in last].count(True) == 1


def test_from_july_to_october_38_further_are_completed_and_31_remain():
    completed = get_figure("actions.completed")
    moved = movement(completed.entries(IN_JULY, ICO), completed.entries(IN_OCTOBER, ICO))

    assert (len(moved.entered), len(moved.left)) == (38, 0)
    assert value("actions.remaining", IN_OCTOBER) == 31


def test_from_october_to_february_29_further_are_completed():
    completed = get_figure("actions.completed")
    moved = movement(completed.entries(IN_OCTOBER, ICO), completed.entries(IN_FEBRUARY, ICO))

    assert (len(moved.entered), len(moved.left)) == (29, 0)


@pytest.mark.parametrize("moment", [moment for moment, _ in MINUTED], ids=NAMES)
@pytest.mark.parametrize("plan", ["ico-2015", "ifc-2016"])
def test_each_figure_opens_to_exactly_that_many_actions_and_each_to_the_update_that_stands(moment, plan):
    scope, stands = Scope(plans=(plan,)), standing(moment.as_at, moment.known_at, plan)
    of_actions = [
        key for key, each in FIGURES.items() if key.startswith("actions.") and each.shape.noun != "area"
    ]
    for key in of_actions:
        entries = FIGURES[key].entries(moment, scope)
        assert len(entries) == FIGURES[key].value(moment, scope)
        assert len({entry.subject for entry in entries}) == len(entries)
        assert all(entry.evidence == stands[entry.reference].pk for entry in entries)
        assert all(entry.evidence_kind == "actions.progressupdate" for entry in entries)
    for status in STATUSES:
        expected = [name for name in sorted(stands) if stands[name].status == status]
        assert [entry.reference for entry in FIGURES[f"actions.{status}"].entries(moment, scope)] == expected


def test_the_command_line_opens_a_figure_to_its_rows():
    printed = StringIO()
    call_command(
        "figure",
        "actions.completed",
        plan=["ico-2015"],
        as_at=OCTOBER.isoformat(),
        known_at=OCTOBER.isoformat(),
        format="json",
        stdout=printed,
    )
    opened = json.loads(printed.getvalue())
    stands = standing(OCTOBER, OCTOBER, "ico-2015")

    assert opened["value"] == len(opened["rows"]) == 46
    assert all(row["evidence"]["id"] == stands[row["reference"]].pk for row in opened["rows"])


def test_the_status_kept_on_each_action_is_that_of_the_update_that_stands():
    assert {action.reference: action.status for action in Action.objects.all()} == {
        action.reference: action.standing().status for action in Action.objects.all()
    }
