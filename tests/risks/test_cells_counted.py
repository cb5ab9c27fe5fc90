"""Risks counted by cell and by unit in one statement say what each figure says alone."""

from datetime import date, timedelta

import pytest

from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from risks.figures import cells
from risks.models import Risk
from risks.representations.definition import shipped
from risks.services.heat import cells_for, heat_maps
from risks.services.matrix import adopt, begin
from tests.factories import RiskFactory
from tests.risks.factories import cell, in_force, score

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2020, 1, 15), today() - timedelta(days=20)


@pytest.fixture
def risks(db):
    """Five risks in three units: two high, one of them twice scored; one low; one not scored; one closed."""
    first = RiskFactory()
    found = [first, RiskFactory(owner=first.owner), RiskFactory(), RiskFactory(), RiskFactory()]
    score(found[0], 5, 5)
    score(found[1], 1, 1)
    score(found[1], 5, 4, on=AFTER)
    score(found[2], 1, 2, on=AFTER)
    score(found[4], 5, 5)
    Risk.objects.filter(pk=found[4].pk).update(state="closed")
    return found


def all_figures(moment, scope):
    return cells.Count(*(figure.value(moment, scope) for figure in cells.FIGURES.values()))


def test_every_count_is_its_figures_own(risks, django_assert_num_queries):
    moments = (Moment.now(), Moment.of(today() - timedelta(days=30)), Moment.of(date(2019, 1, 1)))
    for moment in moments:
        for scope in (Scope(), Scope(units=(risks[0].unit.code,)), Scope(units=("nowhere",))):
            with django_assert_num_queries(1):
                found = cells.counted(moment, scope)
            assert found.whole == all_figures(moment, scope), (moment, scope)


def test_units_and_cells_add_up_to_the_same(risks):
    found = cells.counted(Moment.now(), Scope())
    assert found.whole.total == 4
    assert sum(count.total for count in found.by_cell.values()) == 4
    assert found.by_unit[risks[0].unit.code].total == 2
    assert found.by_unit[risks[0].unit.code].above_appetite == 2


def test_each_cell_counts_the_risks_that_stand_in_it(risks):
    found = cells.counted(Moment.now(), Scope()).by_cell
    totals = {key: count.total for key, count in found.items()}
    assert totals == {cell(5, 5).pk: 1, cell(5, 4).pk: 1, cell(1, 2).pk: 1, None: 1}


def test_a_cell_opens_the_risks_that_stand_in_it(risks):
    rows = cells.by_cell.rows(Moment.now(), Scope())
    at = {"likelihood": 5, "impact": 4, "matrix_key": in_force().pk}
    assert [row.reference for row in rows.filter(**at)] == [risks[1].reference]
    by = cells.by_cell.by(Moment.now(), Scope(), "likelihood", "impact")
    assert by == {(5, 5): 1, (5, 4): 1, (1, 2): 1}


def maps(moment):
    counted = cells.counted(moment, Scope())
    return heat_maps(counted.by_cell, cells_for(counted.by_cell, moment.as_at), moment, Scope())


def test_the_heat_map_has_the_words_of_the_matrix_and_the_counts_of_the_figure(risks):
    (drawn,) = maps(Moment.now())
    assert drawn.title == f"Where risks stand: {in_force().name}"
    assert len(drawn.rows) == len(drawn.columns) == 5
    assert drawn.rows[0][0].startswith("5 ")
    assert drawn.rows[0][1][4].value == 1
    assert drawn.rows[0][1][4].verdict == "above tolerance"
    assert drawn.rows[4][1][1].value == 1
    assert drawn.total == 3


def test_after_another_matrix_both_are_drawn_the_one_in_force_first(risks):
    adopt(begin(shipped()["four_by_four"]), from_on=today(), reason="Cabinet, minute 65")
    newer, older = maps(Moment.now())
    assert (len(newer.rows), newer.total) == (4, 0)
    assert (len(older.rows), older.total) == (5, 3)
    assert "to be scored again" in older.title
    score(risks[2], 2, 2, on=today(), cell=cell(2, 2, RiskNewest()))
    newer, older = maps(Moment.now())
    assert (newer.total, older.total) == (1, 2)


def RiskNewest():  # noqa: N802
    """The matrix in force today."""
    from risks.models import RiskMatrix

    return RiskMatrix.objects.in_force(today())


def test_before_the_first_matrix_there_is_none_to_draw(risks):
    assert maps(Moment.of(date(2016, 3, 31))) == []
