"""A later file of the same plan: what differs is a new update or a moved date; nothing is written over."""

from datetime import date, timedelta

import pytest

from actions.models import ActionRecommendation, Dependency
from governance.core.dates import today
from governance.exchange.importing import MovedOnError, commit, undo
from governance.exchange.models import NotReadyError
from governance.people.models import User
from tests.actions.factories_sight import PrincipleFactory, WorkstreamFactory
from tests.cast import signed_in
from tests.exchange.actions_in import MOVED, OPENED, PROGRESS, a_plan, bring, faults, owner_post, updates
from tests.factories import ActionFactory, PlanFactory, PostFactory, PostHoldingFactory, RecommendationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_a_request")]
REPORTED = ["Reference", *PROGRESS]
MARCH = date(2016, 3, 1)


@pytest.fixture
def action():
    plan = a_plan()
    found = ActionFactory(plan=plan, reference="ICO-07", owner=owner_post(), due_on=date(2016, 6, 30))
    found.recommendation = plan.audit.recommendations.get(reference="A01")
    found.save()
    return found


@pytest.fixture
def begun(action, ig_officer):
    action.report("in_progress", effective_on=MARCH, by=ig_officer, evidence="Advert")
    return action


def standing(action):
    action.refresh_from_db()
    update = action.standing()
    assert action.status == update.status
    return update.status, update.effective_on, update.evidence


# Progress


def test_a_status_that_differs_becomes_a_new_update_by_who_commits(ig_officer, begun):
    batch = bring([["ICO-07", "Completed", "5/11/2016", "Policy 4"]], ig_officer, REPORTED)
    assert batch.rows.counts()["changed"] == 1
    assert begun.updates.count() == 2
    commit(batch.pk)
    assert standing(begun) == ("completed", date(2016, 11, 5), "Policy 4")
    made = begun.updates.latest("pk")
    assert (made.recorded_by, made.corrects, made.source_document) == (ig_officer, None, "")
    assert updates(begun)[:2] == [("not_started", OPENED, ""), ("in_progress", MARCH, "Advert")]


def test_what_stands_already_is_no_new_update(ig_officer, begun):
    rows = [["ICO-07", "in progress", "1 March 2016", "Advert"]]
    assert bring(rows, ig_officer, REPORTED).unchanged_count == 1
    assert bring([["ICO-07", "In progress"]], ig_officer, REPORTED[:2]).unchanged_count == 1
    assert bring([["ICO-07", "", "", ""]], ig_officer, REPORTED, blank_means_empty=True).unchanged_count == 1


@pytest.mark.parametrize(
    ("cells", "heading", "said"),
    [
        (["Completed", "", ""], "Status date", "Say from which day it is “Completed”"),
        (["Completed", "1/3/2016", ""], "Status date", "cannot take effect on the day of the update before"),
        (
            ["Completed", "29/2/2016", ""],
            "Status date",
            "What stands took effect on 1 March 2016, which is later",
        ),
        (["Completed", "1/1/2190", ""], "Status date", "The day is in the future"),
        (["Completed", "1/1/2016", ""], "Status date", "The action was opened on 18 January 2016"),
        (["In progress", "2/3/2016", ""], "Status date", "It is “In progress” since 1 March 2016"),
        (["Withdrawn", "2/3/2016", ""], "Progress update", "say why the action is withdrawn"),
        (["Approved", "2/3/2016", ""], "Status", "“Approved” is not in the list"),
    ],
)
def test_what_cannot_be_reported_is_an_error_that_names_row_and_column(
    ig_officer, begun, cells, heading, said
):
    ((number, where, sentence),) = faults(bring([["ICO-07", *cells]], ig_officer, REPORTED))
    assert (number, where) == (2, heading)
    assert said in sentence
    assert begun.updates.count() == 2


