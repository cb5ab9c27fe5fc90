"""Whom the rules name does not overrule the SIRO: what they refused, accepted or took back stays theirs."""

from datetime import timedelta

import psycopg
import pytest
import time_machine

from governance.core.dates import today
from governance.people.models import Role
from governance.people.waiting import all_waiting
from risks.models import Acceptance, AcceptanceEnd
from risks.services.acceptance import AcceptanceError, answer, ask, before, end
from tests.cast import known, play, signed_in
from tests.factories import RiskFactory
from tests.risks.factories import in_force, score
from tests.risks.factories_acceptance import ACCEPTED, NEXT_SPRING, REFUSED, accept
from tests.risks.factories_rules import rules_in_force
from tests.risks.refused import refused_by

pytestmark = pytest.mark.django_db
LAST_WORD = "acceptance_leaves_the_last_word_to_the_siro"


@pytest.fixture
def risk(ig_officer):
    """Above appetite, where the rules name the service manager."""
    in_force()
    rules_in_force(accept_above=Role.SERVICE_MANAGER)
    found = RiskFactory()
    score(found, 3, 4, by=ig_officer)
    return found


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


def as_the_owner(connection, made, **written):
    """Written over an answer past every guard, which the application cannot."""
    ((column, value),) = written.items()
    with connection.transaction():
        connection.execute("SELECT set_config('app.redacting', 'on', true)")
        connection.execute(f"UPDATE risks_acceptance SET {column} = %s WHERE id = %s", [value, made.pk])


def refuse(risk, by):
    return answer(risk, REFUSED, seen=before(risk).token, reason="Too dear", by=by)


def accepted_with_conditions(risk, siro):
    accept(risk, siro, until=today() + timedelta(days=30), conditions="Encrypt by March")


def took_back(risk, siro):
    end(accept(risk, siro), reason="No works", by=siro)


def took_back_the_managers(risk, siro):
    manager = play("deputy", Role.SERVICE_MANAGER, risk.unit)
    end(accept(risk, manager), reason="No works", by=siro)


LAST_WORDS = [refuse, accepted_with_conditions, took_back, took_back_the_managers]


@pytest.mark.parametrize("said", LAST_WORDS)
class TestThroughNoDoor:
    def test_the_permissions_are_the_siros_alone(self, risk, manager, siro, said):
        assert manager.has_perm("risks.accept_risk", risk)
        said(risk, siro)
        for name in ("risks.answer_acceptance", "risks.accept_risk"):
            assert not manager.has_perm(name, risk)
            assert siro.has_perm(name, risk)

    def test_the_page_is_closed_and_leads_nobody_there(self, risk, manager, siro, said):
        way = f"{risk.get_absolute_url()}acceptance/"
        client = signed_in(manager)
        assert way in client.get(risk.get_absolute_url()).content.decode()
        said(risk, siro)
        assert client.get(way).status_code == 403
        assert client.post(way, {"answer": "refused", "reason": "x"}).status_code == 403
        assert f'href="{way}"' not in client.get(risk.get_absolute_url()).content.decode()
        assert signed_in(siro).get(way).status_code == 200

    def test_the_service_refuses(self, risk, manager, siro, said):
        said(risk, siro)
        for answered in (accept, refuse):
            with pytest.raises(AcceptanceError, match="answered last"):
                answered(risk, manager)

    def test_the_database_refuses(self, risk, manager, siro, said):
        said(risk, siro)
        for facts in ({}, {"answer": REFUSED, "until": None}):
            with refused_by(LAST_WORD):
                row(risk, manager, **facts)
        assert row(risk, siro).pk

    def test_what_is_asked_waits_for_the_siro(self, risk, manager, siro, ig_officer, said):
        said(risk, siro)
        ask(risk, reason="No money", by=ig_officer)
        kinds = {
            person.pk: [each.kind for each in all_waiting(known(person, person.post))]
            for person in (manager, siro)
        }
        assert "acceptance_asked" in kinds[siro.pk]
        assert "acceptance_asked" not in kinds[manager.pk]


