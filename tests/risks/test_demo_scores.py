"""What Northmere's scores show: risks that went up, down and stayed, each with why, as they were known."""

from datetime import timedelta

import pytest

from governance.core.dates import today
from governance.demo.seeds import risks as matrix
from governance.demo.seeds import scores
from governance.figures.moment import Moment
from risks.models import Assessment, Risk
from tests.factories import RiskFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def northmere(ig_officer):
    matrix.enter(ig_officer)
    for number in range(1, 26):
        RiskFactory(reference=f"IR-{number:04}")
    scores.enter(ig_officer)
    return ig_officer


def weights(moment):
    found = Assessment.objects.current(moment).select_related("cell__level", "risk")
    return {each.risk.reference: (each.cell.level.rank, each.score) for each in found}


def test_risks_moved_up_and_down_and_some_stayed(northmere):
    then = weights(Moment.of(today() - timedelta(days=scores.SECOND)))
    now = weights(Moment.now())
    moved = {(now[risk] > weight) - (now[risk] < weight) for risk, weight in then.items()}
    assert moved == {-1, 0, 1}


def test_each_score_was_known_on_its_day_by_a_paper_and_says_why(northmere):
    day = today() - timedelta(days=scores.FIRST)
    assert len(weights(Moment.of(day, day))) == len(scores.MOVES)
    assert not Assessment.objects.filter(source_document="").exists()
    assert not Assessment.objects.filter(reason="").exists()


def test_one_is_closed_and_some_are_left_to_be_scored(northmere):
    assert Risk.objects.get(state="closed").reference == f"IR-{scores.OVER:04}"
    assert Risk.objects.filter(assessments=None).count() == 25 - len(scores.MOVES)


def test_what_is_there_is_not_entered_again(northmere):
    before = Assessment.objects.count()
    scores.enter(northmere)
    assert Assessment.objects.count() == before
