"""The pages of follow-ups: both views side by side, and entering what the auditor found."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import expect

from actions.models import FollowUp, FollowUpRating, Status
from actions.models.follow_up import OtherDayError
from tests.actions.factories_audits import FollowUpFactory, RangeFactory, rating_of
from tests.actions.pages import OPENED, known, told
from tests.browser import NARROW, axe, sign_in
from tests.cast import signed_in
from tests.factories import ActionFactory, AuditFactory, PlanFactory, RecommendationFactory, ScopeAreaFactory

pytestmark = pytest.mark.django_db
LATE = date(2026, 1, 5)


@pytest.fixture
def browser_of_officer(ig_officer):
    return signed_in(ig_officer)


def at(name, follow_up, *further):
    return reverse(f"actions:{name}", args=[follow_up.audit.code, follow_up.number, *further])


def words(response):
    return " ".join(response.content.decode().split())


def day_typed(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


RANGE = (
    day_typed("from_on", date(2017, 3, 1))
    | day_typed("to_on", date(2017, 3, 31))
    | day_typed("effective_on", date(2016, 10, 24))
)


def test_a_follow_up_is_planned_and_what_was_planned_before_stays(browser_of_officer):
    audit = AuditFactory()
    typed = RANGE | {"words": "early in 2017", "source_document": "Minutes"}
    page = words(
        browser_of_officer.post(reverse("actions:new_follow_up", args=[audit.code]), typed, follow=True)
    )
    assert "planned 1 March 2017 to 31 March 2017" in page
    follow_up = FollowUp.objects.get()
    assert follow_up.number == 1
    moved = RANGE | day_typed("to_on", date(2017, 4, 30)) | day_typed("effective_on", date(2017, 2, 20))
    assert "Say why it was moved" in words(browser_of_officer.post(at("plan_follow_up", follow_up), moved))
    moved["reason"] = "The auditor asked for it"
    page = words(browser_of_officer.post(at("plan_follow_up", follow_up), moved, follow=True))
    assert page.index("30 April 2017") < page.index("“early in 2017”")
    assert "The auditor asked for it" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (day_typed("to_on", date(2017, 2, 1)), "on or after its first"),
        (day_typed("effective_on", date(2099, 1, 1)), "must be today or in the past"),
        ({"from_on_day": "x"}, "There is a problem"),
    ],
)
def test_a_range_that_cannot_be_is_refused_in_words_and_nothing_typed_is_lost(
    browser_of_officer, typed, sentence
):
    address = reverse("actions:new_follow_up", args=[AuditFactory().code])
    page = words(browser_of_officer.post(address, RANGE | {"words": "Kept"} | typed))
    assert sentence in page
    assert "Kept" in page
    assert not FollowUp.objects.exists()


def test_the_auditors_view_stands_beside_the_councils_own(browser_of_officer, ig_officer):
    area = ScopeAreaFactory(title="Training")
    asked, other = (
        RecommendationFactory(audit=area.audit, reference=name, scope_area=area) for name in ("A1", "A2")
    )
    plan = PlanFactory(audit=area.audit)
    ActionFactory(plan=plan, recommendation=asked).report(
        Status.COMPLETED, effective_on=plan.opened_on, by=ig_officer
    )
    follow_up = FollowUpFactory(audit=area.audit, plan_as_at=date.today())
    typed = {f"found_{asked.pk}": rating_of("partly").pk, f"found_{other.pk}": ""}
    page = words(browser_of_officer.post(at("rate_recommendations", follow_up), typed, follow=True))
    assert "1 rated" in page
    assert "Claimed complete, found otherwise" in page
    assert "0 found complete of 1 claimed complete" in page
    assert asked.text in page
    rows = browser_of_officer.get(follow_up.get_absolute_url()).context["rows"]
    assert [(row.recommendation, bool(row.rating), row.claimed.value, row.now.value) for row in rows] == [
        (asked, True, "completed", "completed"),
        (other, False, "no_action", "no_action"),
    ]
    for compared, found in (("otherwise", [asked]), ("agreed", []), ("unrated", [other]), ("beyond", [])):
        rows = browser_of_officer.get(f"{follow_up.get_absolute_url()}?compared={compared}").context["rows"]
        assert [row.recommendation for row in rows] == found
    assert "The council claimed on" in words(browser_of_officer.get(asked.get_absolute_url()))


def test_ratings_wait_until_the_day_of_the_plan_is_said(browser_of_officer):
    follow_up = FollowUpFactory(plan_as_at=None)
    page = words(browser_of_officer.get(at("rate_recommendations", follow_up), follow=True))
    assert "First say of which day the plan is" in page
    assert "so no claim stands beside a rating yet" in words(
        browser_of_officer.get(follow_up.get_absolute_url())
    )


def test_nothing_chosen_is_said_and_nothing_is_entered(browser_of_officer):
    follow_up = FollowUpFactory()
    asked = RecommendationFactory(audit=follow_up.audit)
    page = words(browser_of_officer.post(at("rate_recommendations", follow_up), {f"found_{asked.pk}": ""}))
    assert "Choose what the auditor found of at least one" in page
    page = words(browser_of_officer.post(at("rate_recommendations", follow_up), {f"found_{asked.pk}": "999"}))
    assert "There is a problem" in page
    assert not FollowUpRating.objects.exists()


def test_where_all_are_rated_no_form_is_offered_and_their_number_opens_them(browser_of_officer):
    follow_up = FollowUpFactory()
    asked = RecommendationFactory.create_batch(2, audit=follow_up.audit)
    follow_up.rate({each.pk: rating_of("partly") for each in asked})
    page = words(browser_of_officer.get(at("rate_recommendations", follow_up), follow=True))
    assert "no recommendation here that is not rated" in page
    assert "recommendations are rated. A rating is changed" in page
    assert "Enter what the auditor found" not in page


def test_where_the_one_recommendation_is_rated_no_filter_asks_for_it_again(browser_of_officer):
    follow_up = FollowUpFactory()
    asked = RecommendationFactory(audit=follow_up.audit)
    follow_up.rate({asked.pk: rating_of("partly")})
    for chosen in ("", "?compared=agreed", "?compared=unrated"):
        page = words(browser_of_officer.get(f"{follow_up.get_absolute_url()}{chosen}"))
        assert "recommendation is rated. A rating is changed" in page
        assert "Enter what the auditor found" not in page


def answered(follow_up, reference, **facts):
    """A recommendation of the audit, with an action opened before the day of the plan."""
    asked = RecommendationFactory(audit=follow_up.audit, reference=reference)
    plan = PlanFactory(audit=follow_up.audit, opened_on=OPENED)
    return asked, ActionFactory(plan=plan, recommendation=asked, opened_on=OPENED, **facts)


def test_each_claim_is_shown_before_it_is_kept(browser_of_officer):
    follow_up = FollowUpFactory()
    _, action = answered(follow_up, "A1", **known(OPENED))
    RecommendationFactory(audit=follow_up.audit, reference="A2")
    told(action, Status.IN_PROGRESS, date(2016, 2, 1))
    page = words(browser_of_officer.get(at("rate_recommendations", follow_up)))
    assert "The council claimed on 1 March 2016: in progress" in page
    assert "The council claimed on 1 March 2016: no action" in page


def test_no_claim_is_kept_of_what_was_entered_only_after_the_day_of_the_plan(browser_of_officer):
    follow_up = FollowUpFactory()
    asked, _ = answered(follow_up, "A1")
    typed = {f"found_{asked.pk}": rating_of("complete").pk}
    page = words(browser_of_officer.post(at("rate_recommendations", follow_up), typed))
    assert "What the council claimed of A1 on 1 March 2016 cannot be told" in page
    assert not FollowUpRating.objects.exists()


def test_nor_where_everything_was_opened_after_that_day_as_of_a_council_that_begins_now(browser_of_officer):
    follow_up = FollowUpFactory()
    asked = RecommendationFactory(audit=follow_up.audit)
    ActionFactory(
        plan=PlanFactory(audit=follow_up.audit, opened_on=LATE), recommendation=asked, opened_on=LATE
    )
    typed = {f"found_{asked.pk}": rating_of("complete").pk}
    assert "cannot be told" in words(browser_of_officer.post(at("rate_recommendations", follow_up), typed))
    assert not FollowUpRating.objects.exists()


def test_of_what_was_agreed_after_the_day_of_the_plan_no_action_was_claimed(browser_of_officer):
    follow_up = FollowUpFactory()
    answered(follow_up, "A1", **known(OPENED))
    later = RecommendationFactory(audit=follow_up.audit, reference="A2")
    ActionFactory(
        plan=PlanFactory(audit=follow_up.audit, opened_on=LATE), recommendation=later, opened_on=LATE
    )
    typed = {f"found_{later.pk}": rating_of("complete").pk}
    assert browser_of_officer.post(at("rate_recommendations", follow_up), typed).status_code == 302
    assert FollowUpRating.objects.get().claimed == "no_action"


def test_claims_of_another_day_than_was_shown_are_shown_before_they_are_kept(browser_of_officer):
    follow_up = FollowUpFactory()
    asked, _ = answered(follow_up, "A1", **known(OPENED))
    address = at("rate_recommendations", follow_up)
    typed = {f"found_{asked.pk}": rating_of("complete").pk, "seen_day": "2016-02-01"}
    answer = browser_of_officer.post(address, typed)
    assert "Somebody else changed the day of the plan meanwhile" in words(answer)
    assert answer.context["form"]["seen_day"].value() == "2016-03-01"
    assert answer.context["form"][f"found_{asked.pk}"].value() == str(rating_of("complete").pk)
    typed["seen_day"] = answer.context["form"]["seen_day"].value()
    assert browser_of_officer.post(address, typed).status_code == 302


def test_nothing_is_rated_by_a_day_that_somebody_changed_since_it_was_read():
    follow_up = FollowUpFactory()
    asked = RecommendationFactory(audit=follow_up.audit)
    FollowUp.objects.filter(pk=follow_up.pk).update(plan_as_at=LATE)
    with pytest.raises(OtherDayError):
        follow_up.rate({asked.pk: rating_of("partly")})
    assert not FollowUpRating.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_one_who_rates_and_one_who_changes_the_day_at_once_both_mean_the_same_day(ig_officer):
    follow_up = FollowUpFactory()
    asked = RecommendationFactory(audit=follow_up.audit)
    changed = day_typed("plan_as_at", LATE) | {"change_reason": "Another plan"}
    changed["seen_version"] = follow_up.standing_version()
    doors = [
        ("rate_recommendations", {f"found_{asked.pk}": rating_of("partly").pk, "seen_day": "2016-03-01"}),
        ("edit_follow_up", changed),
    ]

    def go(door):
        try:
            return signed_in(ig_officer).post(at(door[0], follow_up), door[1]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as people:
        assert 302 in list(people.map(go, doors))
    follow_up.refresh_from_db()
    assert {rating.claimed_on for rating in follow_up.ratings.all()} <= {follow_up.plan_as_at}


def test_what_somebody_else_rated_meanwhile_is_named(browser_of_officer):
    follow_up = FollowUpFactory()
    first, second = (RecommendationFactory(audit=follow_up.audit) for _ in range(2))
    follow_up.rate({first.pk: rating_of("partly")})
    typed = {f"found_{each.pk}": rating_of("complete").pk for each in (first, second)}
    page = words(browser_of_officer.post(at("rate_recommendations", follow_up), typed))
    assert f"Somebody else rated {first.reference} meanwhile" in page
    assert follow_up.ratings.get().recommendation == first


def test_a_rating_is_put_right_with_a_reason_and_its_claim_stays(browser_of_officer):
    follow_up = FollowUpFactory()
    asked = RecommendationFactory(audit=follow_up.audit)
    follow_up.rate({asked.pk: rating_of("partly")})
    rating = follow_up.ratings.get()
    typed = {"found": rating_of("complete").pk, "words": "Seen", "seen_version": rating.standing_version()}
    address = at("change_rating", follow_up, rating.pk)
    assert "Why are you making this change" in words(browser_of_officer.post(address, typed))
    page = words(browser_of_officer.post(address, typed | {"change_reason": "Copied wrongly"}, follow=True))
    assert "Complete: “Seen”" in page
    assert follow_up.ratings.get().claimed == rating.claimed


def test_a_rating_is_taken_back_on_a_page_with_the_reason_and_may_be_entered_anew(browser_of_officer):
    follow_up = FollowUpFactory()
    asked = RecommendationFactory(audit=follow_up.audit)
    follow_up.rate({asked.pk: rating_of("partly")})
    address = at("take_rating_back", follow_up, follow_up.ratings.get().pk)
    assert "There is a problem" in words(browser_of_officer.post(address, {"reason": " "}))
    page = words(browser_of_officer.post(address, {"reason": "It was of another council"}, follow=True))
    assert "Why it was taken back: It was of another council" in page
    assert "Not rated" in page
    assert "It was of another council" in words(browser_of_officer.get(asked.get_absolute_url()))
    assert "was taken back already" in words(browser_of_officer.post(address, {"reason": "Again"}))
    change = at("change_rating", follow_up, follow_up.ratings.get().pk)
    assert "was taken back. Enter another" in words(browser_of_officer.get(change, follow=True))
    typed = {f"found_{asked.pk}": rating_of("complete").pk}
    assert browser_of_officer.post(at("rate_recommendations", follow_up), typed).status_code == 302
    moved = day_typed("plan_as_at", LATE) | {
        "seen_version": follow_up.standing_version(),
        "change_reason": "Another plan",
    }
    assert "that day stays" in words(browser_of_officer.post(at("edit_follow_up", follow_up), moved))


def test_the_day_of_the_plan_may_change_once_every_rating_is_taken_back(browser_of_officer):
    follow_up = FollowUpFactory()
    asked = RecommendationFactory(audit=follow_up.audit)
    follow_up.rate({asked.pk: rating_of("partly")})
    follow_up.ratings.get().take_back("The plan was of another day")
    moved = day_typed("plan_as_at", LATE) | {
        "seen_version": follow_up.standing_version(),
        "change_reason": "Another plan",
    }
    assert browser_of_officer.post(at("edit_follow_up", follow_up), moved).status_code == 302


def test_the_day_of_the_plan_stays_once_something_is_rated_by_it(browser_of_officer):
    follow_up = FollowUpFactory()
    asked = RecommendationFactory(audit=follow_up.audit)
    follow_up.rate({asked.pk: rating_of("partly")})
    typed = day_typed("plan_as_at", LATE) | {
        "seen_version": follow_up.standing_version(),
        "change_reason": "Another plan",
    }
    assert "that day stays" in words(browser_of_officer.post(at("edit_follow_up", follow_up), typed))
    future = typed | day_typed("plan_as_at", date(2099, 1, 1))
    assert "must be today or in the past" in words(
        browser_of_officer.post(at("edit_follow_up", follow_up), future)
    )


@pytest.mark.parametrize("field", ["held_from", "held_to", "reported_on"])
def test_a_follow_up_was_held_and_reported_on_days_that_have_come(browser_of_officer, field):
    follow_up = FollowUpFactory()
    typed = {"seen_version": follow_up.standing_version(), "change_reason": "The report says so"}
    address = at("edit_follow_up", follow_up)
    page = words(browser_of_officer.post(address, typed | day_typed(field, date(2099, 1, 1))))
    assert "what is planned is said as a range" in page
    assert getattr(FollowUp.objects.get(), field) == getattr(follow_up, field)


@pytest.mark.parametrize("number", [10, 120])
def test_both_views_take_the_same_questions_however_many_there_are(
    ig_officer, django_assert_max_num_queries, number
):
    follow_up = FollowUpFactory()
    asked = RecommendationFactory.create_batch(number, audit=follow_up.audit)
    follow_up.rate({each.pk: rating_of("partly") for each in asked})
    RangeFactory.create_batch(number // 10, follow_up=follow_up)
    browser = signed_in(ig_officer)
    browser.get(follow_up.get_absolute_url())
    with django_assert_max_num_queries(22):
        assert browser.get(follow_up.get_absolute_url()).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_who_rate_the_same_one_is_told(ig_officer):
    follow_up = FollowUpFactory()
    asked = RecommendationFactory(audit=follow_up.audit)
    typed = {f"found_{asked.pk}": rating_of("partly").pk}
    browsers = [signed_in(ig_officer) for _ in range(2)]

    def rate(browser):
        try:
            return browser.post(at("rate_recommendations", follow_up), typed).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as people:
        assert sorted(people.map(rate, browsers)) == [200, 302]
    assert FollowUpRating.objects.count() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_officer_enters_what_the_auditor_found(page, ig_officer):
    follow_up = RangeFactory(follow_up__plan_as_at=LATE).follow_up
    RecommendationFactory(audit=follow_up.audit, reference="A01", text="Train everybody")
    sign_in(page, ig_officer)
    page.goto(follow_up.audit.get_absolute_url())
    page.get_by_role("link", name="Follow-up 1").click()
    axe(page)
    page.get_by_role("link", name="Enter what the auditor found").click()
    axe(page)
    page.get_by_label("A01: Train everybody").select_option("Complete")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("cell", name="Found complete, though not claimed")).to_be_visible()
    page.set_viewport_size(NARROW)
    frame = page.get_by_role("region", name="Both views of each recommendation")
    assert frame.evaluate("frame => frame.scrollWidth <= frame.clientWidth")
    axe(page)
