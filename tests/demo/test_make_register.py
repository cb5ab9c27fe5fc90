"""Registers made for measuring are as valid as those made on the pages."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from actions.models import Action, ActionPlan, Dependency
from assets.models import Asset
from governance.core.dates import today
from governance.figures.figure import FIGURES
from governance.figures.moment import Moment, Scope
from risks.models import Assessment, Risk, RiskMatrix

pytestmark = pytest.mark.django_db


def run(command: str, *words: str, **options: object) -> str:
    printed = StringIO()
    call_command(command, *words, stdout=printed, **options)
    return printed.getvalue()


def test_a_plan_of_any_size_is_made_with_every_status():
    said = run("make_register", actions=60)

    assert said == "Plan measuring-60: 60 actions, 132 updates, 3 dependencies.\n"
    by_status = FIGURES["actions.total"].by(Moment.now(), Scope(plans=("measuring-60",)), "status")
    assert set(by_status.values()) == {12}
    assert len(by_status) == 5


def test_what_is_made_in_numbers_obeys_the_rules_of_what_is_made_singly():
    run("make_register", actions=60)

    for action in Action.objects.all():
        assert action.status == action.standing().status
        assert action.history.count() == 1
    for dependency in Dependency.objects.all():
        dependency.save()  # raises OrderCycleError if it closed a circle
        assert not dependency.action.held_up_by(dependency.action.status, on=Moment.now().as_at)


def test_a_second_plan_of_the_same_size_has_a_name_of_its_own():
    run("make_register", actions=5)
    run("make_register", actions=5)

    assert [plan.code for plan in ActionPlan.objects.order_by("pk")] == ["measuring-5", "measuring-5-2"]


def test_assets_and_risks_are_made_beside_those_there_are_in_as_many_versions_as_asked():
    run("make_register", assets=3, risks=2, versions=4)
    said = run("make_register", assets=2)

    assert said == "Assets IA-0004 to IA-0005: 2, each in 1 versions.\n"
    assert [asset.history.count() for asset in Asset.objects.order_by("reference")] == [4, 4, 4, 1, 1]
    assert [risk.history.count() for risk in Risk.objects.all()] == [4, 4]


def test_risks_are_scored_as_often_as_asked_under_a_matrix_that_is_begun_where_there_is_none():
    said = run("make_register", risks=30, assessments=3)

    assert said == "Risks IR-0001 to IR-0030: 30, each in 1 versions. 90 scores.\n"
    assert FIGURES["risks.by_level"].value(Moment.now(), Scope()) == 30
    days = Assessment.objects.filter(risk__reference="IR-0007").values_list("effective_on", flat=True)
    assert sorted(days) == [today() - timedelta(days=ago) for ago in (60, 30, 0)]
    assert Assessment.objects.filter(known_at__lt=now() - timedelta(days=29)).count() == 60


def test_a_second_lot_of_risks_is_scored_under_the_same_matrix():
    run("make_register", risks=2, assessments=1)
    run("make_register", risks=2, assessments=1)

    assert RiskMatrix.objects.count() == 1
    assert FIGURES["risks.by_level"].value(Moment.now(), Scope()) == 4


@pytest.mark.parametrize("asked", [{}, {"actions": -1}, {"assets": 1, "versions": 0}])
def test_nothing_to_make_is_said_and_nothing_is_made(asked):
    with pytest.raises(CommandError, match=r"Say how many|cannot be below nought"):
        run("make_register", **asked)
    assert not ActionPlan.objects.exists()


def test_assets_are_varied_and_the_same_again_for_the_same_size():
    run("make_register", assets=120)

    assert Asset.objects.values("unit").distinct().count() > 5
    assert Asset.objects.values("title").distinct().count() == 120
    for field in ("form", "state", "marking", "publish", "contains_personal_data", "confidentiality"):
        assert Asset.objects.values(field).distinct().count() > 2, field
    assert Asset.objects.filter(title="Adoption records").exists()
    assert FIGURES["assets.ownerless"].value(Moment.now(), Scope()) > 0
