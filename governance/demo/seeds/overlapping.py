"""What Northmere's two plans have in common: said now that they are laid beside each other."""

from __future__ import annotations

from actions.models import Action, Overlap
from actions.services.overlap import say
from governance.people.models import User

# Of the road map, what it is to the plan of the audit, and why.
OVERLAPS = (
    ("IFC-01", "supports", "ICO-003", "The forum keeps asset owners at work once they are appointed"),
    ("IFC-02", "same", "ICO-034", "One analysis by role answers both"),
    ("IFC-03", "part_of", "ICO-003", "Asset owners are briefed by this course"),
    ("IFC-04", "supports", "ICO-003", "Champions help the asset owners of their directorate"),
    ("IFC-06", "supports", "ICO-023", "The file plan takes in the paper series that the survey finds"),
    ("IFC-07", "supports", "ICO-022", "It applies the retention schedule that the audit asks for"),
    ("IFC-09", "supports", "ICO-022", "Scanned records are disposed of by the same schedule"),
    ("IFC-12", "supports", "ICO-012", "The rules for team sites are one of the policies under control"),
    ("IFC-16", "supports", "ICO-023", "What the survey finds off site is cleared by it"),
    ("IFC-19", "supports", "ICO-026", "The indicators of the board are among what the dashboard shows"),
    ("IFC-22", "same", "ICO-046", "One campaign reaches offices, depots and libraries"),
    ("IFC-24", "supports", "ICO-031", "The answers of suppliers complete the list of contracts"),
    ("IFC-25", "part_of", "ICO-011", "The policy refers to this guidance on working at home"),
)


def enter(by: User) -> None:
    """Each as an officer says it on the page of an action, known from now on: papers went out before."""
    if Overlap.objects.exists():
        return
    actions = {each.reference: each for each in Action.objects.select_related("plan")}
    for one, kind, other, reason in OVERLAPS:
        if one in actions and other in actions:
            say(actions[one], actions[other], kind, reason=reason, by=by)
