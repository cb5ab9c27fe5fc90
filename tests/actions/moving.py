"""Moving the due date of an action, as tests do it."""

from actions.services.dates import Agreed, revise
from governance.core.dates import today
from tests.factories import UserFactory

DECISION = "Audit and Procurement Committee, 24 October 2016, minute 31"


def move(action, due_on, *, on=None, by=None, reason="The supplier is late", post=None, **facts):
    """Another due date, decided by a committee, or agreed by a post."""
    agreed = Agreed(on or min(today(), due_on), post, "" if post else DECISION)
    return revise(action, due_on, agreed, reason=reason, by=by or UserFactory(), **facts)


def approved_by_a_body(action, body="The strategy group"):
    """The action, with a body named to approve it."""
    action.approving_body = body
    action.save(update_fields=["approving_body"])
    return action
