"""Northmere colours actions and risks by the rules that are shipped, but for one action."""

from __future__ import annotations

from datetime import date, timedelta

from actions.models import Action
from actions.models.colour import COLOURED
from governance.colours.models import REGISTERS, ColourRule
from governance.colours.representations.definition import shipped
from governance.colours.services.override import set_colour
from governance.colours.services.rule import adopt, begin
from governance.core.dates import today
from governance.history.trail import because
from governance.people.models import User

FROM_ON = date(2016, 4, 1)
DECISION = "Cabinet Member for Policy and Leadership, Information Risk Policy"
REASON = "The draft is with the board, which meets in six weeks"


def enter(by: User) -> None:
    """The first rules, in force since the policy, and one colour that a person set."""
    if ColourRule.objects.exists():
        return
    for register in REGISTERS:
        adopt(begin(shipped(register)), from_on=FROM_ON, reason=DECISION)
    action = Action.objects.overdue(today()).exclude(owner__in=by.posts()).order_by("-reference").first()
    if action:
        until = today() + timedelta(weeks=6)
        with because(REASON):
            set_colour(COLOURED, action, colour="amber", until=until, reason=REASON, by=by)
