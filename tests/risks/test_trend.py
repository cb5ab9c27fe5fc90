"""A trend is the figures themselves at many days, asked at once."""

from datetime import timedelta

import pytest

from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from risks.figures import trend
from risks.models import Risk
from risks.services.assessment import correct
from tests.factories import RiskFactory, UserFactory
from tests.risks.factories import cell, score
from tests.risks.passing import Passing, known

pytestmark = pytest.mark.django_db(transaction=True)
DAYS = [today() - timedelta(days=ago) for ago in (400, 300, 200, 100, 30, 0)]


@pytest.fixture
def story(owner_connection):
    """Risks that come, rise, fall, are corrected and close; the units of the first and the second."""
    time = Passing(owner_connection)
    first, second = RiskFactory(), RiskFactory()
    score(first, 5, 5, on=today() - timedelta(days=350), **known(350))
    time.days(350)
    wrong = score(second, 5, 4, on=today() - timedelta(days=250), **known(250))
    score(first, 1, 1, on=today() - timedelta(days=250), **known(250))
    third = RiskFactory(owner=first.owner)
    time.days(250)
    score(third, 4, 5, on=today() - timedelta(days=150), **known(120))
    correct(wrong, cell=cell(1, 2), reason="Misread", by=UserFactory(), **known(60))
    Risk.objects.filter(pk=first.pk).update(state="closed")
    time.days(50)
    return first.unit.code, second.unit.code


@pytest.mark.parametrize("known_on", [0, 90, 130])
def test_every_point_is_the_value_of_its_figure(story, django_assert_num_queries, known_on):
    moment = Moment.of(today(), today() - timedelta(days=known_on))
    for scope in (Scope(), *(Scope(units=(unit,)) for unit in story)):
        with django_assert_num_queries(1):
            found = trend.trend(DAYS, moment, scope)
        assert [at.day for at in found] == DAYS
        for at in found:
            then = Moment(at.day, moment.known_before)
            expected = tuple(figure.value(then, scope) for figure in trend.SHOWN)
            assert at.values == expected, (at.day, scope)


def test_the_story_is_not_empty(story):
    found = trend.trend(DAYS, Moment.now(), Scope())
    assert [at.values[0] for at in found] == [0, 2, 3, 3, 2, 2]
    assert len({at.values for at in found}) > 3


def test_a_point_leads_to_its_rows(story):
    at = trend.trend(DAYS, Moment.now(), Scope())[2]
    total, *_ = at.addresses(Moment.now(), Scope())
    assert f"as_at={at.day}" in total
    assert "risks.total" in total
