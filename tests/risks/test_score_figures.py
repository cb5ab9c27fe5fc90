"""The figures of scores: as at a day and as known on a day, each a part of the open risks."""

from datetime import date, timedelta

import pytest

from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from risks.figures import scores, tallies, total
from risks.representations.definition import shipped
from risks.services.matrix import adopt, begin
from risks.services.state import withdraw
from tests.factories import RiskFactory
from tests.risks.factories import TARGET, cell, in_force, score

pytestmark = pytest.mark.django_db
NOW, ALL = Moment.now(), Scope()


@pytest.fixture
def risks():
    """One at each level, scored today, and one that is not scored."""
    in_force()
    found = RiskFactory.create_batch(5)
    for risk, at in zip(found, [(1, 1), (2, 3), (3, 4), (5, 5)], strict=False):
        score(risk, *at, on=today())
    return found


def counted(figure, moment=NOW, scope=ALL):
    return {entry.reference for entry in figure.entries(moment, scope)}


def references(*risks):
    return {risk.reference for risk in risks}


def test_risks_by_level_add_up_to_those_scored(risks):
    assert scores.by_level.by(NOW, ALL, "level") == {"Low": 1, "Medium": 1, "High": 1, "Very high": 1}
    assert scores.by_level.value(NOW, ALL) + scores.unscored.value(NOW, ALL) == total.value(NOW, ALL) == 5


def test_above_appetite_and_above_tolerance_follow_the_lines_of_the_matrix(risks):
    assert counted(scores.above_appetite) == references(risks[2], risks[3])
    assert counted(scores.above_tolerance) == references(risks[3])
    assert counted(scores.unscored) == references(risks[4])


def test_a_target_is_no_current_score(risks):
    score(risks[4], 5, 5, kind=TARGET)
    assert counted(scores.unscored) == references(risks[4])


def test_what_is_withdrawn_counts_no_more(risks):
    withdraw(risks[3], reason="Entered twice")
    assert counted(scores.above_tolerance) == set()


def test_the_evidence_of_a_counted_risk_is_its_score(risks):
    (entry,) = scores.above_tolerance.entries(NOW, ALL)
    assert entry.evidence_kind == "risks.assessment"
    assert entry.evidence == risks[3].assessments.get().pk


def test_a_score_is_overdue_once_the_interval_of_its_level_is_over():
    low, high = RiskFactory.create_batch(2)
    in_force()
    four_months_ago = today() - timedelta(days=123)
    score(low, 1, 1, on=four_months_ago)
    score(high, 3, 4, on=four_months_ago)
    assert counted(scores.overdue_review) == references(high)
    score(high, 3, 4, on=today(), reason="Looked at again: nothing has changed")
    assert counted(scores.overdue_review) == set()


def test_a_new_matrix_opens_a_round_and_leaves_every_count_against_the_lines_as_it_was(risks):
    before = scores.above_appetite.value(NOW, ALL), scores.above_tolerance.value(NOW, ALL)
    assert counted(scores.to_be_scored_again) == set()
    four = adopt(begin(shipped()["four_by_four"]), from_on=today(), reason="Cabinet, minute 65")
    assert counted(scores.to_be_scored_again) == references(*risks[:4])
    assert (scores.above_appetite.value(NOW, ALL), scores.above_tolerance.value(NOW, ALL)) == before
    score(risks[3], 4, 1, cell=cell(4, 1, four), on=today(), reason="Scored under the new matrix")
    assert counted(scores.to_be_scored_again) == references(*risks[:3])
    yesterday = Moment.of(today() - timedelta(days=1), today())
    assert counted(scores.to_be_scored_again, yesterday) == set()


def test_the_register_asks_for_its_figures_in_one_query(risks, django_assert_num_queries):
    with django_assert_num_queries(1):  # the matrix in force, and everything that is counted
        found = tallies(NOW, ALL)
    for figure in (total, *scores.FIGURES):
        assert found[figure.key] == figure.value(NOW, ALL), figure.key


def test_a_score_known_later_does_not_change_what_was_known(risks):
    fresh = RiskFactory()
    score(fresh, 5, 5, on=date(2020, 1, 15))
    assert fresh.reference in counted(scores.above_tolerance)
    assert fresh.reference not in counted(
        scores.above_tolerance, Moment.of(today(), today() - timedelta(days=1))
    )


def test_only_the_units_asked_for_are_counted(risks):
    unit = risks[3].unit
    assert counted(scores.above_appetite, scope=Scope(units=(unit.code,))) == references(risks[3])