class TestWhatIsLeftToThem:
    @pytest.mark.parametrize("first", [accept, refuse])
    def test_they_answer_again_what_they_answered(self, risk, manager, first):
        first(risk, manager)
        assert accept(risk, manager).given_as == Role.SERVICE_MANAGER

    def test_the_siro_answers_after_them(self, risk, manager, siro):
        accept(risk, manager)
        assert refuse(risk, siro).given_as == Role.SIRO

    def test_they_answer_after_the_day_of_the_siros_and_not_on_it(self, risk, manager, siro):
        made = accept(risk, siro, until=today() + timedelta(days=3))
        with time_machine.travel(made.until, tick=False):
            assert not manager.has_perm("risks.accept_risk", risk)
        with time_machine.travel(made.until + timedelta(days=1), tick=False):
            assert manager.has_perm("risks.accept_risk", risk)

    def test_the_database_lets_them_from_the_day_after(self, risk, manager, siro, owner_connection):
        made = accept(risk, siro, until=today())
        with refused_by(LAST_WORD):
            row(risk, manager)
        as_the_owner(owner_connection, made, until=today() - timedelta(days=1))
        assert row(risk, manager).given_as == Role.SERVICE_MANAGER

    def test_what_the_siro_said_of_another_risk_binds_nobody(self, risk, manager, siro, ig_officer):
        other = RiskFactory(owner=risk.owner)
        score(other, 3, 4, by=ig_officer)
        refuse(other, siro)
        assert accept(risk, manager).pk

    def test_an_earlier_word_of_the_siro_binds_nobody(self, risk, manager, siro, owner_connection):
        refuse(risk, siro)
        made = accept(risk, siro, until=today())
        as_the_owner(owner_connection, made, until=today() - timedelta(days=1))
        assert accept(risk, manager).pk


class TestInWhichRole:
    def test_the_database_says_it_whatever_is_written(self, risk, manager, siro):
        assert row(risk, manager, given_as=Role.SIRO).pk
        assert Acceptance.objects.get().given_as == Role.SERVICE_MANAGER
        row(risk, siro, given_as=Role.SERVICE_MANAGER)
        assert Acceptance.objects.latest("pk").given_as == Role.SIRO

    def test_it_is_one_that_answers(self, risk, manager, owner_connection):
        made = accept(risk, manager)
        with pytest.raises(psycopg.errors.CheckViolation, match="acceptance_is_given_in_a_known_role"):
            as_the_owner(owner_connection, made, given_as="author")

    def test_an_answer_keeps_it_when_who_gave_it_is_the_siro_no_more(self, risk, manager, siro):
        refuse(risk, siro)
        siro.holdings.update(from_on=today() - timedelta(days=9), until_on=today() - timedelta(days=1))
        assert not manager.has_perm("risks.accept_risk", risk)
        with refused_by(LAST_WORD):
            row(risk, manager)


class TestTwoWhoAnswer:
    def test_what_was_answered_meanwhile_is_read_first(self, risk, manager, siro):
        seen = before(risk).token
        accept(risk, manager)
        with pytest.raises(AcceptanceError, match="what was answered has changed since you opened this page"):
            answer(risk, REFUSED, seen=seen, reason="Too dear", by=siro)
        assert Acceptance.objects.count() == 1

    def test_the_risk_says_to_whom_the_rules_leave_nothing_why(self, risk, manager, siro):
        said = "only they answer again"
        assert said not in signed_in(manager).get(risk.get_absolute_url()).content.decode()
        refuse(risk, siro)
        assert said in signed_in(manager).get(risk.get_absolute_url()).content.decode()
        assert said not in signed_in(siro).get(risk.get_absolute_url()).content.decode()

    def test_ended_by_nobody_nothing_is_taken_back(self, risk, manager):
        accept(risk, manager)
        assert not AcceptanceEnd.objects.exists()
        assert manager.has_perm("risks.answer_acceptance", risk)


class TestTheirOwn:
    def test_who_accepted_takes_their_own_back_and_answers_again(self, risk, manager):
        made = accept(risk, manager)
        assert manager.has_perm("risks.end_acceptance", risk)
        page = signed_in(manager).get(risk.get_absolute_url()).content.decode()
        assert "Take the acceptance back" in page
        address = f"{risk.get_absolute_url()}acceptance/end/"
        assert signed_in(manager).post(address, {"reason": "It grew"}).status_code == 302
        assert made.end.recorded_as == manager.post.title
        assert manager.has_perm("risks.accept_risk", risk)
        assert accept(risk, manager).pk
        page = signed_in(manager).get(risk.get_absolute_url()).content.decode()
        assert "only they answer again" not in page

    def test_not_what_somebody_else_gave_or_a_refusal_of_theirs(self, risk, manager, siro):
        deputy = play("deputy", Role.SERVICE_MANAGER, risk.unit)
        accept(risk, deputy)
        assert not manager.has_perm("risks.end_acceptance", risk)
        assert signed_in(manager).get(f"{risk.get_absolute_url()}acceptance/end/").status_code == 403
        refuse(risk, manager)
        assert not manager.has_perm("risks.end_acceptance", risk)
        assert siro.has_perm("risks.end_acceptance", risk)

    def test_not_once_the_siro_has_answered(self, risk, manager, siro):
        accept(risk, manager)
        accept(risk, siro)
        assert not manager.has_perm("risks.end_acceptance", risk)

    def test_what_the_siro_took_back_of_their_own_stays_their_last_word(self, risk, manager, siro):
        took_back(risk, siro)
        with refused_by(LAST_WORD):
            row(risk, manager)

    def test_the_database_lets_them_answer_again_as_well(self, risk, manager):
        end(accept(risk, manager), reason="It grew", by=manager)
        assert row(risk, manager).given_as == Role.SERVICE_MANAGER
