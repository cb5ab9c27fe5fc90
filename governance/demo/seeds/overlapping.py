"""What Northmere's two plans have in common, as the road map said it on the day it began."""

from __future__ import annotations

from actions.services.overlap import say
from governance.core.dates import long_date
from governance.demo.brought import KEEPERS, Brought
from governance.demo.plans import NOON, known_at

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


def bring_in(brought: Brought) -> None:
    """Each as the road map says it, known from the day on which both were open."""
    by = brought.holder(*KEEPERS)
    for place, (one, kind, other, reason) in enumerate(OVERLAPS):
        if one in brought.actions and other in brought.actions:
            first, second = brought.actions[one], brought.actions[other]
            day = max(each.plan.opened_on for each in (first, second))
            known = known_at(day, NOON, place)
            said = f"{first.plan.title[:150]}, {long_date(day)}"
            facts = {"known_at": known, "source_document": said} if known else {}
            say(first, second, kind, reason=reason, by=by, **facts)
