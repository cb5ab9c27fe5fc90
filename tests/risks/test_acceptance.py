"""A risk is borne because somebody said so: until a day, of what they saw, and never of their own."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.db.models import F

from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from governance.history.trail import because
from risks.figures import acceptance as figures
from risks.models import (
    Acceptance,
    AcceptanceState,
    Risk,
    RiskAsset,
    RiskControl,
)
from risks.models.lists import ControlEffectiveness
from risks.services.acceptance import AcceptanceError, answer, ask, before, end
from risks.services.assessment import correct
from risks.services.state import close
from tests.factories import (
    AssetFactory,
    PostFactory,
    RiskFactory,
    UserFactory,
)
from tests.risks.factories import cell, score
from tests.risks.factories_acceptance import ACCEPTED, NEXT_SPRING, REFUSED, accept, scored_risk

pytestmark = pytest.mark.django_db


@pytest.fixture
def risk(ig_officer):
    return scored_risk(ig_officer)


def state(acceptance, moment=None):
    return Acceptance.objects.at(moment or Moment.now()).values_list("state", flat=True).get(pk=acceptance.pk)


def effectiveness(name):
    return ControlEffectiveness.objects.get_or_create(code=name.lower(), name=name)[0]


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

    @pytest.mark.parametrize(
        "change",
        [
            lambda risk, by: RiskControl.objects.filter(risk=risk).update(state="ended"),
            lambda risk, by: RiskControl.objects.filter(risk=risk).delete(),
            lambda risk, by: RiskControl.objects.create(risk=risk, title="One more"),
            lambda risk, by: RiskAsset.objects.create(risk=risk, asset=AssetFactory()),
            lambda risk, by: ask(risk, reason="No money", by=by),
        ],
        ids=["a control ended", "a control deleted", "a control more", "an asset more", "asked meanwhile"],
    )
    def test_neither_are_controls_assets_or_a_request_that_were_not_seen(
        self, risk, siro, ig_officer, change
    ):
        RiskControl.objects.create(risk=risk, title="Weekly check")
        seen = before(risk)
        change(risk, ig_officer)
        with pytest.raises(AcceptanceError, match="has changed since you opened this page"):
            answer(risk, ACCEPTED, seen=seen.token, until=NEXT_SPRING, reason="As before", by=siro)
        assert not Acceptance.objects.exists()
        assert accept(risk, siro).request == risk.acceptance_requests.first()

    def test_what_is_not_scored_or_not_open_has_nothing_to_accept(self, risk):
        with pytest.raises(AcceptanceError, match="no current score"):
            before(RiskFactory())
        close(risk, reason="The system is gone")
        risk.refresh_from_db()
        with pytest.raises(AcceptanceError, match="is closed"):
            before(risk)


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
            lambda risk: RiskControl.objects.filter(risk=risk).update(state="planned", planned_for=today()),
            lambda risk: RiskControl.objects.filter(risk=risk).update(effectiveness=effectiveness("None")),
            lambda risk: RiskControl.objects.filter(risk=risk).delete(),
            lambda risk: score(risk, 3, 4, on=today()),
            lambda risk: correct(risk.assessments.get(), void=True, reason="Of another", by=UserFactory()),
            lambda risk: correct(
                risk.assessments.get(), cell=cell(5, 5), reason="Mistyped", by=UserFactory()
            ),
        ],
        ids=[
            "treatment",
            "owner",
            "harm",
            "asset",
            "another asset",
            "a control ended",
            "a control only planned",
            "a control judged otherwise",
            "a control deleted",
            "score",
            "a score that never was",
            "a score corrected",
        ],
    )
    def test_a_material_change_suspends_it(self, risk, siro, change):
        RiskControl.objects.create(risk=risk, title="Weekly check")
        made = accept(risk, siro)
        assert state(made) == AcceptanceState.STANDING
        change(risk)
        assert state(made) == AcceptanceState.SUSPENDED
        assert (count(figures.accepted), count(figures.suspended)) == (0, 1)

    @pytest.mark.parametrize(
        "change",
        [
            lambda risk: RiskControl.objects.filter(state="ended").update(title="In clearer words"),
            lambda risk: RiskControl.objects.filter(state="ended").delete(),
            lambda risk: RiskControl.objects.filter(state="existing").update(title="In clearer words"),
            lambda risk: RiskControl.objects.filter(state="planned").update(
                state="existing", planned_for=None
            ),
            lambda risk: RiskControl.objects.create(risk=risk, title="One more"),
            lambda risk: score(risk, 2, 2, on=date(2018, 5, 1)),
            lambda risk: correct(
                risk.assessments.earliest("effective_on"), void=True, reason="Not so", by=UserFactory()
            ),
        ],
        ids=[
            "words of what had ended",
            "what had ended, deleted",
            "words of a control",
            "what was planned is in place",
            "another control",
            "a score of an earlier day",
            "an earlier score that never was",
        ],
    )
    def test_what_the_risk_does_not_rest_on_does_not_touch_it(self, risk, siro, change):
        score(risk, 1, 2, on=date(2017, 5, 1))
        for known, day in (("existing", None), ("ended", None), ("planned", today())):
            RiskControl.objects.create(risk=risk, title=known, state=known, planned_for=day)
        made = accept(risk, siro)
        change(risk)
        assert state(made) == AcceptanceState.STANDING

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

    def test_a_refusal_takes_the_place_of_what_stands_is_suspended_or_has_run_out(self, risk, siro):
        standing = accept(risk, siro)
        answer(risk, REFUSED, seen=before(risk).token, reason="No longer", by=siro)
        assert state(standing) == AcceptanceState.REPLACED
        again = accept(risk, siro)
        Risk.objects.filter(pk=risk.pk).update(treatment="tolerate")
        assert state(again) == AcceptanceState.SUSPENDED
        answer(risk, REFUSED, seen=before(risk).token, reason="Not like this", by=siro)
        after = Moment.of(NEXT_SPRING + timedelta(days=1))
        assert {state(again), state(again, after)} == {AcceptanceState.REPLACED}
        assert (count(figures.suspended), figures.expired.value(after, Scope())) == (0, 0)

    def test_what_has_run_out_can_be_ended_too(self, risk, siro):
        made = accept(risk, siro, until=today())
        tomorrow = datetime.combine(today() + timedelta(days=1), time(12), tzinfo=UTC)
        with time_machine.travel(tomorrow, tick=False):
            assert state(made) == AcceptanceState.EXPIRED
            end(made, reason="It is within what we bear", by=siro)
            assert state(made) == AcceptanceState.ENDED

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