def test_nobody_completes_by_a_file_what_somebody_is_named_to_approve(ig_officer, begun):
    checked = bring([["ICO-07", "Completed", "5/11/2016", "Policy 4"]], ig_officer, REPORTED)
    begun.plan.approving_body = "The Strategy Group"
    begun.plan.save()
    with pytest.raises(NotReadyError, match="The Strategy Group approves that ICO-07 is done"):
        commit(checked.pk)
    said = "The Strategy Group approves that it is done: say “Awaiting approval”"
    again = bring([["ICO-07", "Completed", "6/11/2016", "Policy 4"]], ig_officer, REPORTED)
    assert faults(again) == [(2, "Status", said)]
    new = bring([["", "Another", "ico-2016", begun.owner.code, "Completed", "5/11/2016"]], ig_officer,
                ["Reference", "Title", "Plan", "Owner", *REPORTED[1:3]])  # fmt: skip
    assert faults(new) == [(2, "Status", said)]
    begun.approver = PostFactory(title="The Head of Service")
    begun.save()
    awaiting = bring([["ICO-07", "Awaiting approval", "5/11/2016", "Policy 4"]], ig_officer, REPORTED)
    commit(awaiting.pk)
    assert standing(begun)[0] == "awaiting_approval"
    last = bring([["ICO-07", "Completed", "6/11/2016", "Policy 4"]], ig_officer, REPORTED)
    assert faults(last) == [(2, "Status", said.replace("The Strategy Group", "The Head of Service"))]


def test_the_opening_day_is_corrected_on_the_page(ig_officer, action):
    same = bring([["ICO-07", "18/1/2016"]], ig_officer, ["Reference", "Opened"])
    assert same.unchanged_count == 1
    ((_, heading, said),) = faults(bring([["ICO-07", "19/1/2016"]], ig_officer, ["Reference", "Opened"]))
    assert heading == "Opened"
    assert said.startswith("It was opened on 18 January 2016")


def test_an_action_that_waits_goes_ahead_only_with_a_reason(ig_officer, action):
    other = ActionFactory(plan=action.plan)
    Dependency.objects.create(action=action, needs_action=other, holds_up="start", from_on=OPENED)
    row = ["ICO-07", "In progress", "1/3/2016", "Advert", ""]
    headings = [*REPORTED, "Why it goes ahead"]
    ((_, heading, said),) = faults(bring([row], ig_officer, headings))
    assert heading == "Why it goes ahead"
    assert said.startswith("It still waited on 1 March 2016: ")
    row[-1] = "The Board said so"
    commit(bring([row], ig_officer, headings).pk)
    assert action.updates.latest("pk").waiver == "The Board said so"


def test_what_is_reported_between_check_and_commit_stops_the_commit(ig_officer, begun):
    batch = bring([["ICO-07", "Completed", "5/11/2016", ""]], ig_officer, REPORTED)
    begun.report("awaiting_approval", effective_on=date(2016, 4, 1), by=ig_officer)
    with pytest.raises(MovedOnError, match="ICO-07"):
        commit(batch.pk)
    assert standing(begun)[0] == "awaiting_approval"


def test_undo_says_of_an_update_that_it_never_happened(ig_officer, begun):
    batch = bring([["ICO-07", "Completed", "5/11/2016", ""]], ig_officer, REPORTED)
    commit(batch.pk)
    assert undo(batch.pk) == 0
    assert standing(begun) == ("in_progress", MARCH, "Advert")
    void = begun.updates.get(void=True)
    assert (void.corrects.status, void.reason) == (
        "completed",
        f"Undone: Imported from plan.csv, batch {batch.pk}",
    )


def test_undo_leaves_what_was_reported_since(ig_officer, begun):
    batch = bring([["ICO-07", "Completed", "5/11/2016", ""]], ig_officer, REPORTED)
    commit(batch.pk)
    begun.report("in_progress", effective_on=date(2016, 12, 1), by=ig_officer, why="Reopened")
    assert undo(batch.pk) == 1
    assert standing(begun)[0] == "in_progress"
    assert batch.rows.get().kept == ["Progress"]


# Due dates


def test_another_date_is_a_revision_and_the_first_one_stays(ig_officer, action):
    row = ["ICO-07", "31/10/2016", "The supplier is late", "", "Audit Committee", "31", "24/5/2016"]
    commit(bring([row], ig_officer, MOVED).pk)
    action.refresh_from_db()
    assert (action.original_due_on, action.due_on) == (date(2016, 6, 30), date(2016, 10, 31))
    made = action.date_revisions.get()
    assert (made.reason, made.agreed, made.effective_on) == (
        "The supplier is late",
        "Audit Committee, minute 31",
        date(2016, 5, 24),
    )
    assert bring([row], ig_officer, MOVED).unchanged_count == 1


