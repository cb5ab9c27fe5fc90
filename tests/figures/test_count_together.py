"""Figures of several registers counted in one query say what each says alone."""

import pytest

from assets import figures as assets
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import count_together
from risks import figures as risks
from tests.factories import AssetFactory, RiskFactory

pytestmark = pytest.mark.django_db
ASKED = [risks.total, assets.total, assets.ownerless, assets.coverage.units_without]


def test_each_value_is_the_figures_own(django_assert_num_queries):
    kept = AssetFactory()
    AssetFactory.create_batch(2)
    RiskFactory(owner=kept.owner)
    for scope in (Scope(), Scope(units=(kept.unit.code,))):
        with django_assert_num_queries(1):
            found = count_together(ASKED, Moment.now(), scope)
        assert found == {each.key: each.value(Moment.now(), scope) for each in ASKED}


def test_nought_is_said_and_the_order_kept():
    found = count_together(ASKED, Moment.now(), Scope())
    assert list(found.items()) == [(each.key, 0) for each in ASKED]


def test_one_figure_alone_can_be_asked():
    AssetFactory()
    assert count_together([assets.total], Moment.now(), Scope()) == {"assets.total": 1}
