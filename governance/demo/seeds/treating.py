"""What Northmere does against its risks: actions linked to them, and a score that was put right."""

from __future__ import annotations

from actions.models import Action, ActionRisk
from governance.history.trail import because
from governance.people.models import User
from risks.models import Assessment, Risk
from risks.services.assessment import correct

# A risk, and the actions that treat it.
TREATED = (
    ("IR-0001", ("ICO-021", "ICO-024")),
    ("IR-0003", ("ICO-032",)),
    ("IR-0005", ("ICO-056", "ICO-059")),
    ("IR-0018", ("ICO-022",)),
    ("IR-0022", ("ICO-031",)),
)
CORRECTED = "IR-0025"
WHY = "The impact was entered one step too high: no personal data is concerned"


def enter(by: User) -> None:
    """Links as the officer makes them on the pages of actions, and one correction."""
    if ActionRisk.objects.exists():
        return
    actions = {each.reference: each for each in Action.objects.all()}
    risks = {each.reference: each for each in Risk.objects.filter(state=Risk.State.OPEN)}
    for reference, treating in TREATED:
        for action in (actions[each] for each in treating if reference in risks and each in actions):
            with because(f"Treated by {action.reference}"):
                ActionRisk.objects.create(action=action, risk=risks[reference])
    wrong = Assessment.objects.filter(
        risk__reference=CORRECTED, kind=Assessment.Kind.INHERENT, risk__state=Risk.State.OPEN
    ).order_by("pk")
    if first := wrong.select_related("cell__matrix").first():
        lower = first.cell.matrix.cells.get(likelihood=first.cell.likelihood, impact=first.cell.impact - 1)
        correct(first, cell=lower, reason=WHY, by=by)
