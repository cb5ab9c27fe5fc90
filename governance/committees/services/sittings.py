"""Who is expected at a meeting."""

from __future__ import annotations

from django.db import transaction

from governance.committees.models import Attendance, Meeting


def expect_members(meeting: Meeting) -> list[Attendance]:
    """Put everybody who has a seat on the day of the meeting on its list; those who stand there stay."""
    with transaction.atomic():
        Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        known = set(meeting.attendances.values_list("post", "portfolio"))
        seats = meeting.body.seats.in_force(meeting.held_on).order_by("pk")
        wanted = dict.fromkeys((seat.post_id, seat.portfolio) for seat in seats if not seat.is_vacant)
        return Attendance.objects.bulk_create(
            Attendance(meeting=meeting, post_id=post, portfolio=portfolio)
            for post, portfolio in wanted
            if (post, portfolio) not in known
        )
