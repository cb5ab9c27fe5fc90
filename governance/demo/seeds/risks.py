"""Northmere scores its risks under the matrix of 5 by 5 that is shipped, and lets them rise by rules."""

from __future__ import annotations

from datetime import date

from governance.core.dates import today
from governance.people.models import User
from risks.models import EscalationRules, RiskMatrix
from risks.representations.definition import shipped
from risks.services import rules
from risks.services.matrix import adopt, begin

FROM_ON = date(2016, 4, 1)
DECISION = "Cabinet Member for Policy and Leadership, Information Risk Policy"


def enter(by: User) -> None:
    """The first version of the matrix, in force since the policy; rules of escalation, from today on."""
    if not RiskMatrix.objects.exists():
        adopt(begin(shipped()["five_by_five"]), from_on=FROM_ON, reason=DECISION)
    if not EscalationRules.objects.exists():
        rules.adopt(rules.begin(source="Information Risk Policy"), from_on=today(), reason=DECISION)
