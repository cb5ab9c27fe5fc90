"""Northmere was asked for more time: one request is granted, one refused, and one waits for a committee."""

from __future__ import annotations

from datetime import timedelta

from actions.models import Action, ActionPlan, Extension
from actions.models.mine import still_open
from actions.services.extensions import Answer, Whom, ask, grant, refuse
from governance.core.dates import today
from governance.history.trail import because
from governance.people.models import PostHolding, User

BODY = "Information Management Strategy Group"
REASONS = (
    "The supplier of the storage units delivers late",
    "Two services share one trainer",
    "The trade unions have not sent their comments on the policy",
)


def enter(by: User) -> None:
    """Three requests about actions of a plan of the council's own: owners ask, the officer records."""
    plan = ActionPlan.objects.answering_no_audit().order_by("opened_on", "code").first()
    if plan is None or Extension.objects.exists():
        return
    plan.approving_body = BODY
    with because("The board decides about the dates of the road map"):
        plan.save()
    owned = still_open(Action.objects.filter(plan=plan, due_on__isnull=False).exclude(owner__in=by.posts()))
    held = PostHolding.objects.in_force(today()).select_related("person").order_by("pk")
    owners = {holding.post_id: holding.person for holding in held}
    theirs = [action for action in owned if action.owner_id in owners]
    asked = [
        _asked(action, weeks, reason, owners[action.owner_id])
        for weeks, (action, reason) in enumerate(zip(theirs, REASONS, strict=False), start=5)
    ]
    if len(asked) > 1:
        given = Answer(today(), "A report on progress in six weeks", "7")
        grant(asked[0], asked[0].due_on or today(), given, by=by)
        refuse(asked[1], Answer(today(), "The training is given with the staff that are there", "8"), by=by)


def _asked(action: Action, weeks: int, reason: str, owner: User) -> Extension:
    until = max(action.due_on or today(), today()) + timedelta(weeks=weeks)
    return ask(action, until, Whom(body=BODY), reason=reason, by=owner)
