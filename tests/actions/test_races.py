"""Many people at the same moment, for real: threads, connections and commits of their own (R1, R4)."""

from datetime import date

import pytest

from actions.models import Status
from governance.people.models import Role
from tests.actions.at_once import at_once
from tests.actions.pages import an_action, correct_page, report_page, told, typed
from tests.cast import play, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
MARCH = date(2016, 3, 1)


@pytest.fixture
def officer():
    return play("ig_officer", Role.IG_OFFICER)


def test_of_50_different_reports_at_once_one_wins_and_49_are_shown_what_won(officer):
    action = an_action()
    versions = action.history.count()
    clients = [signed_in(officer) for _ in range(50)]
    sent = [
        (client, report_page(action), typed(action, evidence=f"Words of desk {n}"))
        for n, client in enumerate(clients)
    ]
    assert at_once(sent) == {302: 1, 409: 49}
    assert action.updates.count() == 2
    assert action.history.count() == versions + 1


def test_the_same_form_sent_20_times_at_once_makes_one_report(officer):
    action = an_action()
    client, said = signed_in(officer), typed(action)
    assert at_once([(client, report_page(action), said)] * 20) == {302: 20}
    assert action.updates.count() == 2


def test_the_same_correction_sent_20_times_at_once_is_made_once(officer):
    action = an_action()
    wrong = told(action, Status.IN_PROGRESS, MARCH)
    said = typed(action, Status.COMPLETED, MARCH) | {"kind": "right", "reason": "It was done"}
    assert at_once([(signed_in(officer), correct_page(wrong), said)] * 20) == {302: 20}
    assert action.updates.count() == 3


def test_a_report_and_a_correction_at_once_never_both_go_unseen(officer):
    manager = play("records_manager", Role.RECORDS_MANAGER)
    action = an_action()
    wrong = told(action, Status.IN_PROGRESS, MARCH)
    void = {"kind": "never", "reason": "Never begun", "seen": action.latest().pk}
    sent = [
        (signed_in(officer), report_page(action), typed(action, Status.COMPLETED, evidence=str(n)))
        for n in range(10)
    ]
    sent += [(signed_in(manager), correct_page(wrong), void)]
    found = at_once(sent)
    assert found[302] == 1
    assert found[409] == 10
    assert action.updates.count() == 3


def test_reports_on_different_actions_do_not_hold_each_other_up(officer):
    actions = [an_action() for _ in range(20)]
    sent = [(signed_in(officer), report_page(action), typed(action)) for action in actions]
    assert at_once(sent) == {302: 20}
