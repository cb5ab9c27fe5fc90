"""Which row stands at a moment: the queryset against a brute-force replay, and the traps by name."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.models import ProgressUpdate, Status
from governance.core.dates import end_of_day, today
from governance.figures.moment import Moment
from tests.factories import ActionFactory, UserFactory

pytestmark = pytest.mark.django_db

START = date(2016, 1, 1)
NOON = datetime(2016, 1, 1, 12, tzinfo=UTC)


def tell(action, status, day, *, known=None, **facts):
    """A progress update of the first days of 2016, known at noon of a day (as a rule that of the effect)."""
    return action.append(
        status,
        effective_on=START + timedelta(days=day),
        known_at=NOON + timedelta(days=day if known is None else known),
        source_document="Workbook",
        by=UserFactory._meta.model.objects.first() or UserFactory(),
        **facts,
    )


def at(day, known=None):
    return Moment.of(START + timedelta(days=day), START + timedelta(days=day if known is None else known))


def stands(action, moment):
    return (
        ProgressUpdate.objects.filter(action=action).standing(moment).values_list("status", flat=True).first()
    )


@pytest.fixture
def action():
    return ActionFactory(opened_on=START, known_at=NOON, source_document="Workbook")


def replay(rows, moment):
    """The rule in plain Python, without the database."""
    known = [row for row in rows if row.known_at < moment.known_before]
    corrected = {row.corrects_id for row in known}
    live = [
        row for row in known if row.pk not in corrected and not row.void and row.effective_on <= moment.as_at
    ]
    places = {row.pk: row for row in rows}

    def place(row):
        return place(places[row.corrects_id]) if row.corrects_id else row.pk

    return max(live, key=lambda row: (row.effective_on, place(row)), default=None)


@st.composite
def stories(draw):
    """Some updates of one action: late entries, two in a day, corrections of corrections, voids."""
    days = st.integers(0, 6)
    return draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "status": st.sampled_from(list(Status)),
                    "day": days,
                    "late": st.integers(0, 4),
                    "corrects": st.none() | st.integers(0, 9),
                    "void": st.booleans(),
                }
            ),
            max_size=8,
        )
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=stories())
def test_standing_equals_a_brute_force_replay_at_every_moment(db, story):
    action = ActionFactory(opened_on=START, known_at=NOON, source_document="Workbook")
    rows = [action.updates.get()]
    with transaction.atomic():
        for line in story:
            rows.append(enact(action, rows, line))
    for day in range(0, 11, 2):
        for known in range(0, 11, 2):
            moment = at(day, known)
            expected = replay(rows, moment)
            found = ProgressUpdate.objects.filter(action=action).standing(moment)
            assert [row.pk for row in found] == ([expected.pk] if expected else []), (story, moment)


def enact(action, rows, line):
    """One line of a story as a row; what it would correct is left alone when corrected already."""
    free = [row for row in rows if row.pk not in {other.corrects_id for other in rows}]
    target = free[line["corrects"] % len(free)] if line["corrects"] is not None else None
    known = line["day"] + line["late"]
    if target:
        known = max(known, (target.known_at - NOON).days)
    return ProgressUpdate.objects.create(
        action=action,
        status=line["status"],
        why="As told",
        effective_on=START + timedelta(days=line["day"]),
        known_at=NOON + timedelta(days=known, seconds=len(rows)),
        source_document="Workbook",
        recorded_by=rows[0].recorded_by,
        corrects=target,
        reason="Wrong" if target else "",
        void=bool(target) and line["void"],
    )


def test_a_reopened_action_is_not_completed_although_it_once_was(action):
    tell(action, Status.COMPLETED, 1)
    tell(action, Status.IN_PROGRESS, 2)
    assert not ProgressUpdate.objects.standing(at(3)).filter(action=action, status=Status.COMPLETED).exists()


def test_correcting_the_first_of_two_updates_of_a_day_leaves_the_second_standing(action):
    first = tell(action, Status.IN_PROGRESS, 1)
    tell(action, Status.AWAITING_APPROVAL, 1)
    tell(action, Status.WITHDRAWN, 1, known=2, corrects=first, reason="Wrong")
    assert stands(action, at(3)) == Status.AWAITING_APPROVAL


def test_what_was_known_then_stays_what_was_known_then(action):
    wrong = tell(action, Status.IN_PROGRESS, 1)
    tell(action, Status.NOT_STARTED, 1, known=5, corrects=wrong, reason="Entered for the wrong action")
    assert stands(action, at(2, known=4)) == Status.IN_PROGRESS
    assert stands(action, at(2, known=5)) == Status.NOT_STARTED


def test_an_update_that_never_happened_lets_the_one_before_stand(action):
    tell(action, Status.IN_PROGRESS, 1)
    wrong = tell(action, Status.COMPLETED, 2)
    tell(action, Status.COMPLETED, 2, known=3, corrects=wrong, void=True, reason="Another action was meant")
    assert stands(action, at(4)) == Status.IN_PROGRESS


def test_a_late_entry_counts_from_the_day_it_took_effect(action):
    tell(action, Status.COMPLETED, 1, known=6)
    assert stands(action, at(2, known=3)) == Status.NOT_STARTED
    assert stands(action, at(2, known=6)) == Status.COMPLETED


def test_a_day_ends_at_midnight_in_london_not_in_greenwich():
    summer = end_of_day(date(2016, 7, 25))
    assert summer.astimezone(UTC) == datetime(2016, 7, 25, 23, tzinfo=UTC)
    assert Moment.of(date(2016, 7, 25)).as_at == date(2016, 7, 25)
    assert Moment(date(2016, 7, 25), summer).known_at == date(2016, 7, 25)


def test_a_new_update_is_known_when_the_database_records_it(action):
    update = action.append(Status.IN_PROGRESS, effective_on=today(), by=UserFactory())
    assert update.known_at == update.recorded_at
    assert update.place == update.pk


def test_nobody_can_backdate_what_was_known_without_a_document(action):
    update = action.append(Status.IN_PROGRESS, effective_on=START, known_at=NOON, by=UserFactory())
    assert update.known_at == update.recorded_at > NOON


def test_nobody_can_set_when_a_row_was_recorded(action):
    update = ProgressUpdate.objects.create(
        action=action, status="in_progress", effective_on=START, recorded_at=NOON, recorded_by=UserFactory()
    )
    assert update.recorded_at.date() == today()


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"void": True}, "void_corrects_something"),
        ({"effective_on": date(2999, 1, 1)}, "took_effect_by_today"),
        (
            {"known_at": datetime(2999, 1, 1, tzinfo=UTC), "source_document": "x"},
            "known_by_the_time_recorded",
        ),
        ({"status": "nearly done"}, "progress_status_is_known"),
    ],
)
def test_the_database_refuses(action, facts, constraint):
    row = {"action": action, "status": "in_progress", "effective_on": START, "recorded_by": UserFactory()}
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        ProgressUpdate.objects.create(**row | facts)
    assert constraint in refused.value.__cause__.diag.constraint_name


def test_a_row_corrects_a_row_of_the_same_subject_only_once_and_not_before_it_was_known(action):
    wrong = tell(action, Status.IN_PROGRESS, 3)
    for refused, facts in {
        "corrects_the_same_subject": {"action": ActionFactory(), "known": 4},
        "correction_known_later": {"action": action, "known": 2},
        "progress_correction_has_a_reason": {"action": action, "known": 4, "reason": ""},
    }.items():
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            tell(facts.pop("action"), Status.COMPLETED, 3, **{"corrects": wrong, "reason": "Wrong"} | facts)
        assert error.value.__cause__.diag.constraint_name == refused
    tell(action, Status.COMPLETED, 3, known=4, corrects=wrong, reason="Wrong")
    with pytest.raises(IntegrityError), transaction.atomic():
        tell(action, Status.WITHDRAWN, 3, known=5, corrects=wrong, reason="Wrong again")


def test_the_cached_status_is_that_of_the_update_that_stands(action):
    tell(action, Status.COMPLETED, 2)
    assert action.status == Status.COMPLETED
    tell(action, Status.IN_PROGRESS, 1)
    action.refresh_from_db()
    assert action.status == Status.COMPLETED == action.standing().status
