"""What the database refuses about processing activities and DPIAs, whoever writes it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from assets.models import (
    NEEDED,
    ActivityAsset,
    ActivityCondition,
    Advice,
    ControllerServed,
    Dpia,
    DpiaAuthor,
    DpiaCriterion,
    DpiaRisk,
    InterestCondition,
    LawfulBasis,
    ProcessingActivity,
    ScheduleCondition,
    Screening,
    ScreeningCriterion,
    Transfer,
)
from tests.assets.factories_processing import (
    ActivityFactory,
    AdviceFactory,
    ControllerServedFactory,
    DpiaFactory,
    DpiaRiskFactory,
    LinkFactory,
    ProcessorFactory,
    ScreeningFactory,
    SignedDpiaFactory,
    TransferFactory,
    special_condition,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def assert_refused(constraint, write):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


def basis(code):
    return LawfulBasis.objects.get(code=code)


def change(activity, **fields):
    return lambda: ProcessingActivity.objects.filter(pk=activity.pk).update(**fields)


# A live activity is complete: what takes each thing away from one that has everything.
TAKING_AWAY = {
    "purposes": {"purposes": ""},
    "data_subjects": {"data_subjects": ""},
    "data_categories": {"data_categories": ""},
    "recipients": {"recipients": ""},
    "security": {"security": ""},
    "retention": {"retention_words": ""},
    "transfers_abroad": {"transfers_abroad": None},
    "automated_logic": {"automated_decisions": True},
    "basis": {"basis": None},
    "legal_power": {"law_enforcement": True},
    "consent_record": {"basis": "consent"},
    "interest_assessment": {"basis": "legitimate-interests"},
    "interest_condition": {"basis": "recognised-legitimate-interest"},
    "special_condition": {"special_category": True},
}


def test_each_thing_that_a_live_activity_says_is_tried():
    assert sorted(TAKING_AWAY) == sorted(name for name, _, _ in NEEDED)


@pytest.mark.parametrize("name", TAKING_AWAY)
def test_a_live_activity_is_complete(name):
    activity = ActivityFactory()
    assert_refused(f"activity_live_says_{name}", change(activity, **TAKING_AWAY[name]))


@pytest.mark.parametrize("name", TAKING_AWAY)
def test_a_draft_may_be_incomplete(name):
    activity = ActivityFactory(state="draft")
    change(activity, **TAKING_AWAY[name])()


@pytest.mark.parametrize("name", ["security", "transfers_abroad"])
def test_a_live_activity_of_a_processor_says_what_article_30_2_asks(name):
    assert_refused(f"activity_live_says_{name}", change(ProcessorFactory(), **TAKING_AWAY[name]))


def test_a_processor_need_not_say_what_is_the_controllers_to_say():
    change(ProcessorFactory(), purposes="", data_subjects="", recipients="", retention_words="")()


def test_law_enforcement_rests_on_a_law_instead_of_article_6():
    ActivityFactory(law_enforcement=True, basis=None, legal_power="Environmental Protection Act 1990, s.33")


def test_an_activity_has_a_reference_of_its_kind():
    assert_refused("activity_reference_is_like_pa_0001", lambda: ActivityFactory(reference="IA-0001"))


def test_a_reference_is_given_once():
    ActivityFactory(reference="PA-0001")
    assert_refused("reference", lambda: ActivityFactory(reference="PA-0001"))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("activity_has_a_title", {"title": ""}),
        ("activity_capacity_is_known", {"capacity": "both"}),
        ("activity_state_is_known", {"state": "paused"}),
        ("activity_ended_says_when", {"state": "ended"}),
        ("activity_ended_says_when", {"ended_on": date(2016, 1, 1)}),
        ("activity_of_a_processor_has_no_basis_of_its_own", {"capacity": "processor"}),
        ("activity_departing_from_its_policy_says_why", {"follows_policy": False}),
    ],
)
def test_an_activity_is_refused(constraint, fields):
    assert_refused(constraint, lambda: ActivityFactory(**fields))


def test_a_recognised_interest_goes_with_that_basis_only():
    crime = InterestCondition.objects.get(code="crime")
    assert_refused(
        "activity_recognised_interest_has_that_basis", lambda: ActivityFactory(interest_condition=crime)
    )
    ActivityFactory(basis=basis("recognised-legitimate-interest"), interest_condition=crime)


def test_an_article_9_condition_is_for_special_category_data_only():
    assert_refused(
        "activity_article_9_is_for_special_category_data",
        lambda: ActivityFactory(special_condition=special_condition()),
    )
    ActivityFactory(special_category=True, special_condition=special_condition())


def test_legitimate_interests_need_an_assessment_or_a_reason():
    ActivityFactory(basis=basis("legitimate-interests"), interest_assessment="LIA 4")
    ActivityFactory(basis=basis("legitimate-interests"), interest_reason="Being written")


# Rows


def test_an_asset_is_named_once():
    link = LinkFactory()
    assert_refused(
        "activity_names_an_asset_once",
        lambda: ActivityAsset.objects.create(activity=link.activity, asset=link.asset),
    )


def test_a_condition_is_named_once():
    pair = {"activity": ActivityFactory(), "condition": ScheduleCondition.objects.first()}
    ActivityCondition.objects.create(**pair)
    assert_refused("activity_names_a_condition_once", lambda: ActivityCondition.objects.create(**pair))


def test_a_controller_is_named_once():
    served = ControllerServedFactory()
    assert_refused(
        "activity_names_a_controller_once",
        lambda: ControllerServedFactory(activity=served.activity, name=served.name),
    )


@pytest.mark.parametrize("field", ["name", "contact", "categories"])
def test_a_controller_is_named_with_contact_and_what_is_done(field):
    served = ControllerServedFactory()
    assert_refused(
        "controller_served_is_named_and_reached",
        lambda: ControllerServed.objects.filter(pk=served.pk).update(**{field: ""}),
    )


def test_a_transfer_is_named_once():
    one = TransferFactory()
    assert_refused(
        "activity_names_a_transfer_once", lambda: TransferFactory(activity=one.activity, country=one.country)
    )


def test_a_transfer_names_its_country():
    assert_refused("transfer_names_its_country", lambda: TransferFactory(country=""))


def test_a_transfer_assessed_on_a_day_has_an_assessment():
    one = TransferFactory()
    assert_refused(
        "transfer_assessed_on_a_day_has_an_assessment",
        lambda: Transfer.objects.filter(pk=one.pk).update(assessed_on=date(2016, 1, 1)),
    )


# Screening and advice


def test_a_screening_decides_one_way_or_the_other():
    assert_refused("screening_decision_is_known", lambda: ScreeningFactory(decision="later"))


def test_an_activity_is_screened_once():
    screening = ScreeningFactory()
    assert_refused("assets_screening", lambda: ScreeningFactory(activity=screening.activity))


def test_deciding_against_a_dpia_gives_a_reason():
    assert_refused("screening_without_dpia_gives_a_reason", lambda: ScreeningFactory(reason=""))


def test_deciding_against_a_required_dpia_needs_advice():
    assert_refused("screening_against_the_law_s_lists_has_advice", lambda: ScreeningFactory(is_required=True))
    advice = AdviceFactory()
    ScreeningFactory(activity=advice.activity, is_required=True, advice=advice)
    ScreeningFactory(is_required=True, decision="do")


def test_a_criterion_is_named_once():
    screening = ScreeningFactory(criteria=["genetic"])
    assert_refused(
        "screening_names_a_criterion_once",
        lambda: ScreeningCriterion.objects.create(
            screening=screening, criterion=DpiaCriterion.objects.get(code="genetic")
        ),
    )


def test_advice_says_something():
    assert_refused("advice_says_something", lambda: AdviceFactory(text=""))


def test_advice_stands_as_it_was_given():
    advice = AdviceFactory()
    for write in (
        lambda: Advice.objects.filter(pk=advice.pk).update(text="Something else"),
        lambda: Advice.objects.filter(pk=advice.pk).delete(),
    ):
        with pytest.raises(Exception, match=r"append-only|permission denied"), transaction.atomic():
            write()


# DPIA


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("dpia_reference_is_like_dpia_0001", {"reference": "D1"}),
        ("dpia_has_a_title", {"title": ""}),
        ("dpia_state_is_known", {"state": "lost"}),
        *[
            ("dpia_signed_off_is_complete", {field: ""})
            for field in (
                "need", "nature", "scope", "context", "purposes", "consultation", "necessity", "residual"
            )
        ],
        *[
            ("dpia_signed_off_by_posts_and_persons", {field: None})
            for field in (
                "measures_approved_by", "measures_approved_post", "residual_approved_by",
                "residual_approved_post", "signed_off_on",
            )
        ],
        ("dpia_signed_off_answers_advice", {"advice": None}),
        ("dpia_signed_off_answers_advice", {"answer": ""}),
        ("dpia_overruling_advice_gives_a_reason", {"answer": "overruled"}),
        ("dpia_high_risk_left_over_goes_to_the_ico_first", {"residual": "high"}),
        ("dpia_signed_off_is_kept_under_review", {"kept_under_review_by": None}),
        ("dpia_signed_off_is_kept_under_review", {"next_review_on": None}),
    ],
)  # fmt: skip
def test_a_dpia_is_refused(constraint, fields):
    signed = SignedDpiaFactory()
    assert_refused(constraint, lambda: Dpia.objects.filter(pk=signed.pk).update(**fields))


def test_a_high_risk_left_over_can_be_signed_off_once_the_ico_was_consulted():
    SignedDpiaFactory(residual="high", ico_consulted_on=date(2016, 5, 1))


@pytest.mark.parametrize("field", ["measures_approved_by", "residual_approved_by"])
def test_nobody_approves_the_dpia_they_began(field):
    signed = SignedDpiaFactory()
    assert_refused(
        "dpia_is_approved_by_another",
        lambda: Dpia.objects.filter(pk=signed.pk).update(**{field: signed.begun_by}),
    )


def test_an_activity_has_one_dpia_under_way():
    dpia = DpiaFactory()
    assert_refused(
        "dpia_under_way_is_one_for_an_activity", lambda: DpiaFactory(activity=dpia.activity, state="with_dpo")
    )


def test_an_activity_has_one_dpia_signed_off():
    signed = SignedDpiaFactory()
    assert_refused(
        "dpia_signed_off_is_one_for_an_activity", lambda: SignedDpiaFactory(activity=signed.activity)
    )
    SignedDpiaFactory(activity=signed.activity, state="superseded")


def test_an_author_is_named_once():
    pair = {"dpia": DpiaFactory(), "person": UserFactory()}
    DpiaAuthor.objects.create(**pair)
    assert_refused("dpia_names_an_author_once", lambda: DpiaAuthor.objects.create(**pair))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("dpia_risk_is_described", {"description": ""}),
        ("dpia_risk_is_rated_on_the_scales", {"likelihood": "certain"}),
        ("dpia_risk_is_rated_on_the_scales", {"severity": "none"}),
        ("dpia_risk_is_rated_on_the_scales", {"overall": "huge"}),
        ("dpia_risk_measure_effect_and_rest_go_together", {"measure": ""}),
        ("dpia_risk_measure_effect_and_rest_go_together", {"effect": ""}),
        ("dpia_risk_measure_effect_and_rest_go_together", {"residual": ""}),
        ("dpia_risk_only_accepted_stays_as_it_is", {"effect": "accepted"}),
    ],
)
def test_a_risk_of_a_dpia_is_refused(constraint, fields):
    risk = DpiaRiskFactory()
    assert_refused(constraint, lambda: DpiaRisk.objects.filter(pk=risk.pk).update(**fields))


def test_a_risk_without_a_measure_is_a_beginning():
    DpiaRiskFactory(measure="", effect="", residual="")


def test_a_screening_leaves_its_history():
    screening = ScreeningFactory()
    Screening.objects.filter(pk=screening.pk).update(reason="Looked at again")
    assert [version.reason for version in screening.history.order_by("history_id")] == [
        "No criterion applies",
        "Looked at again",
    ]
