"""An action at a moment: facts, the order of work, and everything that was reported of it."""

import re
from datetime import date

import pytest
from django.utils.html import escape

from actions.models import Status
from governance.core.dates import LONDON, long_date, today
from governance.demo.bulk import Size, make_register
from governance.history.trail import signed
from governance.people.models import PostHolding, Role
from tests.actions.moving import move
from tests.actions.pages import (
    HOSTILE,
    OPENED,
    a_plan,
    action_page,
    an_action,
    area,
    correct_page,
    known,
    recommendation,
    report_page,
    text,
    told,
    vacant_post,
    wait,
)
from tests.cast import signed_in
from tests.colours.factories import in_force
from tests.factories import ActionFactory, PostFactory, PostHoldingFactory, UserFactory

pytestmark = pytest.mark.django_db
MARCH, MAY, JULY = date(2016, 3, 1), date(2016, 5, 2), date(2016, 7, 4)


def words(response):
    """The page as it reads, without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text(response)))


def seen(person, action, asked=""):
    return words(signed_in(person).get(action_page(action, asked)))


# Facts


def test_the_facts_say_what_was_recommended_who_owns_it_and_by_when(ig_officer):
    plan = a_plan()
    training = area(plan, "Training and awareness")
    advice = recommendation(plan, "Train everybody who handles records", illustrative=True)
    action = an_action(plan, recommendation=advice, scope_area=training, due_on=date(2016, 12, 31))
    page = seen(ig_officer, action)
    for said in (
        "Train everybody who handles records",
        "Illustrative: not the auditor’s own words",
        "Training and awareness",
        "31 December 2016",
        action.owner.title,
        action.owner.unit.name,
    ):
        assert said in page


def test_the_auditors_own_words_are_not_called_illustrative(ig_officer):
    plan = a_plan()
    action = an_action(plan, recommendation=recommendation(plan, "Train everybody"))
    assert "Illustrative" not in seen(ig_officer, action)


@pytest.mark.parametrize(
    ("holdings", "said"),
    [
        ([], "vacant: nobody has held it yet"),
        ([(date(2015, 1, 1), date(2016, 3, 31))], "vacant since 1 April 2016"),
        ([(date(2015, 1, 1), None)], None),
        ([(date(2015, 1, 1), date(2015, 6, 30)), (date(2016, 1, 1), None)], None),
        (
            [(date(2014, 1, 1), date(2015, 6, 30)), (date(2015, 7, 1), date(2016, 6, 30))],
            "vacant since 1 July 2016",
        ),
    ],
)
def test_an_owner_post_that_nobody_is_in_is_said_to_be_vacant(ig_officer, holdings, said):
    action = an_action()
    for first, last in holdings:
        PostHoldingFactory(post=action.owner, person=UserFactory(), from_on=first, until_on=last)
    page = seen(ig_officer, action)
    assert (said in page) if said else ("vacant" not in page)


@pytest.mark.parametrize(
    ("status", "asked", "overdue"),
    [
        (Status.IN_PROGRESS, "", True),
        (Status.COMPLETED, "", False),
        (Status.WITHDRAWN, "", False),
        (Status.IN_PROGRESS, "as_at=2016-07-04", False),
        (Status.IN_PROGRESS, "as_at=2016-07-05", True),
    ],
)
def test_an_action_not_done_by_its_due_date_is_overdue(ig_officer, status, asked, overdue):
    action = an_action(due_on=JULY)
    told(action, status, MARCH)
    assert ("overdue by" in seen(ig_officer, action, asked)) is overdue


def test_the_day_of_a_status_is_not_read_as_that_since_which_it_is_overdue(ig_officer):
    action = an_action(due_on=JULY)
    told(action, Status.IN_PROGRESS, MARCH)
    shown = seen(ig_officer, action)
    assert "In progress since 1 March 2016, overdue by" in shown
    assert "Overdue since" not in shown


# The order of work


def test_the_page_says_what_it_waits_on_and_what_waits_on_it_and_whether_that_is_there(ig_officer):
    plan = a_plan()
    first, second, third = (an_action(plan, title=title) for title in ("Appetite", "Policy", "Register"))
    wait(second, "start", needs_action=first)
    wait(second, "finish", needs_post=vacant_post())
    wait(third, "finish", needs_action=second)
    page = seen(ig_officer, second)
    assert f"To start, it needs {first.reference} Appetite to be completed: not yet" in page
    assert "To finish, it needs the post of Records Manager to be filled: not yet" in page
    assert f"{third.reference} Register to finish" in page
    told(first, Status.COMPLETED, MARCH)
    assert f"{first.reference} Appetite to be completed: done" in seen(ig_officer, second)
    assert f"{first.reference} Appetite to be completed: not yet" in seen(
        ig_officer, second, "as_at=2016-02-01"
    )


def test_what_no_longer_holds_is_not_waited_on(ig_officer):
    action, other = an_action(), an_action()
    dependency = wait(action, "start", needs_action=other)
    dependency.until_on = date(2016, 6, 30)
    dependency.save()
    assert "It waits on nothing." in seen(ig_officer, action)
    assert other.reference in seen(ig_officer, action, "as_at=2016-06-30")


def test_an_action_that_may_not_be_opened_keeps_its_title_to_itself(owner, other_owner):
    wait(owner.action, "start", needs_action=other_owner.action)
    page = text(signed_in(owner).get(action_page(owner.action)))
    assert f"{other_owner.action.reference}, which you may not open," in page
    assert other_owner.action.title not in page
    assert action_page(other_owner.action) not in page


# What was reported


def test_a_report_says_what_since_when_by_whom_known_when_and_on_what_evidence(ig_officer):
    action, reporter = an_action(), UserFactory(display_name="A reporter")
    PostHoldingFactory(post=PostFactory(title="Head of Training"), person=reporter)
    told(action, Status.IN_PROGRESS, MARCH, by=reporter, evidence="Minute 4 of the board", **known(MAY))
    page = seen(ig_officer, action)
    for said in (
        "In progress (stands)",
        "by Head of Training (A reporter)",
        "From 1 March 2016 , known on 2 May 2016",
        "Minute 4 of the board",
        "Source: Action plan workbook",
    ):
        assert said in page


def test_a_waiver_is_shown_with_the_report_that_needed_it(ig_officer):
    action = an_action()
    wait(action, "finish", needs_post=vacant_post())
    told(action, Status.COMPLETED, MAY, waiver="Agreed by the SIRO on 2 May")
    assert "Went ahead before what it waits on: Agreed by the SIRO on 2 May" in seen(ig_officer, action)


def test_what_was_corrected_stays_struck_under_its_correction(ig_officer):
    action = an_action()
    wrong = told(action, Status.IN_PROGRESS, MARCH, evidence="A typing error")
    action.correct(wrong, by=ig_officer, reason="Entered for the wrong action", status=Status.NOT_STARTED)
    page = text(signed_in(ig_officer).get(action_page(action)))
    assert re.search(r"<del>In progress from 1 March 2016\. A typing error</del>", page)
    assert "Entered for the wrong action" in page
    assert page.count("moj-timeline__item") == 3  # the opening, the correction, and its entry in the plan


def test_what_never_happened_is_said_to_never_have_happened(ig_officer):
    action = an_action()
    wrong = told(action, Status.COMPLETED, MARCH)
    action.correct(wrong, by=ig_officer, reason="Another action was meant", void=True)
    page = text(signed_in(ig_officer).get(action_page(action)))
    said = words(signed_in(ig_officer).get(action_page(action)))
    assert f"Completed, taken back: this never happened by {action.latest().reporter}" in said
    assert f"From 1 March 2016 , taken back on {long_date(today())}" in said
    assert "Why it was taken back: Another action was meant" in said
    assert re.search(r"Not started\s*<span class=\"app-total\">\(stands\)", page)


def test_a_correction_of_a_correction_shows_both_behind_it(ig_officer):
    action = an_action()
    first = told(action, Status.IN_PROGRESS, MARCH)
    second = action.correct(first, by=ig_officer, reason="One day out", effective_on=date(2016, 3, 2))
    action.correct(second, by=ig_officer, reason="Two days out", effective_on=date(2016, 3, 3))
    page = text(signed_in(ig_officer).get(action_page(action)))
    assert page.index('From <time datetime="2016-03-03"') < page.index("<del>In progress from 2 March 2016")
    assert "One day out" in page
    assert page.index("<del>In progress from 2 March 2016") < page.index("<del>In progress from 1 March 2016")


def test_changes_of_the_facts_stand_in_the_timeline_with_who_and_why(ig_officer, siro):
    action = an_action(due_on=JULY)
    with signed(siro, reason="The board moved the date"):
        move(action, date(2016, 9, 30), by=siro, reason="The board moved the date")
        action.refresh_from_db()
        action.owner = PostFactory(title="Head of Records")
        action.save()
    page = seen(ig_officer, action)
    assert "Due changed from 4 July 2016 to 30 September 2016" in page
    assert "to Head of Records" in page
    assert "The board moved the date" in page
    assert "Status changed" not in page


def test_within_a_day_what_was_told_later_stands_above(ig_officer):
    action = ActionFactory(plan=a_plan(), opened_on=today())
    first = action.report(Status.IN_PROGRESS, effective_on=today(), by=ig_officer, evidence="Begun")
    with signed(ig_officer, reason="A clearer title"):
        action.title = "Renamed"
        action.save()
    action.report(Status.AWAITING_APPROVAL, effective_on=today(), by=ig_officer, evidence="Sent")
    action.correct(first, by=ig_officer, reason="More of it", evidence="Begun by the board")
    page = seen(ig_officer, action)
    told_in_order = ["Sent", "A clearer title", "Begun by the board", "Entered in the plan"]
    assert sorted(told_in_order, key=page.index) == told_in_order


def test_reports_of_one_day_show_the_time_they_became_known_unless_a_document_tells_only_the_day(ig_officer):
    action = an_action()
    told(action, Status.IN_PROGRESS, MARCH)
    told(action, Status.AWAITING_APPROVAL, MARCH)
    page = seen(ig_officer, action)
    assert "known on 1 March 2016 " in page
    assert "known on 1 March 2016," not in page
    by_hand = [action.report(Status.COMPLETED, effective_on=today(), by=ig_officer)]
    assert f"known on {long_date(today())}," not in seen(ig_officer, action)
    by_hand.append(action.report(Status.COMPLETED, effective_on=today(), by=ig_officer, evidence="Minute 4"))
    page = seen(ig_officer, action)
    for report in by_hand:
        assert f"known on {long_date(today())}, {report.known_at.astimezone(LONDON):%H:%M}" in page


# A past moment


def test_at_a_past_moment_only_what_was_known_and_in_effect_is_shown(ig_officer):
    action = an_action()
    told(action, Status.IN_PROGRESS, MARCH, evidence="Begun")
    told(action, Status.COMPLETED, JULY, evidence="Finished")
    page = seen(ig_officer, action, "as_at=2016-05-02")
    assert "Begun" in page
    assert "Finished" not in page
    assert "In progress (stood then)" in page
    assert "Back to now" in page


def test_a_correction_not_yet_known_leaves_the_report_as_it_was(ig_officer):
    action = an_action()
    wrong = told(action, Status.IN_PROGRESS, MARCH)
    action.correct(wrong, by=ig_officer, reason="Never begun", status=Status.NOT_STARTED, **known(JULY))
    then = seen(ig_officer, action, "as_at=2016-05-02&known_at=2016-05-02")
    assert "In progress (stood then)" in then
    assert "Never begun" not in then
    assert "Never begun" in seen(ig_officer, action, "as_at=2016-05-02&known_at=2016-07-04")


def test_at_a_past_moment_nothing_can_be_reported_or_corrected(ig_officer):
    action = an_action()
    page = text(signed_in(ig_officer).get(action_page(action, "as_at=2016-05-02")))
    assert report_page(action) not in page
    assert correct_page(action.latest()) not in page


def test_before_anything_was_known_the_page_says_so(ig_officer):
    action = an_action(opened_on=date(2016, 2, 1), **known(MAY))
    page = seen(ig_officer, action, "as_at=2016-02-01&known_at=2016-03-01")
    assert "Nothing was known of this action then" in page


@pytest.mark.parametrize("asked", ["as_at=2015-12-31", "as_at=2999-01-01", "as_at=soon", "known_at=x"])
def test_a_moment_that_makes_no_sense_is_said_to(ig_officer, asked):
    page = signed_in(ig_officer).get(action_page(an_action(), asked))
    assert page.status_code == 200
    assert "There is a problem" in text(page)
    assert "Write it like" not in text(page)


# The next step


@pytest.mark.parametrize(
    ("who", "reports", "corrects"),
    [("ig_officer", True, True), ("owner", True, False), ("siro", False, False), ("auditor", False, False)],
)
def test_each_person_is_offered_only_their_own_next_step(request, owner, who, reports, corrects):
    person = owner if who == "owner" else request.getfixturevalue(who)
    page = text(signed_in(person).get(action_page(owner.action)))
    assert (report_page(owner.action) in page) is reports
    assert (correct_page(owner.action.latest()) in page) is corrects


def test_who_may_report_but_not_correct_is_told_which_post_to_write_to(owner, ig_officer, siro):
    told_to_write = (
        f"Information governance officers correct what was reported. Write to {ig_officer.post.title}."
    )
    vacant_post().give_role(Role.IG_OFFICER, from_on=OPENED)
    assert told_to_write in seen(owner, owner.action)
    assert "correct what was reported" not in seen(owner, owner.action, f"as_at={OPENED}")
    for person in (ig_officer, siro):
        assert "correct what was reported" not in seen(person, owner.action)


def test_the_list_somebody_came_from_survives_the_way_through_an_action(ig_officer):
    action, state = an_action(), "status=not_started&amp;sort=-status"
    page = text(signed_in(ig_officer).get(action_page(action, "status=not_started&sort=-status")))
    assert f'href="{action.plan.get_absolute_url()}?{state}"' in page
    assert f'href="{report_page(action)}?{state}"' in page


# Robust


@pytest.mark.parametrize("reference", ["NO-SUCH", "%00", "%F0%9F%90%99", "x" * 300, "..%2F..%2Fetc"])
def test_an_unknown_action_is_not_found(ig_officer, reference):
    assert signed_in(ig_officer).get(f"/actions/{reference}/").status_code == 404


def test_an_action_of_others_is_not_found(owner, other_owner):
    assert signed_in(owner).get(action_page(other_owner.action)).status_code == 404


def test_hostile_words_are_shown_as_they_were_typed(ig_officer):
    plan = a_plan(title=HOSTILE)
    action = an_action(plan, title=HOSTILE, recommendation=recommendation(plan, HOSTILE))
    wait(action, "finish", needs_post=vacant_post(HOSTILE), note=HOSTILE)
    report = told(action, Status.COMPLETED, MARCH, evidence=HOSTILE, waiver=HOSTILE)
    action.correct(report, by=ig_officer, reason=HOSTILE, void=True)
    with signed(ig_officer, reason=HOSTILE):
        action.title = f"{HOSTILE} again"
        action.save()
    page = text(signed_in(ig_officer).get(action_page(action)))
    assert "<script>alert" not in page
    assert str(7777 * 7777) not in page
    assert page.count(escape(HOSTILE)) >= 8


@pytest.mark.parametrize("who", ["ig_officer", "owner"])
def test_an_action_asks_the_same_few_questions_in_a_plan_of_10_and_of_1000(
    request, django_assert_max_num_queries, who
):
    in_force()
    person = request.getfixturevalue(who)
    asked = []
    for number in (10, 1000):
        make_register(Size(actions=number))
        action = a_busy_action(f"measuring-{number}", person)
        client = signed_in(person)
        client.get(action_page(action))
        with django_assert_max_num_queries(22) as queries:
            assert client.get(action_page(action)).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_long_story_is_folded_after_its_latest_and_says_how_much_is_left(ig_officer):
    action = an_action()
    for day in range(1, 9):
        told(action, Status.IN_PROGRESS, date(2016, 3, day), evidence=f"Draft {day}")
    page = signed_in(ig_officer).get(action_page(action))
    shown, _, folded = text(page).partition("What came before (4)")
    assert len(page.context["story"]) == shown.count("moj-timeline__item") + 4 == 10
    assert folded.count("moj-timeline__item") == 4


def a_busy_action(code, person):
    """An action with dependencies on both sides, a new owner and a long story."""
    from actions.models import Action

    mine, before, after = Action.objects.filter(plan__code=code).order_by("-pk")[:3]
    mine.owner = person.post
    mine.save()
    wait(mine, "finish", needs_post=PostHolding.objects.first().post)
    wait(mine, "finish", needs_action=before)
    wait(after, "finish", needs_action=mine)
    for _ in range(10):
        mine.report(Status.NOT_STARTED, effective_on=date.today(), by=person)
    return mine
