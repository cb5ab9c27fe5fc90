"""What Northmere was assured of its action plan: in which words, where, and by when."""

from __future__ import annotations

from datetime import date

from actions.models import ActionPlan, Assurance
from governance.demo.plans import NOON, known_at
from governance.history.trail import because
from governance.people.models import User

PLAN = "ico-2015"
COMMITTEE = "Audit and Procurement Committee, progress report of"
# Words, where, when, and the last day on which each would have been kept: before the visit then planned.
GIVEN = (
    (
        "All actions will be complete well before the auditors’ return visit.",
        f"{COMMITTEE} 25 July 2016",
        date(2016, 7, 25),
        date(2016, 12, 31),
    ),
    (
        "All remaining actions are expected to be complete significantly in advance of the auditors’ return "
        "visit in March 2017.",
        f"{COMMITTEE} 24 October 2016",
        date(2016, 10, 24),
        date(2017, 2, 28),
    ),
)


def enter(by: User) -> None:
    """Both, known since the day of the paper in which each stands."""
    plan = ActionPlan.objects.filter(code=PLAN).first()
    if plan is None or plan.assurances.exists():
        return
    with because("Assurance recorded"):
        for n, (text, where, given_on, due_on) in enumerate(GIVEN):
            said = {"text": text, "given_where": where, "given_on": given_on, "due_on": due_on}
            known = known_at(given_on, NOON, n)
            Assurance.objects.create(plan=plan, known_at=known, source_document=where, **said)
