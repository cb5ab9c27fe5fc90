"""A risk is borne because somebody said so: until a day, of what they saw, and never of their own."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from governance.history.trail import because
from risks.figures import acceptance as figures
from risks.models import Acceptance, AcceptanceState, Risk, RiskAsset, RiskControl
from risks.services.acceptance import AcceptanceError, answer, ask, before, end
from risks.services.state import close
from tests.factories import AssetFactory, PostFactory, RiskFactory, UserFactory
from tests.risks.factories import in_force, score

pytestmark = pytest.mark.django_db
NEXT_SPRING = today() + timedelta(days=120)
ACCEPTED, REFUSED = Acceptance.Answer.ACCEPTED, Acceptance.Answer.REFUSED


@pytest.fixture
def risk(ig_officer):
    in_force()
    found = RiskFactory(treatment=Risk.Treatment.TREAT)
    score(found, 4, 4, by=ig_officer)
    return found


def accept(risk, by, **said):
    said = {"until": NEXT_SPRING, "reason": "The works begin in March", **said}
    return answer(risk, ACCEPTED, seen=before(risk).token, by=by, **said)


def state(acceptance, moment=None):
    return Acceptance.objects.at(moment or Moment.now()).values_list("state", flat=True).get(pk=acceptance.pk)


def count(figure):
    return figure.value(Moment.now(), Scope())


class TestAnswering:
    def test_the_siro_accepts_until_a_day_with_conditions(self, risk, siro):
        made = accept(risk, siro, conditions="Report the backlog each month")
        made.refresh_from_db()
        assert state(made) == AcceptanceState.STANDING
        assert made.risk_version == risk.standing_version()
        assert (made.assessment.score, made.recorded_as) == (16, siro.post_title)
        assert count(figures.accepted) == 1

    def test_a_request_waits_until_it_is_answered(self, risk, siro, ig_officer):
        ask(risk, reason="There is no money for it this year", by=ig_officer)
        assert count(figures.asked) == 1
        made = answer(risk, REFUSED, seen=before(risk).token, reason="Ask again with a price", by=siro)
        assert made.request.reason.startswith("There is no money")
        assert (count(figures.asked), count(figures.accepted), state(made)) == (0, 0, AcceptanceState.REFUSED)

    def test_nobody_asks_twice_at_once(self, risk, ig_officer):
        ask(risk, reason="No money", by=ig_officer)
        with pytest.raises(AcceptanceError, match="asked for it on"):
            ask(risk, reason="No money", by=ig_officer)

    @pytest.mark.parametrize(
        ("until", "words"),
        [
            (None, "Enter the day until"),
            (today() - timedelta(days=1), "must not be past"),
            (today() + timedelta(days=400), "a year at most"),
        ],
    )
    def test_an_acceptance_ends_on_a_day_within_a_year(self, risk, siro, until, words):
        with pytest.raises(AcceptanceError, match=words) as refused:
            accept(risk, siro, until=until)
        assert refused.value.field == "until"

    def test_only_what_was_seen_is_answered(self, risk, siro, ig_officer):
        seen = before(risk).token
        score(risk, 5, 5, by=ig_officer, on=today())
        with pytest.raises(AcceptanceError, match="has changed since you opened this page"):
            answer(risk, ACCEPTED, seen=seen, until=NEXT_SPRING, reason="As before", by=siro)
        assert not Acceptance.objects.exists()

    def test_what_is_not_scored_or_not_open_has_nothing_to_accept(self, risk):
        with pytest.raises(AcceptanceError, match="no current score"):
            before(RiskFactory())
        close(risk, reason="The system is gone")
        risk.refresh_from_db()
        with pytest.raises(AcceptanceError, match="is closed"):
            before(risk)


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

    def test_the_database_refuses_it_through_every_other_door(self, ig_officer, siro):
        in_force()
        mine = RiskFactory(owner_id=siro.posts()[0])
        score(mine, 4, 4, by=ig_officer)
        with refused("acceptance_is_given_by_another_than_who_owns_it"):
            row(mine, siro)

    def test_to_refuse_an_own_risk_is_not_to_accept_it(self, ig_officer, siro):
        in_force()
        mine = RiskFactory(owner_id=siro.posts()[0])
        score(mine, 4, 4, by=ig_officer)
        assert row(mine, siro, answer=REFUSED, until=None).pk

    def test_others_than_the_siro_accept_nothing(self, risk, auditor):
        with pytest.raises(AcceptanceError, match="Somebody else"):
            accept(risk, auditor)


class TestWhatBecomesOfIt:
    def test_wording_does_not_touch_it(self, risk, siro):
        made = accept(risk, siro)
        with because("Clearer words"):
            Risk.objects.filter(pk=risk.pk).update(
                title="Clearer", cause="In other words", corporate_reference="C7"
            )
        assert state(made) == AcceptanceState.STANDING

    @pytest.mark.parametrize(
        "change",
        [
            lambda risk: Risk.objects.filter(pk=risk.pk).update(treatment="tolerate"),
            lambda risk: Risk.objects.filter(pk=risk.pk).update(owner=PostFactory()),
            lambda risk: Risk.objects.filter(pk=risk.pk).update(availability=~F("availability")),
            lambda risk: Risk.objects.filter(pk=risk.pk).update(asset=AssetFactory()),
            lambda risk: RiskAsset.objects.create(risk=risk, asset=AssetFactory()),
            lambda risk: RiskControl.objects.filter(risk=risk).update(state="ended"),
            lambda risk: score(risk, 3, 4, on=today()),
        ],
        ids=["treatment", "owner", "harm", "asset", "another asset", "a control", "score"],
    )
    def test_a_material_change_suspends_it(self, risk, siro, change):
        RiskControl.objects.create(risk=risk, title="Weekly check")
        made = accept(risk, siro)
        assert state(made) == AcceptanceState.STANDING
        change(risk)
        assert state(made) == AcceptanceState.SUSPENDED
        assert (count(figures.accepted), count(figures.suspended)) == (0, 1)

    def test_changed_and_changed_back_is_still_to_be_looked_at(self, risk, siro):
        made = accept(risk, siro)
        Risk.objects.filter(pk=risk.pk).update(treatment="tolerate")
        Risk.objects.filter(pk=risk.pk).update(treatment="treat")
        assert state(made) == AcceptanceState.SUSPENDED

    def test_the_same_score_again_does_not_touch_it(self, risk, siro):
        made = accept(risk, siro)
        score(risk, 4, 4, on=today())
        assert state(made) == AcceptanceState.STANDING

    def test_its_day_ends_it_and_the_risk_is_open_again(self, risk, siro):
        made = accept(risk, siro)
        on_the_day, after = Moment.of(NEXT_SPRING), Moment.of(NEXT_SPRING + timedelta(days=1))
        assert (state(made, on_the_day), state(made, after)) == (
            AcceptanceState.STANDING,
            AcceptanceState.EXPIRED,
        )
        assert figures.expired.value(after, Scope()) == figures.due.value(on_the_day, Scope()) == 1
        assert count(figures.due) == 0

    def test_what_was_accepted_later_was_not_accepted_before(self, risk, siro):
        accept(risk, siro)
        assert figures.accepted.value(Moment.of(today() - timedelta(days=1)), Scope()) == 0

    def test_a_later_acceptance_takes_the_place_of_an_earlier_one(self, risk, siro):
        first, second = accept(risk, siro), accept(risk, siro)
        assert (state(first), state(second)) == (AcceptanceState.REPLACED, AcceptanceState.STANDING)
        assert count(figures.accepted) == 1

    def test_the_siro_takes_it_back_once(self, risk, siro):
        made = accept(risk, siro)
        end(made, reason="The works do not begin", by=siro)
        assert state(made) == AcceptanceState.ENDED
        with pytest.raises(AcceptanceError, match="no longer in force"):
            end(made, reason="Again", by=siro)

    def test_a_closed_risk_is_accepted_no_more(self, risk, siro):
        accept(risk, siro)
        close(risk, reason="The system is gone")
        assert count(figures.accepted) == 0


def row(risk, by, **facts):
    """A row written past the service, as another program might."""
    found = before(risk)
    facts = {"answer": ACCEPTED, "until": NEXT_SPRING, "reason": "x", **facts}
    facts = {"risk_version": found.version, "assessment": found.assessment, **facts}
    return Acceptance.objects.create(risk=risk, recorded_by=by, recorded_as="SIRO", **facts)


class refused:  # noqa: N801 - reads as a statement
    def __init__(self, rule):
        self.rule = rule

    def __enter__(self):
        self.caught = pytest.raises(IntegrityError)
        self.found = self.caught.__enter__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *error):
        self.atomic.__exit__(*error)
        assert self.caught.__exit__(*error)
        assert self.found.value.__cause__.diag.constraint_name == self.rule
        return True


class TestTheDatabaseKeeps:
    @pytest.mark.parametrize(
        ("facts", "rule"),
        [
            ({"answer": "perhaps", "until": None}, "acceptance_answer_is_known"),
            ({"until": None}, "acceptance_has_an_end_and_a_refusal_none"),
            ({"answer": REFUSED}, "acceptance_has_an_end_and_a_refusal_none"),
            ({"reason": ""}, "acceptance_gives_a_reason"),
            ({"until": date(2020, 1, 1)}, "acceptance_is_until_a_day_to_come"),
            ({"risk_version": 1}, "acceptance_is_about_what_stands"),
        ],
    )
    def test_each_rule_of_an_answer(self, risk, facts, rule):
        with refused(rule):
            row(risk, UserFactory(), **facts)

    def test_the_score_and_the_request_are_of_that_risk(self, risk, ig_officer):
        other = RiskFactory()
        theirs = score(other, 2, 2)
        with refused("acceptance_is_about_what_stands"):
            row(risk, UserFactory(), assessment=theirs)
        with refused("acceptance_answers_a_request_about_its_risk"):
            row(risk, UserFactory(), request=ask(other, reason="Other", by=ig_officer))
