"""What the database keeps of an acceptance by every door: never of an own risk, and as it was seen."""

from datetime import date, timedelta

import pytest
from django.db import connection

from governance.core.dates import today
from governance.history.trail import signed
from governance.people.models import Role
from risks.models import Acceptance, AcceptanceEnd, AcceptanceRequest, Risk, RiskAsset, RiskControl
from risks.services.acceptance import AcceptanceError, ask, before
from tests.factories import (
    AssetFactory,
    PostFactory,
    PostHoldingFactory,
    RiskFactory,
    RoleAssignmentFactory,
    UserFactory,
)
from tests.risks.factories import in_force, score
from tests.risks.factories_acceptance import ACCEPTED, NEXT_SPRING, REFUSED, accept, scored_risk
from tests.risks.refused import refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def risk(ig_officer):
    return scored_risk(ig_officer)


def owned(siro, officer):
    risk = RiskFactory(owner_id=siro.posts()[0])
    score(risk, 4, 4, by=officer)
    return risk, {}


def given_away(siro, officer):
    risk, _ = owned(siro, officer)
    Risk.objects.filter(pk=risk.pk).update(owner=PostFactory())
    risk.refresh_from_db()
    return risk, {}


def raised(siro, officer):
    with signed(siro):
        risk = RiskFactory()
    score(risk, 4, 4, by=officer)
    return risk, {}


def scored(siro, officer):
    risk = RiskFactory()
    score(risk, 4, 4, by=siro)
    return risk, {}


def asked_for(siro, officer):
    risk = RiskFactory()
    score(risk, 4, 4, by=officer)
    return risk, {"request": ask(risk, reason="Mine", by=siro)}


OWN = [owned, given_away, raised, scored, asked_for]


def another_siro():
    return PostHoldingFactory(post=RoleAssignmentFactory(role=Role.SIRO).post).person


class TestOwnRisks:
    def test_who_owns_it_scored_it_raised_it_or_asked_does_not_accept_it(self, risk, siro, ig_officer):
        theirs = RiskFactory(owner_id=siro.posts()[0])
        score(theirs, 4, 4, by=ig_officer)
        scored = RiskFactory()
        score(scored, 4, 4, by=siro)
        asked = RiskFactory()
        score(asked, 4, 4, by=ig_officer)
        ask(asked, reason="Mine", by=siro)
        for own in (theirs, scored, asked):
            with pytest.raises(AcceptanceError, match="a risk of their own"):
                accept(own, siro)
        assert accept(risk, siro)

    @pytest.mark.parametrize("own", OWN, ids=["owned", "given away", "raised", "scored", "asked"])
    def test_the_database_refuses_it_through_every_other_door(self, own, ig_officer, siro):
        in_force()
        mine, facts = own(siro, ig_officer)
        with pytest.raises(AcceptanceError, match="a risk of their own"):
            accept(mine, siro)
        with refused_by("acceptance_is_given_by_another_than_who_owns_it"):
            row(mine, siro, **facts)
        other = another_siro()
        assert row(mine, other, **facts).pk

    def test_a_risk_scored_by_another_since_it_was_given_away_is_no_longer_ones_own(self, ig_officer, siro):
        in_force()
        mine, _ = given_away(siro, ig_officer)
        score(mine, 4, 4, by=ig_officer, on=today())
        assert accept(mine, siro).pk

    def test_who_left_the_post_before_the_score_did_not_own_it(self, risk, siro):
        left = today() - timedelta(days=2)
        PostHoldingFactory(person=siro, post=risk.owner, until_on=left)
        assert accept(risk, siro).pk

    def test_who_left_the_post_since_the_score_did(self, risk, siro):
        PostHoldingFactory(person=siro, post=risk.owner, until_on=today())
        siro = type(siro).objects.get(pk=siro.pk)
        with pytest.raises(AcceptanceError, match="a risk of their own"):
            accept(risk, siro)

    def test_to_refuse_an_own_risk_is_not_to_accept_it(self, ig_officer, siro):
        in_force()
        mine = RiskFactory(owner_id=siro.posts()[0])
        score(mine, 4, 4, by=ig_officer)
        assert row(mine, siro, answer=REFUSED, until=None).pk

    def test_others_than_the_siro_accept_nothing(self, risk, auditor):
        with pytest.raises(AcceptanceError, match="The rules name somebody else"):
            accept(risk, auditor)


