"""What waits for a decision, counted in one statement, is what each of its figures says alone."""

from datetime import date, timedelta

import pytest

from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from risks.figures import decisions
from risks.models import Risk
from risks.services.acceptance import answer, before
from risks.services.rules import adopt, begin
from risks.services.state import close
from tests.factories import RiskFactory
from tests.risks.factories import in_force, score
from tests.risks.factories_acceptance import REFUSED, accept
from tests.risks.factories_rules import rules_in_force
from tests.risks.passing import Passing, known

pytestmark = pytest.mark.django_db
LATELY = today() - timedelta(days=10)
LONG_AGO = today() - timedelta(days=500)


@pytest.fixture
def waiting(siro, ig_officer):
    """Every way in which a risk waits, some of them two at once, one closed, one that is nobody's concern."""
    in_force()
    rules_in_force(days_within=30, days_above=5, days_beyond=0)
    crossed, late, both, borne, ending, changed, low, closed, calm = (RiskFactory() for _ in range(9))
    for risk in (crossed, borne, ending, changed, closed):
        score(risk, 5, 5, on=LATELY, by=ig_officer)
    score(late, 1, 1, on=LONG_AGO)
    score(both, 4, 4, on=LONG_AGO)
    score(calm, 1, 1, on=LATELY)
    score(low, 4, 3, on=LATELY)
    Risk.objects.exclude(pk=low.pk).update(register_level="siro")
    accept(borne, siro)
    accept(ending, siro, until=today() + timedelta(days=30))
    accept(changed, siro)
    score(changed, 5, 4, on=today())
    close(closed, reason="Cannot happen any more")
    return crossed


def each_alone(moment, scope):
    return decisions.Decisions(
        **{name: figure.value(moment, scope) for name, figure in decisions.FIGURES.items()}
    )


def test_every_count_is_its_figures_own(waiting, django_assert_num_queries):
    moments = (Moment.now(), Moment.of(today() - timedelta(days=5)), Moment.of(date(2019, 1, 1)))
    for moment in moments:
        for scope in (Scope(), Scope(units=(waiting.unit.code,)), Scope(units=("nowhere",))):
            with django_assert_num_queries(1):
                found = decisions.counted(moment, scope)
            assert found == each_alone(moment, scope), (moment, scope)


def test_none_of_them_is_nought_where_each_way_occurs(waiting):
    found = decisions.counted(Moment.now(), Scope())
    assert (found.escalated, found.escalated_appetite, found.escalated_overdue) == (5, 4, 2)
    assert (found.due, found.suspended, found.expired) == (1, 1, 0)
    assert found.below_register > 0


def test_by_key_names_the_figures_of_the_tiles(waiting):
    found = decisions.counted(Moment.now(), Scope())
    assert found.by_key["risks.escalated"] == found.escalated
    assert found.by_key["risks.acceptance_due"] == found.due


def test_one_that_has_run_out_is_no_longer_due(siro, ig_officer, owner_connection):
    in_force()
    time = Passing(owner_connection)
    risk = RiskFactory()
    score(risk, 5, 5, on=today() - timedelta(days=200), by=ig_officer, **known(200))
    accept(risk, siro)
    time.days(150)
    moment = Moment.of(today() + timedelta(days=121))
    found = decisions.counted(moment, Scope())
    assert (found.due, found.expired, found.escalated_appetite) == (0, 1, 1)
    assert found == each_alone(moment, Scope())


def test_a_refused_risk_stays_escalated(siro, ig_officer):
    in_force()
    risk = RiskFactory()
    score(risk, 5, 5, on=LATELY, by=ig_officer)
    accept(risk, siro)
    assert decisions.counted(Moment.now(), Scope()).escalated == 0
    answer(risk, REFUSED, seen=before(risk).token, by=siro, reason="Not like this")
    assert decisions.counted(Moment.now(), Scope()).escalated == 1


def test_only_the_latest_of_two_versions_of_the_rules_counts(waiting):
    """Were both read, each late risk would be counted twice."""
    once = decisions.counted(Moment.now(), Scope())
    adopt(
        begin(days_within=30, days_above=5, days_beyond=0),
        from_on=today() + timedelta(days=1),
        reason="Again",
    )
    tomorrow = Moment.of(today() + timedelta(days=1))
    assert decisions.counted(tomorrow, Scope()) == each_alone(tomorrow, Scope())
    assert decisions.counted(tomorrow, Scope()).escalated_overdue == once.escalated_overdue
