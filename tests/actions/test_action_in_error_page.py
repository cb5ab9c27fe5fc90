"""An action is taken off as entered in error on its page: what is said first, who may, what goes with it."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from actions.models import ActionAsset, ActionReplacement, ActionRisk, Dependency, Extension, Overlap, Status
from actions.models.movement import between
from actions.services import mistaken
from actions.services.extensions import Whom, ask
from actions.services.overlap import say
from governance.core.dates import today
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope
from governance.history.trail import signed
from governance.people.models import Role
from tests.actions.pages import a_plan, action_page, an_action, known, plan_page, text, told, wait
from tests.browser import axe, sign_in
from tests.cast import play, signed_in
from tests.factories import AssetFactory, PostFactory, RiskFactory, UserFactory

WHY = "It stands twice"
MARCH, MAY = date(2016, 3, 1), date(2016, 5, 2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db):
    return a_plan(code="moving", title="Plan of the audit")


@pytest.fixture
def wrong(plan):
    action = an_action(plan, reference="M-1", title="Stands twice", due_on=date(2030, 1, 1), **known(MARCH))
    told(action, Status.IN_PROGRESS, MAY)
    return action


def page_of(action):
    return reverse("actions:action_in_error", args=[action.reference])


def test_it_is_taken_off_with_a_reason_once_what_happens_was_read(plan, wrong, ig_officer):
    other = an_action(plan, reference="M-2", **known(MARCH))
    wait(other, "start", needs_action=wrong)
    officer = signed_in(ig_officer)
    assert page_of(wrong) in text(officer.get(action_page(wrong)))
    page = text(officer.get(page_of(wrong)))
    assert "From now on every figure leaves it out" in page
    assert "waits for it no longer:</strong> M-2." in page
    answer = text(officer.post(page_of(wrong), {"reason": WHY}))
    assert "Read what happens, then tick the box" in answer
    assert WHY in answer
    typed = {"reason": WHY, "understood": "on"}
    assert officer.post(page_of(wrong), typed).url == wrong.get_absolute_url()
    assert "said already" in text(officer.post(page_of(wrong), typed, follow=True))
    assert page_of(wrong) not in text(officer.get(action_page(wrong)))
    listed = text(officer.get(plan_page(plan)))
    assert "Entered in error" in listed
    assert WHY in listed
    assert WHY not in text(officer.get(plan_page(plan, "as_at_day=2&as_at_month=5&as_at_year=2016"
        "&known_at_day=2&known_at_month=5&known_at_year=2016")))  # fmt: skip
    found = between(MARCH, Moment.now(), Scope(plans=(plan.code,)))
    assert (found.open_at_start, found.open_at_end, found.adds_up) == (1, 1, True)
    assert [row.reference for row in found.restated] == ["M-1"]


def test_who_owns_it_does_not_take_it_off(wrong, ig_officer):
    wrong.owner = ig_officer.post
    wrong.save()
    assert signed_in(ig_officer).get(page_of(wrong)).status_code == 403
    assert page_of(wrong) not in text(signed_in(ig_officer).get(action_page(wrong)))


def test_what_was_said_of_it_and_others_goes_with_it(plan, wrong, ig_officer):
    behind, before = (an_action(plan, reference=f"M-{n}", **known(MARCH)) for n in (2, 3))
    twin = an_action(a_plan(code="other"), reference="O-1")
    wait(behind, "start", needs_action=wrong)
    wait(wrong, "start", needs_action=before)
    say(wrong, twin, "same", reason="The same", by=ig_officer)
    told(gone := an_action(plan), Status.WITHDRAWN, MAY)
    ActionReplacement.objects.create(action=gone, replacement=wrong)
    ActionRisk.objects.create(action=wrong, risk=RiskFactory())
    ActionAsset.objects.create(action=wrong, asset=AssetFactory())
    approver = PostFactory()
    wrong.approver = approver
    wrong.save()
    ask(wrong, date(2031, 1, 1), Whom(approver), reason="Late", by=UserFactory())
    with signed(None):
        mistaken.action(wrong, reason=WHY, by=ig_officer)
    assert not Dependency.objects.in_force(today()).exists()
    assert not Overlap.objects.standing(Moment.now()).exists()
    for links in (ActionReplacement, ActionRisk, ActionAsset):
        assert not links.objects.exists()
        assert links.history.filter(history_type="-").get().history_change_reason == WHY
    assert not Extension.objects.waiting(Moment.now()).exists()
    assert [each.reason for each in Extension.objects.filter(kind="withdrawn")] == [WHY]


def test_as_at_a_day_before_nothing_was_held_up_by_it_either(plan, wrong, ig_officer):
    """By what is known now; by what was known before, it was."""
    behind = an_action(plan, reference="M-2", **known(MARCH))
    wait(behind, "start", needs_action=wrong)
    scope, before = Scope(plans=(plan.code,)), Moment.now()
    assert get_figure("actions.blocked").value(before, scope) == 1
    mistaken.action(wrong, reason=WHY, by=ig_officer)
    for moment in (Moment.now(), Moment.of(MAY)):
        assert get_figure("actions.blocked").value(moment, scope) == 0
    order = reverse("actions:order", args=[plan.code])
    page = signed_in(ig_officer).get(f"{order}?as_at_day=2&as_at_month=5&as_at_year=2016")
    assert page.status_code == 200
    assert [figure.value for figure in page.context["figures"]] == [0, 0, 0]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_action_is_taken_off_in_chromium_on_a_phone(narrow_page, wrong):
    sign_in(narrow_page, play("officer", Role.IG_OFFICER))
    narrow_page.goto(action_page(wrong))
    narrow_page.get_by_role("link", name="Take this action off").click()
    expect(narrow_page.get_by_text("This cannot be undone.")).to_be_visible()
    axe(narrow_page)
    narrow_page.get_by_label("Why was it an error?").fill(WHY)
    narrow_page.get_by_label("I have read what happens").check()
    narrow_page.get_by_role("button", name="Save").click()
    expect(narrow_page.get_by_text("M-1 is taken off as entered in error")).to_be_visible()
    narrow_page.goto(plan_page(wrong.plan))
    expect(narrow_page.get_by_role("heading", name="Entered in error")).to_be_visible()
    axe(narrow_page)