def row(risk, by, **facts):
    """A row written past the service, as another program might."""
    found = before(risk)
    facts = {"answer": ACCEPTED, "until": NEXT_SPRING, "reason": "x", **facts}
    facts = {**found.as_columns(), **facts}
    return Acceptance.objects.create(risk=risk, recorded_by=by, recorded_as="SIRO", **facts)


class TestTheDatabaseKeeps:
    @pytest.mark.parametrize(
        ("facts", "rule"),
        [
            ({"answer": "perhaps", "until": None}, "acceptance_answer_is_known"),
            ({"until": None}, "acceptance_has_an_end_and_a_refusal_none"),
            ({"answer": REFUSED}, "acceptance_has_an_end_and_a_refusal_none"),
            ({"reason": ""}, "acceptance_gives_a_reason"),
            ({"until": date(2020, 1, 1)}, "acceptance_is_until_a_day_to_come"),
            ({"until": today() + timedelta(days=367)}, "acceptance_is_for_a_year_at_most"),
            ({"risk_version": 1}, "acceptance_is_about_what_stands"),
            ({"controls_seen": 1}, "acceptance_is_about_controls_and_assets_that_stand"),
            ({"assets_seen": 1}, "acceptance_is_about_controls_and_assets_that_stand"),
        ],
    )
    def test_each_rule_of_an_answer(self, risk, siro, facts, rule):
        with refused_by(rule):
            row(risk, siro, **facts)

    def test_the_score_and_the_request_are_of_that_risk(self, risk, ig_officer):
        other = RiskFactory()
        theirs = score(other, 2, 2)
        with refused_by("acceptance_is_about_what_stands"):
            row(risk, UserFactory(), assessment=theirs)
        with refused_by("acceptance_answers_a_request_about_its_risk"):
            row(risk, UserFactory(), request=ask(other, reason="Other", by=ig_officer))

    def test_one_request_waits_at_a_time(self, risk, ig_officer, siro):
        facts = {"risk": risk, "reason": "No money", "recorded_by": ig_officer, "recorded_as": "IG"}
        first = AcceptanceRequest.objects.create(**facts)
        with refused_by("acceptance_is_asked_for_once_at_a_time"):
            AcceptanceRequest.objects.create(**facts)
        assert accept(risk, siro).request == first
        assert AcceptanceRequest.objects.create(**facts).pk

    def test_what_was_refused_is_not_taken_back(self, risk, siro):
        made = row(risk, siro, answer=REFUSED, until=None)
        with refused_by("acceptance_end_is_of_what_was_accepted"):
            AcceptanceEnd.objects.create(acceptance=made, reason="x", recorded_by=siro, recorded_as="SIRO")

    @pytest.mark.parametrize("name", ["risks_riskcontrol", "risks_riskasset"])
    def test_who_changes_controls_or_assets_holds_the_risk_as_who_answers_does(self, name):
        risk = RiskFactory()
        made = {
            "risks_riskcontrol": lambda: RiskControl.objects.create(risk=risk, title="Weekly check"),
            "risks_riskasset": lambda: RiskAsset.objects.create(risk=risk, asset=AssetFactory()),
        }[name]
        assert not held(risk)
        made()
        assert held(risk)


def held(risk):
    """Did this transaction lock the row, as an answer does? (The row's xmax says by whom.)"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmax::text::bigint > 0 FROM risks_risk WHERE id = %s", [risk.pk])
        return cursor.fetchone()[0]
