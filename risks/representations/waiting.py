"""What waits in this room: incidents whose 72 hours run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from governance.people.waiting import Waiting, waits
from risks.models import KNOWING, OPEN_CLOCKS
from risks.models.incident_clock import days_left
from risks.representations.incident_clock import clock_words, open_clocks_of

if TYPE_CHECKING:
    from governance.people.models import User


@waits(clocks="Incidents with an open clock", always=True, only_for=KNOWING)
def clocks(person: User) -> Iterator[Waiting]:
    """Incidents that may have to be reported, nothing being decided yet: no word of what happened.

    Said anew each day while the 72 hours run, and once they are over.
    """
    if found := list(open_clocks_of(person)):
        left = "; ".join(f"{each.reference}: {clock_words(each)}" for each in found)
        words = f"{len(found)} incident{pluralize(found)} with an open 72-hour clock ({left})"
        path = reverse("risks:incidents", query={"clock": [str(clock) for clock in OPEN_CLOCKS]})
        stages = tuple(f"{each.reference}: {days_left(each.aware_at, timezone.now())}" for each in found)
        yield Waiting("clocks", words, path, tuple(each.reference for each in found), stages)
