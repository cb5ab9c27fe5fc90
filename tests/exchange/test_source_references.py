"""What the auditor's or the consultant's list calls an action comes in, leaves, and finds it again."""

import pytest

from actions.models import SourceReference
from governance.exchange.importing import commit, undo
from governance.exchange.models import NotReadyError
from tests.cast import signed_in
from tests.exchange.actions_in import OPENED, WHOLE, a_plan, bring, faults, new_row, owner_post, the_action
from tests.exchange.files import csv_rows
from tests.exchange.test_actions_out import back, out
from tests.exchange.test_round_trip import edited_csv
from tests.exchange.uploads import csv_file
from tests.factories import PlanFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_a_request")]
NUMBERED = ["Reference", *WHOLE[1:]]
BOTH = [*NUMBERED, "Auditor's reference"]
LEADERS = "Appoint leaders"


@pytest.fixture
def plan():
    return a_plan()


@pytest.fixture
def owner():
    return owner_post()


@pytest.fixture
def numbered(ig_officer, plan, owner):
    """A file in which the auditor numbers two actions, brought in."""
    rows = [new_row(owner, "Ico-A3"), new_row(owner, "ICO-A4", title=LEADERS)]
    batch = bring(rows, ig_officer, NUMBERED, unknown_are_new=True)
    commit(batch.pk)
    return batch


def words(action):
    return [(each.reference, each.source) for each in action.source_references.all()]


def test_the_number_in_the_source_is_kept_and_shown_and_found(ig_officer, plan, numbered):
    action = the_action()
    assert words(action) == [("Ico-A3", "From plan.csv, row 2")]
    officer = signed_in(ig_officer)
    page = officer.get(action.get_absolute_url()).content.decode()
    assert "In other lists" in page
    assert "(From plan.csv, row 2)" in page
    listed = officer.get(plan.get_absolute_url(), {"q": "ico-a3"}).content.decode()
    assert "Ico-A3" in listed
    assert LEADERS not in listed


def test_it_leaves_in_a_column_of_its_own_and_comes_back(ig_officer, plan, numbered):
    content = out(ig_officer, plan)
    heading, row, _ = csv_rows(content)
    assert dict(zip(heading, row, strict=True))["Source reference"] == "Ico-A3"
    assert back(content, ig_officer).unchanged_count == 2
    edited = edited_csv(content, {(1, "Source reference"): "ICO-A3; B-12"})
    commit(back(edited, ig_officer).pk)
    assert [word for word, _ in words(the_action())] == ["B-12", "Ico-A3"]


def test_a_file_of_another_sender_finds_the_action_by_it_on_its_own_plan_alone(
    ig_officer, plan, owner, numbered
):
    PlanFactory(code="other", audit=None, opened_on=OPENED)
    here = ["", "Appoint a records manager", plan.code, owner.code, "", "", "A02", "ico-a3"]
    there = ["", "Appoint a records manager", "other", owner.code, "18/01/2016", "", "", "ico-a3"]
    batch = back(csv_file([BOTH, here, there]), ig_officer)
    assert faults(batch) == []
    changed, new = batch.rows.order_by("number")
    assert (changed.kind, changed.entry_id, new.kind) == ("changed", the_action().pk, "new")
    commit(batch.pk)
    assert SourceReference.objects.filter(reference__iexact="ico-a3").count() == 2


def test_where_the_title_is_another_a_person_says_whether_it_is_the_same_action(
    ig_officer, plan, owner, numbered
):
    row = ["", "Train everybody", plan.code, owner.code, "", "", "", "ICO-A3"]
    assert back(csv_file([BOTH, row]), ig_officer).rows.get().kind == "conflict"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("ACT-0001", "ICO-A4")], "“ICO-A4” is another action of the plan ico-2016 already"),
        ([("", "N-1"), ("", "n-1")], "“n-1” is another action of the plan ico-2016 already"),
        ([("", "x" * 41)], "is longer than 40 characters. Give the reference alone"),
    ],
)
def test_what_cannot_be_its_reference_is_an_error(ig_officer, plan, owner, numbered, rows, said):
    lines = [[ours, the_title(ours), plan.code, owner.code, "", "", "", theirs] for ours, theirs in rows]
    *_, (_, heading, sentence) = faults(back(csv_file([BOTH, *lines]), ig_officer))
    assert heading == "Auditor's reference"
    assert said in sentence


def the_title(reference):
    return "Appoint a records manager" if reference else "Something new"


def test_what_was_taken_back_is_called_nothing_and_comes_in_again(ig_officer, plan, owner, numbered):
    undo(numbered.pk)
    assert not SourceReference.objects.exists()
    again = bring([new_row(owner, "ICO-A3")], ig_officer, NUMBERED, unknown_are_new=True)
    assert again.rows.get().kind == "new"


def test_undo_leaves_to_another_action_the_reference_that_it_got_meanwhile(ig_officer, plan, owner, numbered):
    edited = edited_csv(out(ig_officer, plan), {(1, "Source reference"): "B-12"})
    batch = back(edited, ig_officer)
    commit(batch.pk)
    SourceReference.objects.create(plan=plan, action=the_action(LEADERS), reference="ICO-A3")
    undo(batch.pk)
    assert words(the_action()) == []
    assert words(the_action(LEADERS))[0][0] == "ICO-A3"


def test_one_reference_in_two_cells_and_in_other_letters_is_said_once(ig_officer, plan, owner):
    row = ["Ico-A3", "Appoint a records manager", plan.code, owner.code, "", "", "", "ICO-A3; B-12"]
    batch = back(csv_file([BOTH, row]), ig_officer, unknown_are_new=True)
    assert faults(batch) == []
    commit(batch.pk)
    assert [word for word, _ in words(the_action())] == ["B-12", "ICO-A3"]


def test_of_two_files_checked_side_by_side_the_second_says_what_came_in_meanwhile(ig_officer, plan, owner):
    rows = [[["", title, plan.code, owner.code, "", "", "", "N-1"]] for title in ("One", "Other")]
    one, other = (back(csv_file([BOTH, *each]), ig_officer) for each in rows)
    commit(one.pk)
    with pytest.raises(NotReadyError, match="“N-1” is ACT-0001 by now"):
        commit(other.pk)
