"""Acceptances for tests, made by the service that the pages use."""

from datetime import timedelta

from governance.core.dates import today
from risks.models import Acceptance
from risks.services.acceptance import answer, before

NEXT_SPRING = today() + timedelta(days=120)
ACCEPTED, REFUSED = Acceptance.Answer.ACCEPTED, Acceptance.Answer.REFUSED


def accept(risk, by, **said):
    said = {"until": NEXT_SPRING, "reason": "The works begin in March", **said}
    return answer(risk, ACCEPTED, seen=before(risk).token, by=by, **said)
