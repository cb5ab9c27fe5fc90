"""A plan comes in from a spreadsheet as it was delivered: new actions, with their first updates and dates."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from actions.models import Action, ActionPrinciple, ActionWorkstream, ProgressUpdate, RecommendationPriority
from governance.core.dates import today
from governance.exchange.importing import MovedOnError, commit, undo
from governance.figures.moment import Moment
from governance.people.models import Role
from governance.people.registers.sheet import SHEETS
from tests.actions.factories_sight import PrincipleFactory, WorkstreamFactory
from tests.cast import play, signed_in
from tests.exchange.actions_in import (
    OPENED,
    PROGRESS,
    WHOLE,
    a_plan,
    bring,
    faults,
    new_row,
    owner_post,
    the_action,
    updates,
)
from tests.factories import ActionFactory, PlanFactory, RecommendationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_a_request")]


@pytest.fixture
def plan():
    return a_plan()


@pytest.fixture
def owner():
    return owner_post()


# What comes in


@pytest.mark.parametrize("first", [(), ("17/01/2016",)])
def test_the_first_due_date_is_not_before_the_opening(plan, owner, ig_officer, first):
    row = [*new_row(owner, opened="18/01/2016", due="30/06/2016" if first else "17/01/2016"), *first]
    batch = bring([row], ig_officer, [*WHOLE, "First due"] if first else WHOLE)
    heading = "First due" if first else "Target date"
    ((number, where, said),) = faults(batch)
    assert (number, where) == (2, heading)
    assert said.startswith("The action is opened on 18 January 2016. The first day by which it is to be done")


def test_an_action_comes_in_as_it_was_delivered(ig_officer, plan, owner):
    batch = bring([new_row(owner)], ig_officer)
    assert batch.rows.counts() == {"new": 1, "changed": 0, "conflict": 0, "error": 0}
    assert not Action.objects.exists()
    commit(batch.pk)
    made = the_action()
    assert (made.plan, made.owner, made.reference) == (plan, owner, "ACT-0001")
    assert (made.due_on, made.original_due_on) == (date(2016, 6, 30), date(2016, 6, 30))
    assert made.recommendation.reference == "A01"
    assert updates(made) == [("not_started", OPENED, "")]


def test_what_a_file_says_took_effect_in_the_past_is_known_from_now_on(ig_officer, plan, owner):
    row = [*new_row(owner), "In progress", "1 March 2016", "Job advert", "Board paper 7"]
    batch, began = bring([row], ig_officer, [*WHOLE, *PROGRESS, "Source document"]), timezone.now()
    commit(batch.pk)
    made = the_action()
    assert updates(made) == [("not_started", OPENED, ""), ("in_progress", date(2016, 3, 1), "Job advert")]
    assert made.status == made.standing().status == "in_progress"
    for update in made.updates.all():
        assert (update.recorded_by, update.source_document) == (ig_officer, "Board paper 7")
        assert began < update.known_at <= update.recorded_at


def test_an_action_answers_several_recommendations_of_the_audit_of_its_plan(ig_officer, plan, owner):
    RecommendationFactory(reference="A02")  # of another audit
    commit(bring([new_row(owner, rec="a02; A01, B07")], ig_officer).pk)
    made = the_action()
    assert (made.recommendation.reference, made.recommendation.audit) == ("A02", plan.audit)
    further = made.recommendation_links.values_list("recommendation__reference", flat=True)
    assert sorted(further) == ["A01", "B07"]


def test_a_priority_is_that_of_a_recommendation_that_has_none_yet(ig_officer, plan, owner):
    high = RecommendationPriority.objects.get(name="High")
    asked = plan.audit.recommendations.get(reference="A01")
    batch = bring([[*new_row(owner), "high"]], ig_officer, [*WHOLE, "Priority"])
    assert batch.rows.get().patch["said_priority"]["said"] == "High"
    commit(batch.pk)
    asked.refresh_from_db()
    assert asked.priority == high.code
    rows = [[*new_row(owner, title="Other"), "Low"], [*new_row(owner, title="Third"), "Soon"]]
    one, other = faults(bring(rows, ig_officer, [*WHOLE, "Priority"]))
    assert one == (
        2,
        "Priority",
        "A01 has the priority “High”. Correct that on the page of the recommendation",
    )
    assert (other[:2], other[2][:34]) == ((3, "Priority"), "“Soon” is no priority. There are: ")
    undo(batch.pk)
    asked.refresh_from_db()
    assert asked.priority == ""


def test_a_priority_without_a_recommendation_is_not_kept_and_the_check_says_so(ig_officer, plan, owner):
    batch = bring([[*new_row(owner, rec=""), "High"]], ig_officer, [*WHOLE, "Priority"])
    assert [each for each in batch.rows.get().remarks if "“High” is not kept" in each]


def test_area_workstream_and_principles_come_in_by_code_or_name(ig_officer, plan, owner):
    stream, principles = WorkstreamFactory(name="Culture"), PrincipleFactory.create_batch(2)
    names = f"{principles[0].name}; {principles[1].code}"
    row = [*new_row(owner), "data protection GOVERNANCE", "culture", names]
    commit(bring([row], ig_officer, [*WHOLE, "Scope area", "Workstream", "Principles"]).pk)
    made = the_action()
    assert made.scope_area.code == "dpg"
    assert ActionWorkstream.objects.get(action=made).workstream == stream
    placed = ActionPrinciple.objects.filter(action=made).values_list("principle", flat=True)
    assert sorted(placed) == sorted(each.pk for each in principles)


def test_without_an_opening_day_an_action_opens_on_the_first_day_of_its_plan_and_the_check_says_so(
    ig_officer, plan, owner
):
    batch = bring([new_row(owner, opened="")], ig_officer)
    assert any("first day of its plan" in remark for remark in batch.rows.get().remarks)
    commit(batch.pk)
    assert updates(the_action()) == [("not_started", OPENED, "")]


def test_a_file_of_titles_alone_opens_every_action(ig_officer, plan, owner):
    batch = bring([["Write the policy", "ico-2016", owner.title]], ig_officer, ["Action", "Plan", "Owner"])
    commit(batch.pk)
    assert updates(the_action("Write the policy")) == [("not_started", OPENED, "")]


def test_the_plan_can_be_chosen_for_the_whole_file(ig_officer, plan, owner):
    headings = ["Action", "Owner"]
    batch = bring([["Write the policy", owner.code]], ig_officer, headings, for_new={"plan": str(plan.pk)})
    assert faults(batch) == []
    commit(batch.pk)
    assert the_action("Write the policy").plan == plan


def test_the_reference_of_the_source_is_kept_and_finds_the_action_again(ig_officer, plan, owner):
    row = new_row(owner, number="ICO-7")
    headings = ["Reference", *WHOLE[1:]]
    commit(bring([row], ig_officer, headings, unknown_are_new=True).pk)
    row[5] = "30/06/2016"
    again = bring(
        [row, new_row(owner, number="ICO-8", title="Another")], ig_officer, headings, unknown_are_new=True
    )
    assert again.rows.counts()["new"] == 1
    assert again.unchanged_count == 1


def test_first_and_present_due_date_come_in_with_why_it_moved(ig_officer, plan, owner):
    more = [
        "Original due date",
        "Why the date moved",
        "Date agreed in",
        "Minute",
        "Date agreed on",
        *PROGRESS,
    ]
    row = [*new_row(owner, due="31/10/2016"), "30/06/2016", "Late", "Audit Committee", "31",
           "1 June 2016",
           "Completed", "5 November 2016", "Policy 4"]  # fmt: skip
    batch = bring([row], ig_officer, [*WHOLE, *more])
    assert faults(batch) == []
    commit(batch.pk)
    made = the_action()
    assert (made.original_due_on, made.due_on, made.status) == (
        date(2016, 6, 30),
        date(2016, 10, 31),
        "completed",
    )
    revision = made.date_revisions.get()
    assert (revision.reason, revision.agreed) == ("Late", "Audit Committee, minute 31")
    assert revision.effective_on == date(2016, 6, 1)


# What is wrong


@pytest.mark.parametrize(
    ("cells", "heading", "said"),
    [
        ({2: "No such plan"}, "Action plan", "is not in the list"),
        ({3: "nobody"}, "Responsible officer", "is not in the list"),
        ({6: "A01; Z99"}, "Rec no", "“Z99” is no recommendation of the audit that the plan ico-2016 answers"),
        ({4: "17/01/2016"}, "Opened on", "The plan was opened on 18 January 2016"),
        ({4: "1/1/2190"}, "Opened on", "The day is in the future"),
        ({5: "soon"}, "Target date", "is not a date"),
        ({7: "Nearly"}, "Status", "is not in the list"),
        ({7: "Completed"}, "Status date", "Say from which day it is “Completed”"),
        ({7: "Completed", 8: "1/1/2190"}, "Status date", "The day is in the future"),
        ({7: "Completed", 8: "17/01/2016"}, "Status date", "The action was opened on 18 January 2016"),
        ({7: "Withdrawn", 8: "1/2/2016"}, "Progress update", "say why the action is withdrawn"),
        ({1: ""}, "Agreed action", "It is missing"),
    ],
)
def test_an_error_names_its_row_and_its_column(ig_officer, plan, owner, cells, heading, said):
    row = [*new_row(owner), "", "", ""]
    for place, cell in cells.items():
        row[place] = cell
    ((number, where, sentence),) = faults(bring([row], ig_officer, [*WHOLE, *PROGRESS]))
    assert (number, where) == (2, heading)
    assert said in sentence


def test_a_plan_without_an_audit_has_no_recommendations(ig_officer, owner):
    PlanFactory(code="ico-2016", audit=None, opened_on=OPENED)
    ((_, heading, said),) = faults(bring([new_row(owner)], ig_officer))
    assert (heading, said) == ("Rec no", "The plan ico-2016 answers no audit, so it has no recommendations")


def test_a_principle_and_an_area_that_nobody_keeps_are_errors(ig_officer, plan, owner):
    row = [*new_row(owner), "Nowhere", "Kindness"]
    found = faults(bring([row], ig_officer, [*WHOLE, "Scope area", "Principles"]))
    assert [heading for _, heading, _ in found] == ["Scope area", "Principles"]


def test_a_moved_date_says_why_and_who_agreed(ig_officer, plan, owner):
    row = [*new_row(owner, due="31/10/2016"), "30/06/2016", "", "", ""]
    more = ["Original due date", "Why the date moved", "Date agreed by", "Date agreed on"]
    found = faults(bring([row], ig_officer, [*WHOLE, *more]))
    assert [heading for _, heading, _ in found] == ["Why the date moved", "Date agreed by", "Date agreed on"]


def test_the_post_that_owns_an_action_does_not_agree_to_its_own_date(ig_officer, plan, owner):
    more = ["Original due date", "Why the date moved", "Date agreed by", "Date agreed on"]
    row = [*new_row(owner, due="31/10/2016"), "30/06/2016", "Late", owner.code, "1/6/2016"]
    ((_, heading, said),) = faults(bring([row], ig_officer, [*WHOLE, *more]))
    assert (heading, said) == ("Date agreed by", "The post that owns the action cannot agree to its own date")


def test_a_reference_that_stands_twice_in_the_file_is_an_error_in_both_rows(ig_officer, plan, owner):
    headings = ["Reference", *WHOLE[1:]]
    rows = [new_row(owner, number="7"), new_row(owner, number="7", title="Another")]
    found = faults(bring(rows, ig_officer, headings, unknown_are_new=True))
    assert [(number, heading) for number, heading, _ in found] == [(2, "Reference"), (3, "Reference")]


def test_nobody_approves_or_verifies_by_a_file_and_the_check_says_so(ig_officer, plan, owner):
    row = [*new_row(owner), "The Board", "1 May 2016"]
    batch = bring([row], ig_officer, [*WHOLE, "Approved by", "Verified on"])
    page = signed_in(ig_officer).get(f"/exchange/imports/{batch.pk}/match/").content.decode()
    assert "approved and verified on the page of the action" in page  # "Verified on" leaves with the actions
    assert page.count("Download only") == 1
    commit(batch.pk)
    assert the_action().updates.count() == 1


# Committed twice, and taken back


def test_committed_twice_counts_once(ig_officer, plan, owner):
    first, second = (bring([new_row(owner)], ig_officer) for _ in range(2))
    assert commit(first.pk)
    assert not commit(first.pk)
    with pytest.raises(MovedOnError):
        commit(second.pk)
    assert faults(bring([new_row(owner)], ig_officer))[0][2].startswith("It came in as ACT-0001")
    assert Action.objects.count() == 1


def test_undo_says_of_what_came_in_that_it_was_entered_in_error_and_why(ig_officer, plan, owner):
    more = [*WHOLE, *PROGRESS, "Workstream"]
    row = [*new_row(owner, rec="A01; A02"), "In progress", "1/3/2016", "Advert", WorkstreamFactory().name]
    batch = bring([row], ig_officer, more)
    commit(batch.pk)
    assert undo(batch.pk) == 0
    made, why = the_action(), f"Undone: Imported from plan.csv, batch {batch.pk}"
    assert (made.mistaken_because, made.recommendation, made.source_references.count()) == (why, None, 0)
    assert not ProgressUpdate.objects.standing(Moment.now()).filter(action=made).exists()
    assert {(each.void, each.reason) for each in made.updates.exclude(corrects=None)} == {(True, why)}


def test_undo_leaves_an_action_on_which_somebody_has_reported_since(ig_officer, plan, owner):
    batch = bring([new_row(owner)], ig_officer)
    commit(batch.pk)
    the_action().report("in_progress", effective_on=today(), by=ig_officer, evidence="Advert")
    assert undo(batch.pk) == 1
    assert the_action().status == "in_progress"


# Who may, and what pages say


@pytest.mark.parametrize("role", [Role.IG_OFFICER, Role.RECORDS_MANAGER])
def test_who_keeps_the_plans_may_choose_them_for_a_file(role, plan):
    page = signed_in(play("keeper", role)).get("/exchange/imports/new/").context["form"]
    assert "actions" in dict(page.fields["register"].choices)


@pytest.mark.parametrize("role", [Role.IAO, Role.SIRO, Role.INTERNAL_AUDITOR])
def test_nobody_else_brings_plans_in(role, plan):
    assert signed_in(play("reader", role)).get("/exchange/imports/new/").status_code == 403


def test_the_check_says_in_words_what_comes_in(ig_officer, plan, owner):
    row = [*new_row(owner, rec="A01; A02"), "In progress", "1/3/2016", "Advert"]
    batch = bring([row], ig_officer, [*WHOLE, *PROGRESS])
    page = signed_in(ig_officer).get(batch.get_absolute_url()).content.decode()
    for words in ("In progress from 1 March 2016: Advert", "30 June 2016", "A01; A02", "Head of Information"):
        assert words in page


def test_no_heading_is_that_of_two_columns():
    names = [word.casefold() for column in SHEETS["actions"].all_columns
             for word in {column.heading, *column.aliases}]  # fmt: skip
    assert [word for word in names if names.count(word) > 1] == []


def test_checking_two_hundred_rows_takes_as_many_queries_as_ten(
    ig_officer, plan, owner, django_assert_max_num_queries
):
    for count in (10, 200):
        rows = [[*new_row(owner, title=f"{count} {n}"), "In progress", "1/3/2016", ""] for n in range(count)]
        with django_assert_max_num_queries(47):
            batch = bring(rows, ig_officer, [*WHOLE, *PROGRESS])
        assert batch.rows.counts()["new"] == count


def test_seventy_seven_recommendations_are_one_file(ig_officer, plan, owner):
    numbers = [f"R{n:02}" for n in range(77)]
    for number in numbers:
        RecommendationFactory(audit=plan.audit, reference=number)
    commit(bring([new_row(owner, title=f"Answer {each}", rec=each) for each in numbers], ig_officer).pk)
    assert Action.objects.filter(plan=plan).count() == 77
    assert ProgressUpdate.objects.filter(effective_on__gte=today() - timedelta(days=1)).count() == 0
    assert ActionFactory(plan=plan).reference
