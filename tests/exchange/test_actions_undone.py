"""Undoing files of actions: what others share is no work on an action, and what is in error stays away."""

from importlib import import_module

import pytest
from django.db import connection

from actions.models import Action, RecommendationPriority, SourceReference
from governance.exchange.importing import commit, undo
from governance.exchange.models import BatchRow
from tests.exchange.actions_in import WHOLE, a_plan, bring, faults, new_row, owner_post, the_action
from tests.exchange.test_actions_out import back, out
from tests.exchange.test_round_trip import edited_csv
from tests.factories import ActionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_a_request")]


@pytest.fixture
def plan():
    return a_plan()


@pytest.fixture
def owner():
    return owner_post()


@pytest.fixture
def ranked(ig_officer, plan, owner):
    """Two actions of one recommendation, of which the file gives the priority twice, brought in."""
    rows = [[*new_row(owner, title=title), "High"] for title in ("One", "Other")]
    batch = bring(rows, ig_officer, [*WHOLE, "Priority"])
    commit(batch.pk)
    return batch


@pytest.fixture
def asked(plan):
    return plan.audit.recommendations.get(reference="A01")


def in_error():
    return list(Action.objects.exclude(mistaken_at=None).order_by("pk").values_list("title", flat=True))


def test_a_priority_that_two_rows_give_goes_back_with_both_actions(ranked, asked):
    assert undo(ranked.pk) == 0
    asked.refresh_from_db()
    assert (in_error(), asked.priority) == (["One", "Other"], "")


def test_a_priority_put_right_on_the_page_of_the_recommendation_keeps_no_action(ranked, asked):
    asked.priority = low = RecommendationPriority.objects.get(name="Low").code
    asked.save()
    undo(ranked.pk)
    asked.refresh_from_db()
    assert (in_error(), asked.priority) == (["One", "Other"], low)


def test_a_file_that_names_what_was_entered_in_error_says_that_there_is_no_such_action(
    ig_officer, plan, owner
):
    batch = bring([new_row(owner)], ig_officer)
    commit(batch.pk)
    content, made = out(ig_officer, plan), the_action()
    undo(batch.pk)
    for file in (content, edited_csv(content, {(1, "Status"): "In progress", (1, "Due"): "2016-11-30"})):
        (_, heading, said), *_ = faults(back(file, ig_officer))
        assert (heading, said.partition(".")[0]) == ("Reference", f"There is no action {made.reference}")


def test_a_file_from_before_references_were_kept_goes_back_whole(ig_officer, plan, owner):
    numbered = ["Reference", *WHOLE[1:]]
    old = bring([new_row(owner, "ICO-A3")], ig_officer, numbered, unknown_are_new=True)
    commit(old.pk)
    SourceReference.objects.all().delete()
    row = BatchRow.objects.get(batch=old)
    named = row.patch.pop("said_named")
    row.save()
    with connection.cursor() as cursor:
        cursor.execute(import_module("governance.exchange.migrations.0010_source_references_of_files").FILL)
    row.refresh_from_db()
    assert row.patch["said_named"] == named
    assert undo(old.pk) == 0
    assert in_error() == [the_action().title]


def test_the_priority_of_what_the_register_does_not_let_the_action_answer_is_not_kept(
    ig_officer, plan, owner
):
    first, other, third = (plan.audit.recommendations.get(reference=each) for each in ("A01", "A02", "B07"))
    action = ActionFactory(plan=plan, owner=owner, recommendation=first)
    content = out(ig_officer, plan)
    action.recommendation = other
    action.save()
    batch = back(edited_csv(content, {(1, "Recommendations"): "B07", (1, "Priority"): "High"}), ig_officer)
    assert batch.rows.get().kind == "conflict"
    batch.choose("register", None, seen=batch.rows.seen())
    commit(batch.pk)
    third.refresh_from_db()
    assert third.priority == ""
