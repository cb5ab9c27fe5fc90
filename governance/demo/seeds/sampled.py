"""What internal audit had drawn by lot of the actions said to be complete when the auditor came back."""

from __future__ import annotations

from datetime import date

from actions.models import Audit
from actions.services.samples import draw
from governance.people.models import User

SEED = 20170314  # the first day of the visit, as the auditor named it


def enter(by: User) -> None:
    """Ten of those completed by the plan that the auditor was given."""
    audit = Audit.objects.get(code="ico-2015")
    draw(audit, figure="actions.completed", as_at=date(2017, 2, 20), size=10, by=by, seed=SEED)
