"""Assurances that a plan will be done by a day: recorded, put right, and judged by its progress."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from actions.figures import remaining
from actions.figures.progress import BY_STATUS
from actions.models import ActionPlan, Assurance, Status
from actions.representations.assured import assured
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from tests.actions.factories_order import AssuranceFactory
from tests.actions.pages import HOSTILE, a_plan, an_action, known, text, told
from tests.actions.test_order_page import JULY, MARCH, MAY, order_page
from tests.cast import signed_in
from tests.factories import PlanFactory

pytestmark = pytest.mark.django_db
NOW = Moment.now()


def adding(plan):
    return reverse("actions:new_assurance", args=[plan.code])


def changing(assurance):
    return reverse("actions:change_assurance", args=[assurance.plan.code, assurance.pk])


def typed(given=MAY, due=JULY, **more):
    said = {"text": "All complete well before the return visit", "given_where": "The committee of 2 May 2016"}
    for name, day in (("given_on", given), ("due_on", due)):
        said |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    return said | more


def verdicts(plan, moment=NOW):
    return [each.verdict for each in assured(plan, moment)]


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("assurance_has_words", {"text": ""}),
        ("assurance_says_where", {"given_where": ""}),
        ("assurance_looks_ahead", {"given_on": JULY, "due_on": MAY}),
    ],
)
def test_the_database_refuses(rule, facts):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        AssuranceFactory(**facts)


def test_an_assurance_is_recorded_with_its_words_and_where_they_were_said(ig_officer):
    plan = PlanFactory()
    browser = signed_in(ig_officer)
    assert browser.post(adding(plan), typed()).url == order_page(plan)
    page = text(browser.get(order_page(plan)))
    assert "All complete well before the return visit" in page
    assert "The committee of 2 May 2016" in page
    assert Assurance.history.get().history_change_reason == "Assurance recorded"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"text": " "}, "There is a problem"),
        ({"given_where": ""}, "There is a problem"),
        (
            {"given_on_year": today().year + 1, "due_on_year": today().year + 2},
            "The day on which it was given must not be in the future",
        ),
        ({"due_on_year": 2015}, "must not be before the day on which that was said"),
        ({"due_on_month": "nonsense"}, "There is a problem"),
        ({"given_on_day": "", "given_on_month": "", "given_on_year": ""}, "There is a problem"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_kept(ig_officer, more, sentence):
    page = signed_in(ig_officer).post(adding(PlanFactory()), typed(text="Kept words") | more)
    assert page.status_code == 200
    assert sentence in text(page)
    assert more.get("text", "Kept words") in text(page)
    assert not Assurance.objects.exists()


def test_words_that_look_like_a_page_are_words(ig_officer):
    plan = AssuranceFactory(text=HOSTILE).plan
    assert "<script>alert(1)" not in text(signed_in(ig_officer).get(order_page(plan)))


def test_an_assurance_is_put_right_with_a_reason_and_the_history_keeps_what_it_was(ig_officer):
    assurance = AssuranceFactory()
    browser = signed_in(ig_officer)
    seen = browser.get(changing(assurance)).context["form"]["seen_version"].value()
    asked = browser.post(changing(assurance), typed(text="Other words", seen_version=seen))
    assert "There is a problem" in text(asked)
    right = typed(text="Other words", seen_version=seen, change_reason="Read in the minutes")
    assert browser.post(changing(assurance), right).status_code == 302
    last, first = assurance.history.order_by("-history_id")
    assert (last.text, last.history_change_reason) == ("Other words", "Read in the minutes")
    assert first.text == assurance.text


def test_of_two_who_put_it_right_the_second_is_shown_what_the_first_did(ig_officer):
    assurance = AssuranceFactory()
    browser = signed_in(ig_officer)
    seen = browser.get(changing(assurance)).context["form"]["seen_version"].value()
    Assurance.objects.filter(pk=assurance.pk).update(text="Their words")
    mine = typed(text="My words", seen_version=seen, change_reason="Read in the minutes")
    page = browser.post(changing(assurance), mine)
    assert page.status_code == 409
    assert "Their words" in text(page)
    assert "My words" in text(page)


def test_an_assurance_of_another_plan_is_not_found_on_this_ones(ig_officer):
    address = reverse("actions:change_assurance", args=[PlanFactory().code, AssuranceFactory().pk])
    assert signed_in(ig_officer).get(address).status_code == 404


def test_an_owner_reads_assurances_and_changes_none(owner):
    assurance = AssuranceFactory(plan=owner.action.plan)
    page = text(signed_in(owner).get(order_page(assurance.plan)))
    assert assurance.given_where in page
    assert changing(assurance) not in page
    assert adding(assurance.plan) not in page


def test_kept_is_what_was_all_done_at_the_end_of_the_day_named():
    plan = a_plan()
    action = an_action(plan)
    AssuranceFactory(plan=plan, due_on=MAY)
    told(action, Status.COMPLETED, MAY)
    assert verdicts(plan) == ["Kept"]


def test_missed_is_what_was_left_that_day_even_if_it_was_done_the_next(ig_officer):
    plan = a_plan()
    for day in (MAY, MAY + timedelta(days=1)):
        told(an_action(plan), Status.COMPLETED, day)
    AssuranceFactory(plan=plan, due_on=MAY)
    (found,) = assured(plan, NOW)
    assert (found.verdict, found.left) == ("Missed", 1)
    assert found.left == remaining.value(Moment.of(MAY), Scope(plans=(plan.code,)))
    browser = signed_in(ig_officer)
    page = text(browser.get(order_page(plan)))
    assert "Missed" in page
    assert found.href.replace("&", "&amp;") in page
    assert browser.get(found.href).status_code == 200


def test_of_a_plan_without_actions_by_the_day_named_it_cannot_be_told_whether_it_was_kept(ig_officer):
    plan = a_plan()
    AssuranceFactory(plan=plan, due_on=MARCH)
    unknown = ["Cannot be told: no action of the plan is known to have been open by then"]
    assert verdicts(plan) == unknown
    told(an_action(plan, opened_on=MAY, **known(MAY)), Status.COMPLETED, JULY)
    assert verdicts(plan) == unknown
    page = text(signed_in(ig_officer).get(order_page(plan)))
    assert "Cannot be told" in page
    assert "Kept<" not in page


def test_where_all_was_withdrawn_nothing_was_kept_and_what_was_is_named(ig_officer):
    plan = a_plan()
    for _ in range(2):
        told(an_action(plan), Status.WITHDRAWN, MARCH)
    AssuranceFactory(plan=plan, due_on=MAY)
    (found,) = assured(plan, NOW)
    assert found.verdict == "Cannot be told: nothing was completed"
    assert (found.left, found.withdrawn) == (0, 2)
    browser = signed_in(ig_officer)
    page = text(browser.get(order_page(plan)))
    assert "actions withdrawn by that day" in page
    assert found.withdrawn_href.replace("&", "&amp;") in page
    assert browser.get(found.withdrawn_href).status_code == 200


def test_what_was_withdrawn_stands_beside_what_was_kept_and_beside_what_was_left():
    plan = a_plan()
    for status in (Status.COMPLETED, Status.WITHDRAWN):
        told(an_action(plan), status, MARCH)
    AssuranceFactory(plan=plan, due_on=MAY)
    (found,) = assured(plan, NOW)
    assert (found.verdict, found.withdrawn) == ("Kept", 1)
    an_action(plan)
    (found,) = assured(plan, NOW)
    assert (found.verdict, found.left, found.withdrawn) == ("Missed", 1, 1)
    scope = Scope(plans=(plan.code,))
    for status, number in found.stood.items():
        assert BY_STATUS[status].value(Moment.of(MAY), scope) == number


@pytest.mark.parametrize(
    ("as_at", "verdict"),
    [(MARCH - timedelta(days=1), []), (MARCH, ["Still to come"]), (MAY, ["Still to come"]),
     (MAY + timedelta(days=1), ["Missed"])],
)  # fmt: skip
def test_it_is_judged_once_the_day_is_over(as_at, verdict):
    plan = a_plan()
    an_action(plan)
    AssuranceFactory(plan=plan, given_on=MARCH, due_on=MAY)
    assert verdicts(plan, Moment.of(as_at)) == verdict


def test_a_past_moment_judges_by_what_was_known_then(ig_officer):
    plan = a_plan()
    action = an_action(plan)
    AssuranceFactory(plan=plan, due_on=MAY, **known(MAY))
    action.report(Status.COMPLETED, effective_on=MAY, by=ig_officer)
    assert verdicts(plan, Moment.of(JULY, JULY)) == ["Missed"]
    assert verdicts(plan, Moment.of(JULY, today())) == ["Kept"]


def test_ten_assurances_take_two_queries(django_assert_num_queries):
    plan = a_plan()
    an_action(plan)
    for number in range(10):
        AssuranceFactory(plan=plan, due_on=MAY, text=f"All done, said {number} times")
    with django_assert_num_queries(2):
        assert verdicts(plan) == ["Missed"] * 10


@pytest.mark.usefixtures("northmere")
def test_northmere_missed_both_of_its_assurances():
    plan = ActionPlan.objects.get(code="ico-2015")
    then = Moment.of(date(2017, 4, 13))
    assert [(each.verdict, each.left) for each in assured(plan, then)][1] == ("Missed", 2)
    assert verdicts(plan, then) == ["Missed", "Missed"]
    assert verdicts(plan, Moment.of(date(2016, 10, 24))) == ["Still to come", "Still to come"]
