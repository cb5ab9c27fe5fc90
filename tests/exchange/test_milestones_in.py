"""Which milestone of its plan an action serves comes in by file, leaves, comes back and is taken back."""

import pytest

from governance.exchange.importing import commit, undo
from tests.actions.factories_sight import MilestoneFactory
from tests.exchange.actions_in import WHOLE, a_plan, bring, faults, new_row, owner_post, the_action
from tests.exchange.files import csv_rows
from tests.exchange.test_actions_out import back, out
from tests.exchange.test_round_trip import edited_csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_a_request")]
HEADINGS = [*WHOLE, "Key milestone"]
LEADERS = "Appoint leaders"


@pytest.fixture
def plan():
    found = a_plan()
    for title in ("Policies adopted", "Visit"):
        MilestoneFactory(plan=found, title=title)
    return found


@pytest.fixture
def batch(ig_officer, plan):
    owner = owner_post()
    rows = [[*new_row(owner), "policies ADOPTED"], [*new_row(owner, title=LEADERS), ""]]
    made = bring(rows, ig_officer, HEADINGS)
    commit(made.pk)
    return made


def served(title="Appoint a records manager"):
    milestone = the_action(title).milestone
    return milestone and milestone.title


def test_it_comes_in_with_a_new_action_in_whatever_letters(batch):
    assert (served(), served(LEADERS)) == ("Policies adopted", None)


def test_it_leaves_and_comes_back_and_another_one_is_a_change_that_can_be_undone(ig_officer, plan, batch):
    content = out(ig_officer, plan)
    heading, row, _ = csv_rows(content)
    assert dict(zip(heading, row, strict=True))["Milestone"] == "Policies adopted"
    assert back(content, ig_officer).unchanged_count == 2
    edits = {(1, "Milestone"): "Visit", (2, "Milestone"): "Visit"}
    edited = back(edited_csv(content, edits), ig_officer)
    assert [list(row.patch) for row in edited.rows.all()] == [["said_milestone"], ["said_milestone"]]
    commit(edited.pk)
    assert (served(), served(LEADERS)) == ("Visit", "Visit")
    undo(edited.pk)
    assert (served(), served(LEADERS)) == ("Policies adopted", None)


def test_a_milestone_that_the_plan_has_not_is_refused_in_words_with_its_row(ig_officer, plan, batch):
    MilestoneFactory(title="Elsewhere")
    content = edited_csv(out(ig_officer, plan), {(2, "Milestone"): "Elsewhere"})
    assert faults(back(content, ig_officer)) == [
        (
            3,
            "Milestone",
            "The plan ico-2016 has no milestone “Elsewhere”. Enter it on the page of the plan first",
        )
    ]


def test_who_set_another_milestone_meanwhile_is_heard_before_it_is_written_over(ig_officer, plan, batch):
    content = out(ig_officer, plan)
    action = the_action()
    action.milestone = plan.milestones.get(title="Visit")
    action.save()
    assert back(content, ig_officer).unchanged_count == 2
    plan.milestones.create(title="Third", due_on=action.milestone.due_on)
    edited = back(edited_csv(content, {(1, "Milestone"): "Third"}), ig_officer)
    assert edited.rows.get().kind == "conflict"
