"""Who is told at once: posts that a paper was sent to for clearance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models.functions import Now

from governance.committees.backplan import Calendar
from governance.committees.clearing import due
from governance.committees.models import Clearer, Sending
from governance.core.dates import long_date, today
from governance.people.letters import Letter, tells_at_once
from governance.people.models import PostHolding, User
from governance.people.waiting import Waiting

# What no worker told within two days is in the mail of the day by then.
RECENT = timedelta(days=2)


@tells_at_once
def sent_for_clearance() -> Iterator[Letter]:
    """One letter for each person in a post that was sent a paper and has not answered.

    It names the meeting and not the title: who oversees mails does not read every draft.
    """
    sent = Sending.objects.open().filter(sent_at__gte=Now() - RECENT)
    sent = sent.select_related("clearer__post", "clearer__paper__meeting__body")
    meeting = "clearer__paper__meeting__"
    sendings = list(sent.prefetch_related(f"{meeting}fixed_steps", f"{meeting}body__former_names"))
    if not sendings:
        return
    calendar, people = Calendar.current(), _people({each.clearer.post_id for each in sendings})
    for each in sendings:
        day = due(calendar.plan(each.clearer.paper.meeting), each.clearer.part)
        for person in people.get(each.clearer.post_id, ()):
            yield Letter(person, f"sending-{each.pk}", _told(each.clearer, long_date(day)))


def _told(clearer: Clearer, day: str) -> Waiting:
    words = f"A paper to {clearer.paper.meeting} waits for your clearance as {clearer}, due by {day}"
    return Waiting("clearances", words, clearer.get_absolute_url(), (str(clearer.paper_id),))


def _people(posts: set[int]) -> dict[int, list[User]]:
    found: dict[int, list[User]] = {}
    held = PostHolding.objects.in_force(today()).filter(post__in=posts).select_related("person")
    for each in held.order_by("pk"):
        found.setdefault(each.post_id, []).append(each.person)
    return found
