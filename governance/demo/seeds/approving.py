"""What Northmere's board approved of the road map, what it sent back, and what the auditor verified; and what
the SIRO approved of the plan that answers the data protection audit."""

from __future__ import annotations

from actions.models import Action, ActionPlan, ActionReplacement, Completion, Status
from actions.services.completions import Found, approve, refuse, verify
from governance.core.dates import today
from governance.demo.seeds.processing import holder
from governance.history.trail import because, signed
from governance.people.models import Post, Role, User

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
# Of the plan that answers the audit, by the SIRO: what was approved, and what it rests on.
ANSWERING, APPROVER = "ico-2015", "ed-resources"
BY_THE_SIRO = (
    ("ICO-003", "The list of owners with the days of their briefings"),
    ("ICO-005", "The role profile as it was issued to the owners"),
    ("ICO-010", "The policy as it was issued again"),
)
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
    approve_as_siro()


def approve_as_siro() -> None:
    """What the SIRO has looked at so far of what was reported as completed."""
    siro, post = holder(Role.SIRO), Post.objects.filter(code=APPROVER).first()
    plan = ActionPlan.objects.filter(code=ANSWERING).first()
    if siro is None or post is None or plan is None:
        return
    plan.approver = post
    with because("The SIRO approves what answers the audit"):
        plan.save()
    done = {each.reference: each for each in Action.objects.filter(plan=plan).select_related("plan")}
    with signed(siro, reason="Looked at what was reported"):
        for reference, basis in BY_THE_SIRO:
            approve(done[reference], Found(today(), basis), by=siro)


def send_back(action: Action, by: User, officer: User) -> None:
    """A claim that the board did not approve."""
    action.report(Status.AWAITING_APPROVAL, effective_on=today(), by=by, evidence=SAID)
    refuse(action, Found(today(), MISSING, DECISION), by=officer)
