"""What the database keeps of a risk, its controls and its further assets."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from risks.models import ControlEffectiveness, Risk, RiskAsset, RiskCategory, RiskControl
from tests.factories import AssetFactory, RiskFactory

pytestmark = pytest.mark.django_db


def refused(rule):
    return pytest.raises(IntegrityError, match=rule)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"treatment": "ignore"}, "risk_treatment_is_known"),
        ({"register_level": "parish"}, "risk_is_on_a_known_register"),
        ({"state": "accepted"}, "risk_state_is_known"),
        ({"state": "merged"}, "risk_is_merged_into_another"),
        ({"title": ""}, "risk_has_a_title"),
    ],
)
def test_the_database_keeps_each_rule_of_a_risk(change, rule):
    risk = RiskFactory()
    with refused(rule), transaction.atomic():
        Risk.objects.filter(pk=risk.pk).update(**change)


def test_a_risk_is_merged_into_another_while_merged_and_never_into_itself():
    risk, other = RiskFactory.create_batch(2)
    mine = Risk.objects.filter(pk=risk.pk)
    with refused("risk_is_merged_into_another"), transaction.atomic():
        mine.update(merged_into=other)
    with refused("risk_is_not_merged_into_itself"), transaction.atomic():
        mine.update(state="merged", merged_into=risk)
    assert mine.update(state="merged", merged_into=other) == 1


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"title": ""}, "risk_control_is_described"),
        ({"state": "hoped"}, "risk_control_state_is_known"),
        ({"state": "planned"}, "risk_control_planned_has_its_day"),
    ],
)
def test_the_database_keeps_each_rule_of_a_control(facts, rule):
    with refused(rule), transaction.atomic():
        RiskControl.objects.create(risk=RiskFactory(), **{"title": "Locked cabinets", **facts})


def test_what_is_only_planned_is_not_judged():
    judged = ControlEffectiveness.objects.get(code="effective")
    with refused("risk_control_is_judged_once_in_place"), transaction.atomic():
        RiskControl.objects.create(
            risk=RiskFactory(),
            title="Locks",
            state="planned",
            planned_for=date(2030, 1, 1),
            effectiveness=judged,
        )


def test_a_further_asset_is_named_once():
    risk, asset = RiskFactory(), AssetFactory()
    RiskAsset.objects.create(risk=risk, asset=asset)
    with refused("risk_is_to_a_further_asset_once"), transaction.atomic():
        RiskAsset.objects.create(risk=risk, asset=asset, note="Again")


def test_the_lists_are_shipped_and_say_where_they_come_from():
    assert {"information", "security", "legal"} <= set(RiskCategory.objects.values_list("code", flat=True))
    shipped = RiskCategory.history.filter(code="information").get()
    assert shipped.history_change_reason == "Shipped with Custodian"
