"""Risks are accepted by the SIRO or by whom the rules of the day name, in their unit, as high as they say."""

import pytest

from governance.people.models import Role
from governance.people.waiting import all_waiting
from risks.models import Acceptance
from risks.services.acceptance import AcceptanceError, ask, before
from tests.cast import known, play, signed_in
from tests.factories import RiskFactory
from tests.risks.factories import in_force, score
from tests.risks.factories_acceptance import ACCEPTED, NEXT_SPRING, REFUSED, accept
from tests.risks.factories_rules import rules_in_force
from tests.risks.refused import refused_by

pytestmark = pytest.mark.django_db
WITHIN, ABOVE, BEYOND = (2, 2), (3, 4), (5, 5)


@pytest.fixture
def risk():
    in_force()
    return RiskFactory()


@pytest.fixture
def manager(risk):
    """The service manager of the unit of the risk."""
    return play("manager", Role.SERVICE_MANAGER, risk.unit)


def row(risk, by, **facts):
    """Written past the service, as another program might."""
    facts = {"answer": ACCEPTED, "until": NEXT_SPRING, "reason": "x", **facts}
    return Acceptance.objects.create(
        risk=risk, recorded_by=by, recorded_as="x", **{**before(risk).as_columns(), **facts}
    )


class TestHowHigh:
    def test_whom_the_rules_name_accepts_as_high_as_they_say(self, risk, manager, ig_officer):
        rules_in_force(accept_within=Role.SERVICE_MANAGER)
        score(risk, *WITHIN, by=ig_officer)
        assert accept(risk, manager).recorded_as == "Manager"

    @pytest.mark.parametrize("place", [ABOVE, BEYOND])
    def test_and_no_higher_through_no_door(self, risk, manager, ig_officer, place):
        rules_in_force(accept_within=Role.SERVICE_MANAGER)
        score(risk, *place, by=ig_officer)
        with pytest.raises(AcceptanceError, match="somebody else to answer"):
            accept(risk, manager)
        for facts in ({}, {"answer": REFUSED, "until": None}):
            with refused_by("acceptance_is_given_by_whom_the_rules_name"):
                row(risk, manager, **facts)

    def test_above_tolerance_the_siro_alone(self, risk, manager, siro, ig_officer):
        rules_in_force(accept_within=Role.SERVICE_MANAGER, accept_above=Role.SERVICE_MANAGER)
        score(risk, *BEYOND, by=ig_officer)
        assert not manager.has_perm("risks.accept_risk", risk)
        with refused_by("acceptance_is_given_by_whom_the_rules_name"):
            row(risk, manager)
        assert accept(risk, siro).pk

    def test_above_appetite_where_the_rules_say_so(self, risk, manager, ig_officer):
        rules_in_force(accept_above=Role.SERVICE_MANAGER)
        score(risk, *ABOVE, by=ig_officer)
        assert accept(risk, manager).pk
        lower = RiskFactory(owner=risk.owner)
        score(lower, *WITHIN, by=ig_officer)
        assert not manager.has_perm("risks.accept_risk", lower)  # nobody is named there

    def test_without_rules_the_siro_alone(self, risk, manager, ig_officer, siro):
        score(risk, *WITHIN, by=ig_officer)
        with refused_by("acceptance_is_given_by_whom_the_rules_name"):
            row(risk, manager)
        assert row(risk, siro).pk


class TestWhere:
    def test_for_their_own_unit_and_what_lies_below_it(self, risk, ig_officer):
        rules_in_force(accept_within=Role.SERVICE_MANAGER)
        below = RiskFactory(owner__unit__parent=risk.unit)
        above = play("head", Role.SERVICE_MANAGER, risk.unit)
        under = play("under", Role.SERVICE_MANAGER, below.unit)
        for each in (risk, below):
            score(each, *WITHIN, by=ig_officer)
        assert row(below, above).pk
        with refused_by("acceptance_is_given_by_whom_the_rules_name"):
            row(risk, under)
        assert [under.has_perm("risks.accept_risk", each) for each in (risk, below)] == [False, True]

    def test_the_page_is_open_to_them_and_hidden_from_the_manager_of_another(self, risk, manager, ig_officer):
        rules_in_force(accept_within=Role.SERVICE_MANAGER)
        score(risk, *WITHIN, by=ig_officer)
        other = play("other_manager", Role.SERVICE_MANAGER, RiskFactory().unit)
        address = f"/risks/{risk.reference}/acceptance/"
        assert signed_in(manager).get(address).status_code == 200
        assert signed_in(other).get(address).status_code == 404
        assert signed_in(ig_officer).get(address).status_code == 403

    def test_what_is_asked_waits_for_them(self, risk, manager, ig_officer):
        rules_in_force(accept_within=Role.SERVICE_MANAGER)
        score(risk, *WITHIN, by=ig_officer)
        high = RiskFactory(owner=risk.owner)
        score(high, *BEYOND, by=ig_officer)
        for each in (risk, high):
            ask(each, reason="No money", by=ig_officer)
        found = [
            each for each in all_waiting(known(manager, manager.post)) if each.kind == "acceptance_asked"
        ]
        assert [each.references for each in found] == [(risk.reference,)]


class TestOwn:
    def test_an_own_risk_is_no_less_ones_own(self, risk, ig_officer):
        rules_in_force(accept_within=Role.IAO)
        mine = RiskFactory(owner=play("iao", Role.IAO, risk.unit).post)
        person = known(mine.owner.holdings.get().person, mine.owner)
        score(mine, *WITHIN, by=ig_officer)
        assert not person.has_perm("risks.accept_risk", mine)
        with refused_by("acceptance_is_given_by_another_than_who_owns_it"):
            row(mine, person)

    def test_who_scored_it_accepts_it_as_little(self, risk, ig_officer):
        rules_in_force(accept_within=Role.IG_OFFICER)
        score(risk, *WITHIN, by=ig_officer)
        with refused_by("acceptance_is_given_by_another_than_who_owns_it"):
            row(risk, ig_officer)
        assert accept(risk, play("another", Role.IG_OFFICER)).pk
