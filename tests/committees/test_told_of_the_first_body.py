"""What a report to a second body says, and does not say, of what the first one decided about it."""

from datetime import timedelta

import pytest

from governance.committees import services
from governance.committees.models import Body, Meeting, Paper
from governance.core.dates import long_date, today
from tests.committees.factories import BodyFactory, MeetingFactory, PaperFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "told"),
    [(Body.Kind.COMMITTEE, False), (Body.Kind.OFFICER_BOARD, True)],
    ids=["a committee", "another board"],
)
def test_resolutions_of_a_body_that_meets_in_private_are_printed_only_for_another(plan, clerk, kind, told):
    board = MeetingFactory(body=BodyFactory(kind=Body.Kind.OFFICER_BOARD), held_on=today())
    first = PaperFactory(plans=[plan], meeting=board)
    services.issue(first, by=clerk)
    services.resolve(board, [{"decision": "note", "text": "That it is dear.", "paper": first}])
    after = MeetingFactory(body=BodyFactory(kind=kind), held_on=today())
    second = PaperFactory(plans=[plan], meeting=after, follows=first)
    decided = services.issue(second, by=clerk).content["before"]["decided"]
    assert decided == [f"{board.body} resolved on {long_date(today())}: That it is dear."] * told


def test_a_first_meeting_that_is_cancelled_before_its_day_is_told_as_cancelled(plan, clerk):
    soon, later = (MeetingFactory(held_on=today() + timedelta(days=n)) for n in (7, 14))
    first = PaperFactory(plans=[plan], meeting=soon)
    services.issue(first, by=clerk)
    Meeting.objects.filter(pk=soon.pk).update(state="cancelled", reason="Snow")
    second = PaperFactory(plans=[plan], meeting=later, follows=Paper.objects.get(pk=first.pk))
    (told,) = services.preview(second)["before"]["decided"]
    cancelled = f"The meeting of {long_date(soon.held_on)} was cancelled"
    assert told == f"{cancelled}, so it decided nothing and asked for nothing."
