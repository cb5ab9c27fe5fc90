"""Who is expected at a meeting, and who came."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.db import transaction

from governance.committees.models import Attendance, Meeting
from governance.core.steps import StepError
from governance.history.trail import because

MEANWHILE = "Somebody else changed the list while you were typing. What you chose stands below: save it again"


def expect_members(meeting: Meeting) -> list[Attendance]:
    """Put everybody who has a seat on the day of the meeting on its list; those who stand there stay."""
    with transaction.atomic():
        meeting = _locked(meeting)
        return Attendance.objects.bulk_create(each for each in meeting.roll() if not each.pk)


def take_roll(meeting: Meeting, came: Mapping[str, str], *, seen: str) -> list[Attendance]:
    """Say of each on the roll, by `place`, whether they came; members of that day come onto the list with it.

    `seen` is the digest of the roll that the person saw. Raises StepError where it is another by now.
    """
    with transaction.atomic(), because("Attendance entered"):
        meeting = _locked(meeting)
        roll = meeting.roll()
        if roll_digest(roll) != seen:
            raise StepError(MEANWHILE)
        for each in roll:
            if each.pk is None or each.came != came[each.place]:
                each.came = came[each.place]
                each.save()
    return roll


def roll_digest(roll: list[Attendance]) -> str:
    """Tells two states of a roll apart."""
    return hashlib.sha256(repr([(each.pk, each.place, each.came) for each in roll]).encode()).hexdigest()


def _locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, with its list: nobody else changes either until this is done."""
    found = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    list(found.attendances.select_for_update().values("pk"))
    return found
