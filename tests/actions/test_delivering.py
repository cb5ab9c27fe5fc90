"""The actions of a plan are entered on pages as the plan was delivered."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from actions import figures
from actions.models import Action, Principle, Status, Workstream
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from tests.actions.pages import OPENED, a_plan, an_action, area, recommendation, text
from tests.cast import signed_in
from tests.factories import PlanFactory, PostFactory, RecommendationFactory

pytestmark = pytest.mark.django_db

DELIVERED = date(2016, 2, 1)


def day(name, on):
    """A day in three fields."""
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def entering(plan, asked=""):
    return f"{reverse('actions:enter_action', args=[plan.code])}{asked}"


def said(**change):
    """What the form posts of an action that was delivered, and is overdue since."""
    post = change.pop("owner", None) or PostFactory()
    given = {"title": "Adopt a policy", "reference": "ICO-001", "owner": post.pk}
    return given | day("opened_on", DELIVERED) | day("due_on", date(2016, 6, 30)) | change


def test_an_action_is_entered_as_the_plan_has_it(ig_officer):
    plan, post = a_plan(), PostFactory()
    first, second = (RecommendationFactory(audit=plan.audit, reference=each) for each in ("A01", "A02"))
    training = area(plan, "Training")
    stream, principle = (
        Workstream.objects.create(code="w", name="W"),
        Principle.objects.create(code="p", name="P"),
    )
    more = {"owner": post, "recommendations": "a01, A02 ,A01", "scope_area": training.pk}
    answer = signed_in(ig_officer).post(
        entering(plan), said(**more, workstream=stream.pk, principles=[principle.pk])
    )
    made = Action.objects.get(reference="ICO-001")
    assert answer.url == made.get_absolute_url()
    assert (made.owner, made.due_on, made.original_due_on) == (post, date(2016, 6, 30), date(2016, 6, 30))
    assert (made.recommendation, made.scope_area) == (first, training)
    assert [link.recommendation for link in made.recommendation_links.all()] == [second]
    assert made.workstream_link.workstream == stream
    assert [link.principle for link in made.principle_links.all()] == [principle]
    opening = made.updates.get()
    assert (opening.status, opening.effective_on) == (Status.NOT_STARTED, DELIVERED)
    assert (
        Action.history.get(reference="ICO-001").history_change_reason == "Entered as the plan was delivered"
    )


def test_without_a_document_it_is_known_from_today(ig_officer):
    plan = a_plan()
    signed_in(ig_officer).post(entering(plan), said())
    scope = Scope(plans=(plan.code,))
    assert figures.total.value(Moment.of(DELIVERED, today() - timedelta(days=1)), scope) == 0
    assert figures.total.value(Moment.of(DELIVERED), scope) == 1
    assert figures.overdue.value(Moment.of(date(2016, 7, 1)), scope) == 1


def test_with_a_document_it_is_known_from_the_day_of_that(ig_officer):
    plan, known = a_plan(), date(2016, 2, 10)
    answer = signed_in(ig_officer).post(
        entering(plan), said(document="Action plan of 2016") | day("known_on", known)
    )
    assert answer.status_code == 302
    scope = Scope(plans=(plan.code,))
    assert figures.total.value(Moment.of(known, known - timedelta(days=1)), scope) == 0
    assert figures.total.value(Moment.of(known, known), scope) == 1
    assert Action.objects.get().updates.get().source_document == "Action plan of 2016"


def test_a_document_of_today_is_known_now(ig_officer):
    plan = a_plan()
    answer = signed_in(ig_officer).post(entering(plan), said(document="Minutes") | day("known_on", today()))
    assert answer.status_code == 302
    assert Action.objects.get().updates.get().source_document == "Minutes"


def test_left_without_a_reference_it_gets_the_next_one(ig_officer):
    plan = a_plan()
    an_action(plan, reference="ACT-0007")
    signed_in(ig_officer).post(entering(plan), said(reference=""))
    assert Action.objects.filter(plan=plan, reference="ACT-0008", title="Adopt a policy").exists()


def test_sent_twice_it_is_entered_once(ig_officer):
    plan, browser, form = a_plan(), signed_in(ig_officer), said(reference="")
    browser.post(entering(plan), form)
    answer = browser.post(entering(plan), form)
    assert "ACT-0001 says just this already" in text(answer)
    assert Action.objects.count() == 1
    assert browser.post(entering(plan), form | {"title": "Another"}).status_code == 302


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [({"title": ""}, "title", ""), ({"owner": "x"}, "owner", ""), ({"owner": ""}, "owner", ""),
     ({"reference": "a/b"}, "reference", "slash"), ({"reference": "New"}, "reference", "slash"),
     ({"reference": "act-9"}, "reference", "given in turn"), ({"reference": "\x00"}, "reference", ""),
     ({"reference": "taken-1"}, "reference", "TAKEN-1 is another action already"),
     (day("opened_on", date(2016, 1, 17)), "opened_on", "The plan was opened on 18 January 2016"),
     (day("opened_on", date(2199, 1, 1)), "opened_on", "in the future"),
     (day("opened_on", date(2016, 2, 1)) | {"opened_on_day": "31"}, "opened_on", ""),
     (day("due_on", date(2016, 1, 31)), "due_on", "must not be before"),
     ({"recommendations": "A01, B99"}, "recommendations", "no recommendation B99"),
     ({"scope_area": "99999"}, "scope_area", ""), ({"document": "Plan"}, "known_on", "or neither"),
     (day("known_on", date(2016, 2, 1)), "document", "or neither"),
     ({"document": "Plan"} | day("known_on", date(2199, 1, 1)), "known_on", "in the future")],
)  # fmt: skip
def test_what_cannot_be_entered_is_told_at_its_field_and_kept(ig_officer, change, field, sentence):
    plan = a_plan()
    area(plan, "Training")
    recommendation(plan, "Train everybody")
    an_action(plan, reference="TAKEN-1")
    answer = signed_in(ig_officer).post(entering(plan), said() | {"document": ""} | change)
    assert answer.status_code == 200
    assert sentence in " ".join(answer.context["form"].errors[field])
    assert "There is a problem" in text(answer)
    assert Action.objects.count() == 1


def test_a_plan_of_the_councils_own_asks_for_no_recommendation(ig_officer):
    plan = PlanFactory(audit=None, opened_on=OPENED)
    form = signed_in(ig_officer).get(entering(plan)).context["form"]
    assert not {"recommendations", "scope_area"} & {*form.fields}
    assert signed_in(ig_officer).post(entering(plan), said()).status_code == 302


def test_a_recommendation_is_carried_over_to_the_action_that_answers_it(ig_officer):
    plan = a_plan()
    asked = recommendation(plan, "Train everybody", scope_area=area(plan, "Training"))
    browser = signed_in(ig_officer)
    address = entering(plan, "?recommendation=A01")
    assert address in text(browser.get(asked.get_absolute_url()))
    form = browser.get(address).context["form"]
    assert form["recommendations"].value() == "A01"
    assert form["scope_area"].value() == asked.scope_area_id
    answer = browser.post(address, said(recommendations="A01"))
    assert answer.url == asked.get_absolute_url()
    assert asked.actions.get().reference == "ICO-001"


def test_an_unknown_recommendation_in_the_address_is_left_out(ig_officer):
    plan = a_plan()
    for asked in ("?recommendation=B99", "?recommendation=%00"):
        assert signed_in(ig_officer).get(entering(plan, asked)).status_code == 200


def test_the_plan_leads_keepers_to_entering_an_action(ig_officer, auditor):
    plan = a_plan()
    for person, led in ((ig_officer, True), (auditor, False)):
        assert (entering(plan) in text(signed_in(person).get(plan.get_absolute_url()))) is led