@pytest.mark.parametrize(
    ("cells", "heading", "said"),
    [
        (
            ["", "", "Audit Committee", "31", "24/5/2016"],
            "Why the date moved",
            "moves from 30 June 2016 to 31 October 2016",
        ),
        (["Late", "", "", "", "24/5/2016"], "Date agreed by", "Say which post agreed"),
        (["Late", "nobody", "", "", "24/5/2016"], "Date agreed by", "is not in the list"),
        (
            ["Late", "", "Audit Committee", "31", "17/1/2016"],
            "Date agreed on",
            "The action was opened on 18 January 2016",
        ),
        (["Late", "", "Audit Committee", "", "24/5/2016"], "Minute", "Say which minute records it"),
        (["Late", "head", "", "31", "24/5/2016"], "Minute", "A minute is of a committee"),
        (["Late", "", "Audit Committee", "31", "1/1/2190"], "Date agreed on", "The day is in the future"),
    ],
)
def test_a_date_that_moves_without_reason_or_agreement_is_an_error(ig_officer, action, cells, heading, said):
    PostFactory(code="head")
    found = faults(bring([["ICO-07", "31/10/2016", *cells]], ig_officer, MOVED))
    assert {(number, where) for number, where, _ in found if said in _} == {(2, heading)}
    assert not action.date_revisions.exists()


def test_a_date_agreed_before_the_one_that_stands_is_moved_on_the_page(ig_officer, action):
    row = ["ICO-07", "31/10/2016", "Late", "", "Audit Committee", "31", "24/5/2016"]
    commit(bring([row], ig_officer, MOVED).pk)
    row[1], row[-1] = "30/11/2016", "23/5/2016"
    ((_, heading, said),) = faults(bring([row], ig_officer, MOVED))
    assert (heading, said[:44]) == ("Date agreed on", "Another date was agreed later, on 24 May 201")


def test_the_first_date_is_never_written_over(ig_officer, action):
    ((_, heading, said),) = faults(
        bring([["ICO-07", "1/1/2017"]], ig_officer, ["Reference", "Original due date"])
    )
    assert heading == "Original due date"
    assert said.startswith("The first due date is 30 June 2016 and stays so")


def test_the_date_of_what_is_completed_moves_no_more(ig_officer, begun):
    begun.report("completed", effective_on=date(2016, 4, 1), by=ig_officer)
    row = ["ICO-07", "31/10/2016", "Late", "", "Audit Committee", "31", "24/5/2016"]
    assert faults(bring([row], ig_officer, MOVED)) == [
        (2, "Due", "It is completed: its date no longer moves")
    ]


def test_whoever_is_in_the_post_that_owns_an_action_moves_its_date_by_no_file(ig_officer, action):
    row = ["ICO-07", "31/10/2016", "Late", "", "Audit Committee", "31", "24/5/2016"]
    before = bring([row], ig_officer, MOVED)
    PostHoldingFactory(person=ig_officer, post=action.owner, from_on=OPENED)
    person = User.objects.get(pk=ig_officer.pk)
    with pytest.raises(NotReadyError, match="You may not move the date of ICO-07"):
        commit(before.pk, by=person)
    assert faults(bring([row], person, MOVED)) == [(2, "Due", "You may not move the date of this action")]


def test_a_date_moves_and_the_action_is_completed_in_one_row_and_both_are_taken_back(ig_officer, begun):
    row = [
        "ICO-07",
        "31/10/2016",
        "Late",
        "",
        "Audit Committee",
        "31",
        "24/5/2016",
        "Completed",
        "5/11/2016",
        "Policy 4",
    ]
    batch = bring([row], ig_officer, [*MOVED, *PROGRESS])
    commit(batch.pk)
    assert standing(begun)[0] == "completed"
    assert undo(batch.pk) == 0
    assert standing(begun) == ("in_progress", MARCH, "Advert")
    assert begun.due_on == date(2016, 6, 30)
    assert sorted(begun.date_revisions.values_list("void", flat=True)) == [False, True]


# What it answers and serves


def test_recommendations_of_the_file_are_those_answered_from_then_on(ig_officer, action):
    headings = ["Reference", "Recommendations"]
    batch = bring([["ICO-07", "A02; B07; A01"]], ig_officer, headings)
    commit(batch.pk)
    action.refresh_from_db()
    assert action.recommendation.reference == "A01"
    links = ActionRecommendation.objects.filter(action=action)
    assert sorted(links.values_list("recommendation__reference", flat=True)) == ["A02", "B07"]
    assert bring([["ICO-07", "B07, A01, A02"]], ig_officer, headings).unchanged_count == 1
    assert undo(batch.pk) == 0
    assert not links.exists()


