"""Reports on several actions at once of which some moved, were closed or overlap: nothing typed is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from actions.forms.several import LOST
from actions.models import Status
from governance.core.dates import today
from governance.people.models import Role
from tests.actions.factories_overlap import overlap_of
from tests.actions.several import REPORT, of_plan, typed
from tests.cast import signed_in
from tests.factories import ActionFactory, PlanFactory, PostFactory, RoleAssignmentFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_an_owner_reports_on_own_actions_alone_and_is_told_of_the_rest(owner, other_owner):
    theirs, day = other_owner.action, owner.action.plan.opened_on
    form = typed(
        (owner.action, Status.IN_PROGRESS, "Kept words"),
        (theirs, Status.IN_PROGRESS, "Words of theirs"),
        day=day,
    )
    browser = signed_in(owner)
    page = browser.post(REPORT, form).content.decode()
    assert "There is a problem" in page
    for kept in (LOST, "In progress", "Words of theirs", "Kept words"):
        assert kept in page
    for hidden in (theirs.reference, theirs.title):
        assert hidden not in page
    assert owner.action.latest().status == Status.NOT_STARTED
    assert browser.post(REPORT, typed((owner.action, "in_progress", ""), day=day)).status_code == 302
    assert owner.action.latest().status == Status.IN_PROGRESS
    assert theirs.latest().status == Status.NOT_STARTED


def test_one_given_to_another_post_meanwhile_holds_all_back_and_its_words_are_shown(owner):
    given, other = owner.action, ActionFactory(owner=owner.post, plan=owner.action.plan)
    form = typed((given, Status.COMPLETED, "Minute 4"), (other, Status.IN_PROGRESS, ""))
    given.owner = PostFactory()
    given.save()
    answer = signed_in(owner).post(REPORT, form)
    assert answer.status_code == 200
    assert [(each.status, each.words) for each in answer.context["form"].lost] == [("Completed", "Minute 4")]
    assert "Minute 4" in answer.content.decode()
    assert {given.latest().status, other.latest().status} == {Status.NOT_STARTED}


def test_given_away_and_still_to_be_opened_it_is_named(owner):
    given, unit = owner.action, owner.post.unit
    RoleAssignmentFactory(post=owner.post, role=Role.INTERNAL_AUDITOR)
    form = typed((given, Status.COMPLETED, "Minute 4"))
    given.owner = PostFactory(unit=UnitFactory(parent=unit.parent))
    given.save()
    page = signed_in(owner).post(REPORT, form).content.decode()
    assert str(given) in page
    assert "Go on with the actions on which you report" in page


@pytest.mark.parametrize("status", Status.closed())
def test_one_that_somebody_else_closed_meanwhile_is_shown_with_what_was_typed(owner, ig_officer, status):
    closed, other = owner.action, ActionFactory(owner=owner.post, plan=owner.action.plan)
    day = closed.plan.opened_on
    form = typed((closed, Status.IN_PROGRESS, "Draft sent"), (other, Status.IN_PROGRESS, ""), day=day)
    closed.report(status, effective_on=day, by=ig_officer, evidence="Decided elsewhere", why="Cut")
    browser = signed_in(owner)
    for address in (REPORT, of_plan(closed.plan)):
        page = browser.post(address, form).content.decode()
        assert f"{closed.reference} was reported by" in page
        assert "Draft sent" in page
    assert other.latest().status == Status.NOT_STARTED
    rest = {name: value for name, value in form.items() if not name.startswith(f"a{closed.pk}-")}
    assert browser.post(REPORT, rest).status_code == 302
    assert (closed.latest().status, other.latest().status) == (status, Status.IN_PROGRESS)


def test_closed_meanwhile_and_nothing_typed_of_it_the_rest_is_saved(owner, ig_officer):
    closed, other = owner.action, ActionFactory(owner=owner.post, plan=owner.action.plan)
    day = closed.plan.opened_on
    form = typed((closed, "", ""), (other, Status.IN_PROGRESS, ""), day=day)
    closed.report(Status.COMPLETED, effective_on=day, by=ig_officer)
    assert signed_in(owner).post(REPORT, form).status_code == 302
    assert other.latest().status == Status.IN_PROGRESS


def test_what_was_typed_on_a_page_is_saved_though_its_actions_stand_on_another_by_now(owner, ig_officer):
    plan = owner.action.plan
    actions = [
        ActionFactory(owner=owner.post, plan=plan, due_on=plan.opened_on + timedelta(days=n))
        for n in range(30)
    ]
    moved = actions[25]  # the first of the second page, until one of the first page is done
    form = typed((moved, Status.IN_PROGRESS, "Draft sent"), (owner.action, "", ""), day=plan.opened_on)
    actions[0].report(Status.COMPLETED, effective_on=plan.opened_on, by=ig_officer)
    answer = signed_in(owner).post(f"{REPORT}?page=2", form)
    assert answer.status_code == 302
    assert moved.latest().evidence == "Draft sent"


def test_completing_twice_by_a_double_click_reports_once(owner):
    form = typed((owner.action, Status.COMPLETED, "Minute 4"), day=owner.action.plan.opened_on)
    for _ in range(2):
        assert signed_in(owner).post(REPORT, form).status_code == 302
    assert owner.action.updates.count() == 2


@pytest.mark.parametrize("key", ["0", "9" * 18, "9" * 40, "-1", "\u0661", "007", "x", "\x00"])
def test_a_report_on_what_is_no_action_is_no_error_of_the_product(owner, key):
    form = typed((owner.action, "", "")) | {f"a{key}-status": "completed", f"a{key}-evidence": "\x00 words"}
    answer = signed_in(owner).post(REPORT, form)
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()


def test_what_overlaps_with_those_completed_together_is_asked_about_on_one_page(ig_officer):
    plan, elsewhere = PlanFactory(), PlanFactory()
    one, two, three, four = ActionFactory.create_batch(4, plan=plan)
    twins = ActionFactory.create_batch(4, plan=elsewhere)
    for action, twin in zip((one, two, three, four), twins, strict=True):
        overlap_of(action, twin)
    twins[2].report(Status.COMPLETED, effective_on=elsewhere.opened_on, by=ig_officer)
    form = typed(
        (one, Status.COMPLETED, ""), (two, Status.COMPLETED, ""), (three, Status.COMPLETED, ""),
        (four, Status.IN_PROGRESS, ""), day=plan.opened_on,
    )  # fmt: skip
    browser = signed_in(ig_officer)
    answer = browser.post(of_plan(plan), form)
    assert answer.url == f"{reverse('actions:overlaps_asked', args=[one.reference])}?also={two.reference}"
    page = browser.get(answer.url).content.decode()
    for action, twin in ((one, twins[0]), (two, twins[1])):
        assert f"{action.reference} is the same as" in page
        assert reverse("actions:report", args=[twin.reference]) in page
    for untouched in twins[2:]:
        assert untouched.reference not in page


def test_the_page_that_asks_takes_no_further_action_on_which_its_reader_does_not_report(owner, other_owner):
    overlap_of(other_owner.action, ActionFactory())
    address = reverse("actions:overlaps_asked", args=[owner.action.reference])
    for also in (other_owner.action.reference, "%00", "nonsense"):
        answer = signed_in(owner).get(f"{address}?also={also}")
        assert (answer.status_code, answer.context["asked"]) == (200, [])
        assert other_owner.action.reference not in answer.content.decode().partition("<main")[2]


def test_of_reports_that_do_not_stand_the_later_one_is_told(owner, ig_officer):
    action, other = owner.action, ActionFactory(owner=owner.post, plan=owner.action.plan)
    action.report(Status.IN_PROGRESS, effective_on=today(), by=ig_officer)
    form = typed((action, "completed", ""), (other, "completed", ""), day=today() - timedelta(days=1))
    page = signed_in(owner).post(REPORT, form, follow=True).content.decode()
    assert f"{action.reference} stands otherwise today, by a later report: In progress" in page
    assert f"{other.reference} stands otherwise" not in page


def test_an_overdue_action_says_so_and_what_shows_progress_is_explained(owner):
    ActionFactory(owner=owner.post, plan=owner.action.plan, due_on=today() - timedelta(days=3))
    page = signed_in(owner).get(REPORT).content.decode()
    assert "Overdue" in page
    assert "a decision and its date, a document and where to find it" in page
