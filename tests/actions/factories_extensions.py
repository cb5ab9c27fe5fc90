"""Requests for more time, for the tests."""

from datetime import timedelta

from actions.services.extensions import Answer, Whom, ask, grant, refuse
from governance.core.dates import today
from tests.factories import UserFactory

BODY, MINUTE = "Audit and Procurement Committee", "31"


def in_days(number):
    """So many days from now."""
    return today() + timedelta(days=number)


def asked(action, *, by, due_on=None, post=None, body=BODY, reason="The supplier is late"):
    """More time is asked for, of the post or of the committee that is then named to approve the action."""
    whom = Whom(post) if post else Whom(body=body)
    action.approver, action.approving_body = whom.post, whom.body
    action.save(update_fields=["approver", "approving_body"])
    return ask(action, due_on or in_days(60), whom, reason=reason, by=by)


def granted(request, *, by=None, due_on=None, on=None):
    """It is granted as it was asked for."""
    said = Answer(on or today(), minute="" if request.decides_id else MINUTE)
    return grant(request, due_on or request.due_on, said, by=by or UserFactory())


def refused(request, *, by=None, reason="Not again"):
    """It is refused."""
    said = Answer(today(), reason, "" if request.decides_id else MINUTE)
    return refuse(request, said, by=by or UserFactory())