def test_an_answer_to_another_audit_than_that_of_the_plan_comes_back_unchanged(ig_officer, action):
    ActionRecommendation.objects.create(action=action, recommendation=RecommendationFactory(reference="Z1"))
    headings = ["Reference", "Recommendations"]
    assert bring([["ICO-07", "A01; Z1"]], ig_officer, headings).unchanged_count == 1
    commit(bring([["ICO-07", "A01; Z1; A02"]], ig_officer, headings).pk)
    assert ActionRecommendation.objects.filter(action=action).count() == 2


def test_what_an_action_serves_changes_and_goes_back(ig_officer, action):
    first, second = WorkstreamFactory.create_batch(2)
    principle = PrincipleFactory()
    headings = ["Reference", "Workstream", "Principles", "Scope area"]
    commit(bring([["ICO-07", first.name, "", ""]], ig_officer, headings).pk)
    batch = bring([["ICO-07", second.code, principle.name, "dpg"]], ig_officer, headings)
    commit(batch.pk)
    action.refresh_from_db()
    assert (action.workstream_link.workstream, action.scope_area.code) == (second, "dpg")
    assert undo(batch.pk) == 0
    action.refresh_from_db()
    assert (action.workstream_link.workstream, action.scope_area) == (first, None)
    assert not action.principle_links.exists()


# Fields


def test_an_action_stays_on_its_plan(ig_officer, action):
    PlanFactory(code="other")
    ((_, heading, said),) = faults(bring([["ICO-07", "other"]], ig_officer, ["Reference", "Plan"]))
    assert (heading, said) == ("Plan", "An action stays on its plan")


def test_a_title_and_an_owner_change_with_the_file_as_their_reason(ig_officer, action):
    other = owner_post()
    batch = bring([["ICO-07", "Write it down", other.code]], ig_officer, ["Reference", "Title", "Owner"])
    commit(batch.pk)
    action.refresh_from_db()
    assert (action.title, action.owner, action.updates.count()) == ("Write it down", other, 1)
    version = action.history.standing().get(id=action.pk)
    assert version.history_change_reason == f"Imported from plan.csv, batch {batch.pk}"


def test_an_unknown_reference_is_an_error(ig_officer, action):
    ((_, heading, said),) = faults(bring([["ICO-99", "Completed", "5/11/2016", ""]], ig_officer, REPORTED))
    assert heading == "Reference"
    assert said.startswith("There is no action ICO-99")


def test_the_check_says_old_and_new(ig_officer, begun):
    row = [
        "ICO-07",
        "31/10/2016",
        "Late",
        "",
        "Audit Committee",
        "31",
        "24/5/2016",
        "Completed",
        "5/11/2016",
        "",
    ]
    batch = bring([row], ig_officer, [*MOVED, *PROGRESS])
    page = signed_in(ig_officer).get(batch.get_absolute_url()).content.decode()
    for words in (
        "In progress from 1 March 2016: Advert", "Completed from 5 November 2016",
        "30 June 2016", "31 October 2016. Reason: Late",
    ):  # fmt: skip
        assert words in page


def test_a_status_of_today_may_follow_another_of_today(ig_officer, action):
    for status in ("In progress", "Completed"):
        commit(bring([["ICO-07", status, today().isoformat(), "Done"]], ig_officer, REPORTED).pk)
    assert standing(action)[0] == "completed"
    later = (today() + timedelta(days=1)).isoformat()
    assert len(faults(bring([["ICO-07", "In progress", later, ""]], ig_officer, REPORTED))) == 1


@pytest.mark.parametrize("closed", ["completed", "withdrawn"])
@pytest.mark.parametrize("evidence", ["", "Policy 4"])
def test_what_is_closed_is_opened_again_by_a_file_with_a_reason_only(ig_officer, begun, closed, evidence):
    begun.report(closed, effective_on=date(2016, 4, 1), by=ig_officer, evidence="Policy 4", why="Merged")
    headings = [*REPORTED, "Source document"]
    batch = bring([["ICO-07", "In progress", "5/11/2016", evidence, "Minutes"]], ig_officer, headings)
    assert f"The action is {closed}: say here why it is opened again" in str(faults(batch))


def test_a_file_with_its_document_withdraws_once(ig_officer, begun):
    begun.report("withdrawn", effective_on=date(2016, 4, 1), by=ig_officer, why="Merged")
    headings = [*REPORTED, "Source document"]
    batch = bring([["ICO-07", "Withdrawn", "5/11/2016", "Merged again", "Minutes"]], ig_officer, headings)
    assert "It is withdrawn already" in str(faults(batch))
