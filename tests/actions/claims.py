"""A claim that an action is done, for tests of who approves and verifies it."""

from datetime import date

from actions.models import Status
from actions.services.completions import Found
from tests.actions.pages import an_action, told
from tests.factories import PostFactory

MAY, JUNE, JULY, AUGUST = (date(2016, month, 10) for month in (5, 6, 7, 8))


def found(on=JULY, **facts):
    return Found(on, "The signed policy, records store 12", **facts)


def a_claim(**facts):
    """Claimed in June by its owner, to be approved by the plan's approver."""
    made = an_action(**facts)
    made.plan.approver = PostFactory(title="Director of Resources")
    made.plan.save()
    told(made, Status.AWAITING_APPROVAL, JUNE)
    return made


def approved_by(action, **who):
    """The action, with that post or body named for it."""
    for name, value in who.items():
        setattr(action, name, value)
    action.save()
    return action
