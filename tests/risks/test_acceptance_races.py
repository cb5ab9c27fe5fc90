"""Where two answer at once, or somebody changes what is answered about, one of both comes first."""

from datetime import timedelta

import pytest

from governance.core.dates import today
from governance.people.models import Role
from risks.models import Acceptance, AcceptanceEnd, AcceptanceRequest, RiskControl
from risks.services.acceptance import before
from tests.cast import signed_in
from tests.factories import PostHoldingFactory, RoleAssignmentFactory
from tests.people.test_races import at_once, clicked
from tests.risks.factories_acceptance import accept, scored_risk

pytestmark = pytest.mark.django_db(transaction=True)
UNTIL = today() + timedelta(days=90)


@pytest.fixture
def risk(ig_officer):
    return scored_risk(ig_officer)


def said(risk):
    day = {f"until_{part}": getattr(UNTIL, part) for part in ("day", "month", "year")}
    return {"answer": "accepted", "reason": "Works begin", "seen": before(risk).token, **day}


def test_of_four_who_ask_at_once_one_does_and_the_others_read_who_waits(risk, ig_officer):
    way = f"{risk.get_absolute_url()}acceptance/ask/"
    assert clicked(ig_officer, way, {"reason": "No money"}) == {302: 1, 200: 3}
    assert AcceptanceRequest.objects.count() == 1


def test_of_two_who_answer_one_request_at_once_the_slower_reads_the_answer(risk, siro, ig_officer):
    signed_in(ig_officer).post(f"{risk.get_absolute_url()}acceptance/ask/", {"reason": "No money"})
    other = PostHoldingFactory(post=RoleAssignmentFactory(role=Role.SIRO).post).person
    way = f"{risk.get_absolute_url()}acceptance/"
    sent = [(signed_in(person), way, said(risk)) for person in (siro, other)]
    assert at_once(sent) == {302: 1, 200: 1}
    assert Acceptance.objects.count() == 1


def test_who_ends_a_control_while_another_accepts_is_never_beside_the_answer(risk, siro, ig_officer):
    """Either the answer was not given, since the control had ended, or that came after, and suspends it."""
    control = RiskControl.objects.create(risk=risk, title="Locked cabinets")
    ended = {
        "title": control.title, "state": "ended", "effectiveness": "", "change_reason": "x",
        "seen_version": control.standing_version(),
    }  # fmt: skip
    change = f"{risk.get_absolute_url()}controls/{control.pk}/"
    answer = (signed_in(siro), f"{risk.get_absolute_url()}acceptance/", said(risk))
    at_once([answer, (signed_in(ig_officer), change, ended)])
    control.refresh_from_db()
    assert control.state == "ended"
    made = Acceptance.objects.first()
    assert made is None or made.controls_seen < RiskControl.history.latest("history_id").history_id


def test_of_four_who_take_an_acceptance_back_at_once_one_does(risk, siro):
    accept(risk, siro)
    happened = clicked(siro, f"{risk.get_absolute_url()}acceptance/end/", {"reason": "No works"})
    assert happened[302] == 1
    assert set(happened) <= {200, 302, 404}
    assert AcceptanceEnd.objects.count() == 1
