"""Acceptances for tests, made by the service that the pages use."""

from datetime import timedelta

from governance.core.dates import today
from risks.models import Acceptance, Risk
from risks.services.acceptance import answer, before
from tests.factories import RiskFactory
from tests.risks.factories import in_force, score

NEXT_SPRING = today() + timedelta(days=120)
ACCEPTED, REFUSED = Acceptance.Answer.ACCEPTED, Acceptance.Answer.REFUSED


def accept(risk, by, **said):
    said = {"until": NEXT_SPRING, "reason": "The works begin in March", **said}
    return answer(risk, ACCEPTED, seen=before(risk).token, by=by, **said)


def scored_risk(officer):
    """A risk that is treated, of score 16, which the officer gave it."""
    in_force()
    found = RiskFactory(treatment=Risk.Treatment.TREAT)
    score(found, 4, 4, by=officer)
    return found
