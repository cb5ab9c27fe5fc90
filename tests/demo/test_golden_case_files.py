"""The files alone tell the golden case (golden-case.md, "What must come out", results 1 to 5)."""

from collections import Counter
from datetime import date, timedelta

import pytest

from tests.demo.files import APRIL, BEGUN, FEBRUARY, JULY, OCTOBER, day, standing, statuses, table, unmet


def those(found: dict[str, str], status: str) -> set[str]:
    return {action for action, now in found.items() if now == status}


def waits_on_an_action(action: str, on: date) -> bool:
    return any(row["needs_action"] for row in unmet(action, "start", on, on))


def test_july_as_known_in_july():
    july = statuses(JULY)
    assert Counter(july.values()) == {"completed": 8, "in_progress": 50, "not_started": 19}
    assert sum(waits_on_an_action(action, JULY) for action in those(july, "not_started")) >= 10


def test_july_as_known_in_october_differs_by_one_corrected_action():
    then, now = statuses(JULY), statuses(JULY, known=OCTOBER)
    assert Counter(now.values()) == {"completed": 8, "in_progress": 49, "not_started": 20}
    [moved] = [action for action in now if now[action] != then[action]]
    correction = standing(moved, JULY, OCTOBER)
    assert (then[moved], now[moved]) == ("in_progress", "not_started")
    assert correction["known_on"] == "2016-10-10"
    assert correction["reason"]


def test_the_day_before_the_correction_july_was_still_known_as_reported():
    assert statuses(JULY, known=date(2016, 10, 9)) == statuses(JULY)


def test_in_october_four_wait_for_an_action_to_start_and_for_the_vacant_post_to_finish():
    october = statuses(OCTOBER)
    assert Counter(october.values()) == {"completed": 46, "in_progress": 27, "not_started": 4}
    for action in those(october, "not_started"):
        assert waits_on_an_action(action, OCTOBER)
        posts = [row["needs_post"] for row in unmet(action, "finish", OCTOBER, OCTOBER)]
        assert "records-manager" in posts


def test_of_the_four_the_policy_and_the_register_await_approval_and_two_have_a_waiver():
    titles = {row["reference"]: row["title"] for row in table("actions")}
    four, awaiting = those(statuses(OCTOBER), "not_started"), those(statuses(FEBRUARY), "awaiting_approval")
    assert {titles[action] for action in awaiting} == {
        "Approve and publish the Information Risk Policy",
        "Establish the Information Risk Register",
    }
    assert awaiting < four
    waived = [standing(action, FEBRUARY, FEBRUARY) for action in four - awaiting]
    assert [(row["status"], bool(row["waiver"])) for row in waived] == [("completed", True)] * 2


@pytest.mark.parametrize("on", [FEBRUARY, APRIL])
def test_from_february_all_but_two_are_completed(on):
    assert Counter(statuses(on).values()) == {"completed": 75, "awaiting_approval": 2}


def test_movement_between_the_meetings():
    july, october, february = (those(statuses(on), "completed") for on in (JULY, OCTOBER, FEBRUARY))
    assert july < october < february
    assert (len(october - july), len(february - october)) == (38, 29)
    remaining = [status for action, status in statuses(OCTOBER).items() if action not in october]
    assert Counter(remaining) == {"in_progress": 27, "not_started": 4}


@pytest.mark.parametrize("plan", ["ico-2015", "ifc-2016"])
@pytest.mark.parametrize("paper", table("papers"), ids=lambda paper: paper["code"])
def test_nothing_happens_between_a_freeze_and_its_meeting(plan, paper):
    frozen, meeting = day(paper["frozen_on"]), day(paper["meeting_on"])
    assert statuses(frozen, plan=plan) == statuses(meeting, plan=plan)
    dates = [day(update[column]) for update in table("updates") for column in ("effective_on", "known_on")]
    assert [on for on in dates if frozen <= on <= meeting] == []


def test_the_road_map_shows_every_status_by_april_and_no_meeting_of_it_is_restated():
    assert set(statuses(APRIL, plan="ifc-2016").values()) == BEGUN | {"not_started", "withdrawn"}
    for on in (JULY, OCTOBER, FEBRUARY):
        assert statuses(on, plan="ifc-2016") == statuses(on, known=APRIL, plan="ifc-2016")


def test_the_only_breaches_of_the_order_are_the_two_waivers():
    breaches = set()
    for row in table("updates"):
        on, known = day(row["effective_on"]), day(row["known_on"]) - timedelta(days=1)
        steps = ["start"] * (row["status"] in BEGUN) + ["finish"] * (row["status"] == "completed")
        if any(list(unmet(row["action"], step, on, known)) for step in steps):
            breaches.add(row["id"])
    assert breaches == {row["id"] for row in table("updates") if row["waiver"]}
    assert len(breaches) == 2


def test_no_action_waits_on_itself_even_roundabout():
    needs: dict[str, set[str]] = {}
    for row in table("dependencies"):
        if row["needs_action"]:
            needs.setdefault(row["action"], set()).add(row["needs_action"])
    while ready := [action for action, needed in needs.items() if not needed & needs.keys()]:
        for action in ready:
            del needs[action]
    assert needs == {}


def test_a_dependency_needs_exactly_one_thing():
    assert all(bool(row["needs_action"]) != bool(row["needs_post"]) for row in table("dependencies"))
