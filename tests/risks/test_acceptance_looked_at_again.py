"""An acceptance does not come back with a reopened risk, and who gave it is told that it no longer holds."""

import pytest

from governance.core.dates import long_date, today
from governance.figures.moment import Moment
from governance.people.models import Role
from governance.people.waiting import all_waiting
from risks.models import AcceptanceState, Risk
from risks.representations.acceptance import Accepted
from risks.services import state
from tests.cast import known, play
from tests.factories import PostFactory
from tests.risks.factories import score
from tests.risks.factories_acceptance import accept, scored_risk
from tests.risks.factories_rules import rules_in_force

pytestmark = pytest.mark.django_db
TODAY = long_date(today())


@pytest.fixture
def risk(ig_officer):
    return scored_risk(ig_officer)


def told(person):
    """What Home says to them of acceptances that no longer hold."""
    found = all_waiting(known(person, person.post))
    return [each.references for each in found if each.kind == "acceptance_suspended"]


class TestReopened:
    @pytest.mark.parametrize("gone", [(state.close, state.reopen), (state.withdraw, state.bring_back)])
    def test_somebody_has_to_answer_anew(self, risk, siro, gone):
        accept(risk, siro)
        left, came_back = gone
        left(risk, reason="It is gone")
        came_back(risk, reason="It happens after all")
        standing = Accepted.of(risk, Moment.now(), siro).standing
        assert standing.state == AcceptanceState.SUSPENDED
        assert standing.since[0].startswith("state was open, became ")
        assert standing.since[1].endswith(f"is open since {TODAY}")

    def test_what_is_answered_then_stands(self, risk, siro):
        accept(risk, siro)
        state.close(risk, reason="It is gone")
        state.reopen(risk, reason="It happens after all")
        made = accept(risk, siro)
        assert Accepted.of(risk, Moment.now(), siro).standing.answer == made
        assert Accepted.of(risk, Moment.now(), siro).standing.state == AcceptanceState.STANDING


class TestWhoIsTold:
    @pytest.fixture
    def manager(self, risk, ig_officer):
        """Whom the rules name for the unit of the risk, and who has accepted it."""
        rules_in_force(accept_above=Role.SERVICE_MANAGER)
        score(risk, 3, 4, by=ig_officer, on=today())
        found = play("manager", Role.SERVICE_MANAGER, risk.unit)
        accept(risk, found)
        return found

    def change(self, risk, **said):
        Risk.objects.filter(pk=risk.pk).update(**said)

    def test_who_accepted_it_as_the_siro(self, risk, manager, siro):
        another = play("deputy", Role.SERVICE_MANAGER, risk.unit)
        assert [told(each) for each in (manager, siro, another)] == [[], [], []]
        self.change(risk, treatment=Risk.Treatment.TOLERATE)
        assert [told(each) for each in (manager, siro)] == [[(risk.reference,)]] * 2
        assert not told(another)

    def test_not_of_a_risk_that_they_may_open_no_more(self, risk, manager):
        elsewhere = PostFactory()
        self.change(risk, owner=elsewhere, unit=elsewhere.unit, asset=None)
        assert not Risk.objects.visible_to(known(manager, manager.post)).filter(pk=risk.pk).exists()
        assert not told(manager)

    def test_not_of_what_somebody_answered_after_them(self, risk, manager, siro):
        accept(risk, siro)
        self.change(risk, treatment=Risk.Treatment.TOLERATE)
        assert not told(manager)
