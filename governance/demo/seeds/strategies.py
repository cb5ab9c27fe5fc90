"""Northmere's strategy: five workstreams, seven principles, and the actions that serve them.

The words are those of Coventry's Information Management Strategy of March 2016; which action serves which is
illustrative.
"""

from __future__ import annotations

from datetime import date
from itertools import chain

from actions.models import Action, ActionPlan, Milestone, Principle, Strategy, Workstream
from actions.models.sight import place
from governance.history.trail import because
from governance.people.models import User

WORKSTREAMS = (
    ("documents", "Document management and business process design"),
    ("data-quality", "Data quality principles and standardisation"),
    ("protection", "Data protection, information risk and security"),
    ("sharing", "Information sharing and insight"),
    ("skills", "Skills development of the workforce"),
)
PRINCIPLES = (
    ("full-potential", "Information is used to its full potential"),
    ("managed", "Information is actively managed, and every asset has an owner"),
    ("accountable", "All staff and partners are accountable for information management"),
    ("fit", "Information is fit for purpose"),
    ("accessible", "Information is appropriately accessible"),
    ("protected", "Information is protected"),
    ("open", "Public information is open by default"),
)
# Which workstream and which principles the actions of a scope area serve, by the code of the area.
SERVES = {
    "governance": ("protection", ("managed", "protected")),
    "training": ("skills", ("accountable",)),
    "sharing": ("sharing", ("accessible", "protected")),
    "people": ("skills", ("accountable",)),
    "records": ("documents", ("managed", "fit")),
    "systems": ("data-quality", ("fit", "full-potential")),
}
MILESTONES = (
    ("ico-2015", "Handbook launched at the Data Day event", date(2016, 10, 31), date(2016, 10, 19)),
    ("ico-2015", "Ready for the return visit", date(2017, 3, 1), None),
    ("ifc-2016", "Maturity assessed again", date(2017, 7, 31), None),
)
# The actions that lead to one alone; all others of the plan of 2015 lead to the return visit.
REACHED_BY = {
    "Handbook launched at the Data Day event": ("ICO-014",),
    "Maturity assessed again": ("IFC-05",),
}


def enter(by: User) -> None:
    """The lists as officers enter them, what each action serves, and the milestones of the plans."""
    if Strategy.objects.exists():
        return
    with because("Entered with the strategy of March 2016"):
        strategy = Strategy.objects.create(
            code="ims-2016", name="Information Management Strategy 2016", position=1
        )
        streams = {
            each.code: each
            for each in Workstream.objects.bulk_create(
                Workstream(code=code, name=name, position=number, strategy=strategy)
                for number, (code, name) in enumerate(WORKSTREAMS, 1)
            )
        }
        principles = {
            each.code: each
            for each in Principle.objects.bulk_create(
                Principle(code=code, name=name, position=number, strategy=strategy)
                for number, (code, name) in enumerate(PRINCIPLES, 1)
            )
        }
        for action in Action.objects.select_related("scope_area"):
            area = action.scope_area.code if action.scope_area else ""
            if area in SERVES:
                stream, under = SERVES[area]
                place(action, streams[stream], [principles[each] for each in under])
        _lead_to_milestones()


def _lead_to_milestones() -> None:
    """The milestones of the plans, each with the actions that lead to it."""
    plans = {plan.code: plan for plan in ActionPlan.objects.all()}
    made = Milestone.objects.bulk_create(
        Milestone(plan=plans[code], title=title, due_on=due_on, reached_on=reached_on)
        for code, title, due_on, reached_on in MILESTONES
        if code in plans
    )
    for milestone in made:
        to_reach = Action.objects.filter(plan=milestone.plan)
        if milestone.title in REACHED_BY:
            to_reach = to_reach.filter(reference__in=REACHED_BY[milestone.title])
        else:
            to_reach = to_reach.exclude(reference__in=chain(*REACHED_BY.values()))
        to_reach.update(milestone=milestone)
