"""What comes in by file needs what the pages ask, and warns as they do."""

from datetime import date

import pytest

from actions.models import Completion, Dependency, Principle, Workstream
from governance.core.dates import today
from governance.exchange.importing import commit, undo
from governance.exchange.models import NotReadyError
from tests.actions.factories_sight import PrincipleFactory, WorkstreamFactory
from tests.exchange.actions_in import MOVED, OPENED, PROGRESS, a_plan, bring, faults, owner_post
from tests.factories import ActionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_a_request")]
MOVE = ["ICO-07", "31/10/2016", "Late", "", "Audit Committee", "31", "24/5/2016"]
SERVES = ["Reference", "Workstream", "Principles"]


@pytest.fixture
def action():
    return ActionFactory(plan=a_plan(), reference="ICO-07", owner=owner_post(), due_on=date(2016, 6, 30))


def linked(action, due_on):
    """An action of that due date which waits on this one."""
    other = ActionFactory(plan=action.plan, reference="ICO-08", due_on=due_on)
    Dependency.objects.create(action=other, needs_action=action, holds_up="start", from_on=OPENED)
    return other


def test_a_date_past_that_of_what_waits_is_said_in_the_check(ig_officer, action):
    linked(action, date(2016, 9, 30))
    batch = bring([MOVE], ig_officer, MOVED)
    assert batch.rows.get().remarks == [
        "The dates would be out of order, unless this file moves the others too: ICO-08 (due on 30 September "
        "2016) waits on it and is due before it"
    ]
    commit(batch.pk)
    action.refresh_from_db()
    assert action.due_on == date(2016, 10, 31)


def test_a_date_that_fits_is_not_warned_of(ig_officer, action):
    linked(action, date(2016, 10, 31))
    assert bring([MOVE], ig_officer, MOVED).rows.get().remarks == []


def test_a_batch_that_was_checked_without_a_minute_moves_no_date(ig_officer, action):
    batch = bring([MOVE], ig_officer, MOVED)
    row = batch.rows.get()
    del row.patch["said_due"]["minute"]
    row.save(update_fields=["patch"])
    with pytest.raises(NotReadyError, match="Say which minute records the date of ICO-07"):
        commit(batch.pk)
    assert not action.date_revisions.exists()


@pytest.mark.parametrize("place", [1, 2])
def test_an_action_comes_to_serve_nothing_that_pages_offer_no_more(ig_officer, action, place):
    entry = WorkstreamFactory() if place == 1 else PrincipleFactory()
    row = ["ICO-07", "", ""]
    row[place] = entry.name
    assert faults(bring([row], ig_officer, SERVES)) == []
    type(entry).objects.filter(pk=entry.pk).update(is_retired=True)
    said = f"“{entry.name}” is offered no more: choose another"
    assert faults(bring([row], ig_officer, SERVES)) == [(2, SERVES[place], said)]


def test_what_an_action_serves_already_comes_back_unchanged_though_it_is_offered_no_more(ig_officer, action):
    row = ["ICO-07", WorkstreamFactory().name, PrincipleFactory().name]
    commit(bring([row], ig_officer, SERVES).pk)
    for model in (Workstream, Principle):
        model.objects.update(is_retired=True)
    assert bring([row], ig_officer, SERVES).unchanged_count == 1


def test_undo_leaves_what_was_verified_since_and_says_so(ig_officer, auditor, action):
    row = [*MOVE, "Completed", "5/11/2016", "Policy 4"]
    batch = bring([row], ig_officer, [*MOVED, *PROGRESS])
    commit(batch.pk)
    action.refresh_from_db()
    claim = action.standing()
    Completion.objects.create(
        action=action, kind="verified", claim=claim, basis="Seen", effective_on=today(), recorded_by=auditor
    )
    assert undo(batch.pk) == 1
    action.refresh_from_db()
    assert (action.standing(), action.due_on) == (claim, date(2016, 10, 31))
    assert batch.rows.get().kept == ["Progress (verified since)", "Due date (verified since)"]
