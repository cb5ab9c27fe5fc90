"""Plans are opened and changed on pages, and say what they are to reach by when."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from playwright.sync_api import expect

from actions.forms.plan import MilestoneForm
from actions.models import ActionPlan, Milestone
from governance.core.dates import today
from tests.actions.at_once import at_once
from tests.actions.factories_sight import MilestoneFactory
from tests.browser import axe, sign_in
from tests.cast import signed_in
from tests.factories import ActionFactory, AuditFactory, PlanFactory, ScopeAreaFactory

pytestmark = pytest.mark.django_db


def day(name, on):
    """A day in three fields."""
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def new_plan(**change):
    given = {"title": "Plan of our own", "code": "own-2026", "audit": "", "note": ""}
    return given | day("opened_on", date(2026, 1, 5)) | change


def milestone(due_on=date(2030, 1, 31), reached_on=None, **change):
    given = {"title": "All policies adopted", "change_reason": "Agreed"} | day("due_on", due_on)
    return given | (day("reached_on", reached_on) if reached_on else {}) | change


def posted(form):
    return QueryDict(urlencode(form))


def adding(plan):
    return reverse("actions:new_milestone", args=[plan.code])


# Plans


def test_one_audit_has_several_plans(ig_officer):
    audit = AuditFactory()
    browser = signed_in(ig_officer)
    for code in ("first", "second"):
        answer = browser.post(reverse("actions:new_plan"), new_plan(code=code, audit=audit.pk))
        assert answer.url == reverse("actions:plan", args=[code])
    assert {plan.code for plan in audit.plans.all()} == {"first", "second"}
    assert ActionPlan.history.filter(code="first").get().history_change_reason == "Plan opened"


@pytest.mark.parametrize(
    ("change", "field"),
    [({"title": ""}, "title"), ({"code": ""}, "code"), ({"code": "a b"}, "code"), ({"code": "new"}, "code"),
     ({"code": "\x00"}, "code"), ({"audit": "x"}, "audit"), ({"audit": "99999"}, "audit"),
     (day("opened_on", date(2199, 1, 1)), "opened_on"),
     ({"opened_on_day": "31", "opened_on_month": "2"}, "opened_on"),
     ({"opened_on_year": ""}, "opened_on")],
)  # fmt: skip
def test_what_opens_no_plan_is_told_at_its_field_and_kept(ig_officer, change, field):
    answer = signed_in(ig_officer).post(reverse("actions:new_plan"), new_plan() | change)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert "There is a problem" in answer.content.decode()
    assert not ActionPlan.objects.exists()


def test_a_code_is_given_once(ig_officer):
    PlanFactory(code="own-2026")
    answer = signed_in(ig_officer).post(reverse("actions:new_plan"), new_plan())
    assert "code" in answer.context["form"].errors


def test_a_plan_is_changed_with_a_reason_and_its_code_stays(ig_officer):
    plan = PlanFactory(title="Old title")
    code = plan.code
    address = reverse("actions:change_plan", args=[code])
    form = {"title": "New title", "audit": plan.audit_id, "note": "", "code": "other"}
    form |= {"seen_version": plan.standing_version(), "change_reason": "Renamed by the board"}
    assert signed_in(ig_officer).post(address, form).status_code == 302
    plan.refresh_from_db()
    assert (plan.title, plan.code) == ("New title", code)
    assert plan.history.first().history_change_reason == "Renamed by the board"
    conflict = signed_in(ig_officer).post(address, form | {"title": "Third"})
    assert conflict.status_code == 409
    assert "Third" in conflict.content.decode()


def test_a_plan_whose_actions_stand_in_areas_of_its_audit_goes_on_answering_that(ig_officer):
    area = ScopeAreaFactory(audit__title="Audit of 2015")
    plan = PlanFactory(audit=area.audit)
    form = {"title": "Renamed", "audit": AuditFactory().pk, "note": "", "change_reason": "Moved"}
    form["seen_version"] = plan.standing_version()
    action = ActionFactory(plan=plan, scope_area=area)
    address = reverse("actions:change_plan", args=[plan.code])
    for audit in (form["audit"], ""):
        refused = signed_in(ig_officer).post(address, form | {"audit": audit}).context["form"].errors["audit"]
        assert action.reference in refused[0]
        assert "Audit of 2015" in refused[0]
    assert signed_in(ig_officer).post(address, form | {"audit": area.audit_id}).status_code == 302


def test_the_list_of_plans_leads_keepers_to_a_new_one(ig_officer, auditor):
    address = reverse("actions:new_plan")
    for person, led in ((ig_officer, True), (auditor, False)):
        page = signed_in(person).get(reverse("actions:plans")).content.decode()
        assert (address in page) is led


# Milestones


def test_a_milestone_has_a_title(db):
    with pytest.raises(IntegrityError, match="milestone_has_a_title"), transaction.atomic():
        MilestoneFactory(title="")


def test_a_milestone_lies_in_our_time(db):
    for name in ("due_on", "reached_on"):
        with pytest.raises(IntegrityError, match="milestone_in_our_time"), transaction.atomic():
            MilestoneFactory(**{name: date(1800, 1, 1)})


def test_a_milestone_stands_once_in_a_plan(ig_officer):
    there = MilestoneFactory(title="All policies adopted")
    for title in (there.title, "ALL policies Adopted"):
        with pytest.raises(IntegrityError, match="milestone_once_in_a_plan"), transaction.atomic():
            MilestoneFactory(plan=there.plan, title=title)
    answer = signed_in(ig_officer).post(adding(there.plan), milestone())
    assert "The plan has a milestone of this name already" in answer.content.decode()
    answer = signed_in(ig_officer).post(adding(there.plan), milestone(title="ALL policies Adopted"))
    assert "the milestone “All policies adopted” already, which differs by capital" in answer.content.decode()
    assert there.plan.milestones.count() == 1


def test_a_milestone_takes_its_own_name_in_other_letters_and_that_of_no_other():
    one = MilestoneFactory(title="All policies adopted")
    other = MilestoneFactory(plan=one.plan, title="Everybody trained")
    for title, fine in (("EVERYBODY trained", True), ("ALL policies adopted", False)):
        typed = milestone(title=title, reached_on=today(), seen_version=other.standing_version())
        assert MilestoneForm(posted(typed), milestone=other).is_valid() is fine


def test_who_is_slower_with_the_same_milestone_is_told_at_its_field(ig_officer):
    plan = PlanFactory()
    form = MilestoneForm(posted(milestone()), milestone=Milestone(plan=plan))
    assert form.is_valid()
    MilestoneFactory(plan=plan, title="All policies ADOPTED")
    assert form.saved() is False
    assert form.errors["title"] == [MilestoneForm.taken]


def test_a_refusal_for_another_reason_is_no_matter_of_the_name(ig_officer):
    form = MilestoneForm(posted(milestone()), milestone=Milestone(plan=PlanFactory()))
    assert form.is_valid()
    form.instance.due_on = date(1800, 1, 1)
    with pytest.raises(IntegrityError, match="milestone_in_our_time"), transaction.atomic():
        form.saved()


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_add_the_same_milestone_at_once_nine_are_shown_their_form(ig_officer):
    plan = PlanFactory()
    sent = [(signed_in(ig_officer), adding(plan), milestone()) for _ in range(10)]
    assert at_once(sent) == {302: 1, 200: 9}
    assert plan.milestones.count() == 1


@pytest.mark.parametrize(
    ("due", "reached", "word"),
    [(1, None, "To come"), (0, None, "To come"), (-1, None, "Not reached"), (0, 0, "Reached"),
     (-5, -5, "Reached"), (-5, -4, "Reached late"), (5, -4, "Reached")],
)  # fmt: skip
def test_how_a_milestone_stands(due, reached, word):
    days = [today() + timedelta(days=each) if each is not None else None for each in (due, reached)]
    assert Milestone(due_on=days[0], reached_on=days[1]).standing_word == word


def test_on_a_past_day_it_was_not_reached_yet():
    made = Milestone(due_on=date(2016, 10, 31), reached_on=date(2016, 10, 19))
    assert made.standing(date(2016, 10, 18)) == "to_begin"
    assert made.standing(date(2016, 10, 19)) == "met"


def test_a_milestone_is_entered_and_reached_and_the_plan_says_so(ig_officer):
    plan, browser = PlanFactory(), signed_in(ig_officer)
    assert browser.post(adding(plan), milestone()).url == plan.get_absolute_url()
    made = plan.milestones.get()
    assert "To come" in browser.get(plan.get_absolute_url()).content.decode()
    address = reverse("actions:change_milestone", args=[plan.code, made.pk])
    reached = milestone(reached_on=today(), seen_version=made.standing_version())
    assert browser.post(address, reached).status_code == 302
    assert "Reached" in browser.get(plan.get_absolute_url()).content.decode()
    assert browser.post(address, reached | {"title": "Mine"}).status_code == 409
    assert [each.history_change_reason for each in made.history.all()] == ["Agreed", "Agreed"]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"title": " "}, "title"), ({"due_on_year": ""}, "due_on"), ({"due_on_month": "13"}, "due_on"),
     (day("due_on", date(1999, 1, 1)), "due_on"), (day("reached_on", date(2199, 1, 1)), "reached_on"),
     (day("reached_on", date(1999, 1, 1)), "reached_on"), ({"change_reason": ""}, "change_reason")],
)  # fmt: skip
def test_what_makes_no_milestone_is_told_at_its_field(ig_officer, change, field):
    answer = signed_in(ig_officer).post(adding(PlanFactory()), milestone() | change)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not Milestone.objects.exists()


def test_a_milestone_of_another_plan_is_not_found(ig_officer):
    address = reverse("actions:change_milestone", args=[PlanFactory().code, MilestoneFactory().pk])
    assert signed_in(ig_officer).get(address).status_code == 404


def test_readers_see_milestones_and_change_none(auditor):
    made = MilestoneFactory(title="All policies adopted")
    page = signed_in(auditor).get(made.plan.get_absolute_url()).content.decode()
    assert "All policies adopted" in page
    assert adding(made.plan) not in page


def test_a_milestone_in_a_browser(page, ig_officer):
    plan = PlanFactory()
    sign_in(page, ig_officer)
    page.goto(plan.get_absolute_url())
    page.get_by_role("link", name="Add a milestone").click()
    page.get_by_label("What is to be reached?").fill("All policies adopted")
    due = page.get_by_role("group", name="By when is it to be reached?")
    for label, typed in (("Day", "31"), ("Month", "1"), ("Year", "2030")):
        due.get_by_label(label).fill(typed)
    page.get_by_label("Why are you making this change?").fill("Agreed by the board")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="All policies adopted")).to_be_visible()
    expect(page.get_by_text("To come")).to_be_visible()
    axe(page)
