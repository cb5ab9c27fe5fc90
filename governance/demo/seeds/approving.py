"""What Northmere's board approved of the road map, what it sent back, and what the auditor verified."""

from __future__ import annotations

from actions.models import Action, ActionPlan, ActionReplacement, Completion, Status
from actions.services.completions import Found, approve, refuse, verify
from governance.core.dates import today
from governance.demo.seeds.processing import holder
from governance.history.trail import because
from governance.people.models import Role, User

PLAN, BODY = "ifc-2016", "Information Management Strategy Group"
DECISION = f"{BODY}, item 5"
# What was approved, and what it rests on; the first of them the auditor has looked at since.
APPROVED = (
    ("IFC-12", "The rules as published, and the list of team sites opened under them"),
    ("IFC-09", "The standard with its list of records that stay on paper"),
    ("IFC-04", "The list of champions, one for each directorate"),
)
SEEN = "Ten team sites opened since were looked at: all follow the rules"
CLAIMED, SAID = "IFC-18", "Fields agreed between the three largest systems"
MISSING = "The agreement of the owner of the third system is missing: bring it to the next meeting"
WITHDRAWN, INSTEAD = "IFC-13", "IFC-12"


def enter(by: User) -> None:
    """By the committee officer, who records what the board decides, and by the internal auditor."""
    officer, auditor = holder(Role.COMMITTEE_OFFICER), holder(Role.INTERNAL_AUDITOR)
    plan = ActionPlan.objects.filter(code=PLAN).first()
    if plan is None or officer is None or auditor is None or Completion.objects.exists():
        return
    plan.approving_body = BODY
    with because("The board approves what the road map has done"):
        plan.save()
    actions = {each.reference: each for each in Action.objects.filter(plan=plan).select_related("plan")}
    for reference, basis in APPROVED:
        approve(actions[reference], Found(today(), basis, DECISION), by=officer)
    verify(actions[APPROVED[0][0]], Found(today(), SEEN), by=auditor)
    send_back(actions[CLAIMED], by, officer)
    with because(f"Said what takes the place of {WITHDRAWN}"):
        ActionReplacement.objects.create(action=actions[WITHDRAWN], replacement=actions[INSTEAD])


def send_back(action: Action, by: User, officer: User) -> None:
    """A claim that the board did not approve."""
    action.report(Status.AWAITING_APPROVAL, effective_on=today(), by=by, evidence=SAID)
    refuse(action, Found(today(), MISSING, DECISION), by=officer)
