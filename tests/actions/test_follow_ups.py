"""Auditors who come back: what was planned, what they found, and what the council had claimed."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from actions.figures import follow_ups as figures
from actions.models import Claim, FollowUp, FollowUpRating, PlannedRange, Status, claims
from governance.core.steps import StepError
from governance.figures.moment import Moment, Scope
from governance.history.trail import signed
from tests.actions.factories_audits import AnsweringFactory, FollowUpFactory, RangeFactory, rating_of
from tests.factories import ActionFactory, PlanFactory, RecommendationFactory, ScopeAreaFactory

pytestmark = pytest.mark.django_db
DAY = date(2016, 3, 1)
WHEN = datetime(2016, 3, 1, 9, tzinfo=UTC)
EVERYTHING = Scope()


def told(action, status, by, on=DAY, **facts):
    """A report of history, known on the day itself."""
    known = {"known_at": WHEN, "source_document": "Minutes"} | facts
    return action.append(status, effective_on=on, by=by, **known)


@pytest.fixture
def answered(ig_officer):
    """A recommendation with one action that was known of on the day, and what reports on it."""
    asked = RecommendationFactory()
    plan = PlanFactory(audit=asked.audit, opened_on=date(2016, 1, 4))
    action = ActionFactory(
        plan=plan, recommendation=asked, known_at=datetime(2016, 1, 4, tzinfo=UTC), source_document="Minutes"
    )
    return asked, action


def refused(rule):
    return pytest.raises(IntegrityError, match=rule)


@pytest.mark.parametrize(
    ("statuses", "claim"),
    [
        ([], Claim.NONE),
        (["withdrawn"], Claim.NONE),
        (["completed"], Claim.COMPLETE),
        (["completed", "withdrawn"], Claim.COMPLETE),
        (["completed", "not_started"], Claim.BEGUN),
        (["awaiting_approval", "completed"], Claim.AWAITING),
        (["awaiting_approval", "in_progress"], Claim.BEGUN),
        (["in_progress", "not_started"], Claim.BEGUN),
        (["not_started", "not_started"], Claim.NOT_BEGUN),
    ],
)
def test_a_claim_is_complete_where_every_action_that_stands_is(statuses, claim):
    assert Claim.of(statuses) == claim


def test_a_claim_counts_actions_agreed_for_it_and_those_that_close_it_as_well(answered, ig_officer):
    asked, action = answered
    told(action, Status.COMPLETED, ig_officer)
    assert claims(asked.audit, Moment.now()) == {asked.pk: Claim.COMPLETE}
    AnsweringFactory(recommendation=asked, action__plan=action.plan)
    assert claims(asked.audit, Moment.now()) == {asked.pk: Claim.BEGUN}


def test_a_claim_is_that_of_the_day_of_the_plan_and_as_known_on_it(answered, ig_officer):
    asked, action = answered
    told(action, Status.IN_PROGRESS, ig_officer)
    follow_up = FollowUpFactory(audit=asked.audit)
    told(action, Status.COMPLETED, ig_officer, known_at=datetime(2016, 6, 1, tzinfo=UTC))
    assert claims(asked.audit, Moment.of(DAY)) == {asked.pk: Claim.COMPLETE}
    assert follow_up.claims() == {asked.pk: Claim.BEGUN}


def test_a_rating_keeps_the_claim_of_its_day_whatever_is_entered_later(answered, ig_officer):
    asked, action = answered
    told(action, Status.COMPLETED, ig_officer)
    follow_up = FollowUpFactory(audit=asked.audit)
    follow_up.rate({asked.pk: rating_of("partly")})
    AnsweringFactory(recommendation=asked, action__plan=action.plan)
    told(action, Status.WITHDRAWN, ig_officer)
    rating = FollowUpRating.objects.get()
    assert (rating.claimed, rating.claimed_on) == (Claim.COMPLETE, DAY)
    assert rating.differs == "Claimed complete, found otherwise"


def test_nothing_is_rated_before_the_day_of_the_plan_is_said():
    asked = RecommendationFactory()
    with pytest.raises(ValueError, match="the day of the plan"):
        FollowUpFactory(audit=asked.audit, plan_as_at=None).rate({asked.pk: rating_of("partly")})


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("follow_up_is_counted_from_one", {"number": 0}),
        ("follow_up_ends_after_it_begins", {"held_to": DAY}),
        ("follow_up_ends_after_it_begins", {"held_from": date(2017, 3, 2), "held_to": date(2017, 3, 1)}),
        ("follow_up_reports_after_it_began", {"held_from": DAY, "reported_on": date(2016, 2, 1)}),
    ],
)
def test_a_follow_up_runs_forwards(rule, facts):
    with refused(rule), transaction.atomic():
        FollowUpFactory(**facts)


def test_the_follow_ups_of_an_audit_are_numbered_once():
    first = FollowUpFactory()
    with refused("follow_up_number_once_in_audit"), transaction.atomic():
        FollowUpFactory(audit=first.audit, number=first.number)


def test_a_planned_range_ends_after_it_begins():
    with refused("planned_range_ends_after_it_begins"), transaction.atomic():
        RangeFactory(to_on=date(2017, 2, 28))


def test_ranges_are_added_and_the_last_one_said_stands():
    late = RangeFactory()
    early = RangeFactory(follow_up=late.follow_up, effective_on=date(2016, 7, 25), from_on=date(2016, 12, 1))
    assert PlannedRange.objects.standing(Moment.now()).get() == late
    assert PlannedRange.objects.standing(Moment.of(date(2016, 8, 1))).get() == early
    assert list(late.follow_up.ranges.for_page()) == [late, early]


def test_a_recommendation_is_rated_once_in_a_follow_up():
    asked = RecommendationFactory()
    follow_up = FollowUpFactory(audit=asked.audit)
    follow_up.rate({asked.pk: rating_of("partly")})
    with refused("recommendation_is_rated_once_in_a_follow_up"), transaction.atomic():
        follow_up.rate({asked.pk: rating_of("complete")})


def test_a_follow_up_rates_recommendations_of_its_own_audit_only():
    with refused("recommendations of its own audit"), transaction.atomic():
        FollowUpFactory().rate({RecommendationFactory().pk: rating_of("partly")})


@pytest.mark.parametrize("facts", [{"claimed": "completed"}, {"claimed_on": date(2016, 3, 2)}])
def test_what_was_claimed_is_changed_by_no_way(facts):
    asked = RecommendationFactory()
    FollowUpFactory(audit=asked.audit).rate({asked.pk: rating_of("partly")})
    with refused("what the council claimed stands"), transaction.atomic():
        FollowUpRating.objects.update(**facts)


def test_a_claim_is_one_of_five(answered):
    asked, _ = answered
    with refused("rating_claim_is_known"), transaction.atomic():
        FollowUpRating.objects.create(
            follow_up=FollowUpFactory(audit=asked.audit),
            recommendation=asked,
            found=rating_of("partly"),
            claimed="perhaps",
            claimed_on=DAY,
        )


@pytest.fixture
def compared(ig_officer):
    """A follow-up in two areas: two claimed and found, one claimed only, one found only, one neither."""
    area = ScopeAreaFactory(code="training", title="Training")
    plan = PlanFactory(audit=area.audit, opened_on=date(2016, 1, 4))
    follow_up = FollowUpFactory(audit=area.audit)
    found = {}
    for reference, claimed, word, within in (
        ("A1", True, "complete", area),
        ("A2", True, "overtaken", None),
        ("A3", True, "partly", area),
        ("A4", False, "complete", area),
        ("A5", False, "not-complete", None),
    ):
        asked = RecommendationFactory(audit=area.audit, reference=reference, scope_area=within)
        known = {"known_at": datetime(2016, 1, 4, tzinfo=UTC), "source_document": "Minutes"}
        action = ActionFactory(plan=plan, recommendation=asked, **known)
        if claimed:
            told(action, Status.COMPLETED, ig_officer)
        found[asked.pk] = rating_of(word)
    follow_up.rate(found)
    return follow_up


def test_each_figure_counts_what_its_words_say(compared):
    code = compared.audit.code
    counted = {
        figure.key.partition(".")[2]: [
            entry.reference.removeprefix(f"{code}.") for entry in figure.entries(Moment.now(), EVERYTHING)
        ]
        for figure in figures.SHOWN
    }
    assert counted == {
        "rated": ["A1", "A2", "A3", "A4", "A5"],
        "claimed_complete": ["A1", "A2", "A3"],
        "found_complete": ["A1", "A2"],
        "not_found_so": ["A3"],
        "found_beyond": ["A4"],
    }


def test_the_counts_by_area_are_those_of_the_figures(compared, django_assert_num_queries):
    other = RecommendationFactory()
    FollowUpFactory(audit=other.audit).rate({other.pk: rating_of("complete")})
    training = compared.audit.scope_areas.get()
    twin = ScopeAreaFactory(audit=compared.audit, code="training-2", title="Training")
    asked = RecommendationFactory(audit=compared.audit, reference="A6", scope_area=twin)
    compared.rate({asked.pk: rating_of("complete")})
    now = Moment.now()
    with django_assert_num_queries(1):
        counted = figures.counts(now, compared.handle)
    assert set(counted) == {(training.pk, "Training"), (twin.pk, "Training"), (None, None)}
    for figure in figures.SHOWN:
        by = figure.by(now, EVERYTHING, "follow_up", "scope_area_id")
        for (area, _), of in counted.items():
            assert of[figure.key] == by.get((compared.handle, area), 0), (figure.key, area)


def test_ratings_are_counted_by_plan_and_by_unit(compared):
    plan = compared.audit.plans.get()
    action = plan.actions.order_by("pk").first()
    other = PlanFactory()
    assert figures.rated.value(Moment.now(), Scope(plans=(plan.code,))) == 5
    assert figures.rated.value(Moment.now(), Scope(plans=(other.code,))) == 0
    assert figures.rated.value(Moment.now(), Scope(units=(action.owner.unit.code,))) == 1


def test_a_unit_has_the_ratings_of_what_its_actions_answer_beside(compared):
    beside = ActionFactory(plan=compared.audit.plans.get())
    AnsweringFactory(action=beside, recommendation=compared.ratings.order_by("pk").first().recommendation)
    assert figures.rated.value(Moment.now(), Scope(units=(beside.owner.unit.code,))) == 1


def test_what_the_auditor_concluded_keeps_its_history(compared):
    FollowUp.objects.filter(pk=compared.pk).update(opinion="reasonable assurance")
    said = FollowUp.history.filter(id=compared.pk).order_by("history_id").values_list("opinion", flat=True)
    assert list(said) == ["", "reasonable assurance"]


def test_a_rating_that_is_taken_back_counts_no_more_and_stays_to_be_read(compared, ig_officer):
    wrong = compared.ratings.get(recommendation__reference="A3")
    with signed(ig_officer):
        wrong.take_back("Read off the wrong row")
    now = Moment.now()
    assert figures.rated.value(now, EVERYTHING) == 4
    assert figures.not_found_so.value(now, EVERYTHING) == 0
    assert sum(of["follow_ups.claimed_complete"] for of in figures.counts(now, compared.handle).values()) == 2
    assert compared.ratings.taken_back().get().void_reason == "Read off the wrong row"
    said = FollowUpRating.history.filter(id=wrong.pk).order_by("history_id")
    assert [each.void for each in said] == [False, True]
    assert said.last().history_change_reason == "Read off the wrong row"


def test_another_rating_takes_the_place_of_one_that_was_taken_back(compared):
    wrong = compared.ratings.get(recommendation__reference="A3")
    wrong.take_back("Read off the wrong row")
    compared.rate({wrong.recommendation_id: rating_of("complete")})
    assert figures.found_complete.value(Moment.now(), EVERYTHING) == 3
    assert compared.rated([wrong.recommendation])[wrong.recommendation_id].found.is_complete
    with refused("recommendation_is_rated_once_in_a_follow_up"), transaction.atomic():
        compared.rate({wrong.recommendation_id: rating_of("partly")})


def test_a_rating_is_taken_back_once_and_with_a_reason(compared):
    wrong = compared.ratings.order_by("pk").first()
    with refused("rating_taken_back_gives_a_reason"), transaction.atomic():
        wrong.take_back("")
    wrong.take_back("Read off the wrong row")
    with pytest.raises(StepError, match="taken back already"):
        wrong.take_back("Once more")
    for facts in ({"void": False, "void_reason": ""}, {"void_reason": "Another"}, {"words": "Changed"}):
        with refused("a rating that was taken back stays"), transaction.atomic():
            FollowUpRating.objects.filter(pk=wrong.pk).update(**facts)
