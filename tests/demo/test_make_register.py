"""Registers made for measuring are as valid as those made on the pages."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from actions.models import Action, ActionPlan, Dependency
from assets.models import Asset
from governance.figures.figure import FIGURES
from governance.figures.moment import Moment, Scope
from risks.models import Risk

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
