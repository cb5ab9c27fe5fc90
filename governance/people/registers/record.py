"""One entry of a register at a moment, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Max

from governance.core.dates import end_of_day
from governance.figures.moment import Moment
from governance.history.models import Recorded
from governance.history.timeline import Event, timeline
from governance.people.models import Post, PostHolding
from governance.people.registers.versions import instant_of


@dataclass(frozen=True)
class Record:
    """An entry with what its page says of it. `version` is None while the entry was not on the register."""

    entry: Any
    moment: Moment
    version: Any | None

    @classmethod
    def of(cls, entry: Recorded, moment: Moment) -> Record:
        """The entry as it stood at a moment, with the names of that day."""
        versions: Any = type(entry).history  # type: ignore[attr-defined]
        return cls(entry, moment, versions.for_entry(moment).filter(id=entry.pk).first())

    @cached_property
    def all_events(self) -> list[Event]:
        """Every change, the latest first."""
        return timeline(self.entry)

    @property
    def events(self) -> list[Event]:
        """Every change up to the moment, the latest first."""
        midnight = end_of_day(self.moment.as_at)
        return [event for event in self.all_events if event.when < midnight]

    @property
    def added_at(self) -> datetime:
        """When the entry came onto the register."""
        return self.all_events[-1].when

    @cached_property
    def owner(self) -> Post:
        """The owner post of that day, with the `holders` of that day as they were recorded then."""
        assert self.version is not None
        day = self.moment.as_at
        post = Post.objects.for_directory(day).get(pk=self.version.owner_id)
        if self.moment.is_past:
            known: Any = PostHolding.history.before(instant_of(self.moment)).filter(post_id=post.pk)
            post.holders = list(known.in_force(day).select_related("person").order_by("-kind", "from_on"))
            post.last_held_on = known.filter(until_on__lt=day).aggregate(last=Max("until_on"))["last"]
        return post

    @property
    def in_post(self) -> str:
        """Who was in the owner post that day, or since when it had been vacant, in words."""
        return ", ".join(map(holder, self.owner.holders)) or self.owner.vacancy


def holder(holding: PostHolding) -> str:
    """A holder's name; whoever stands in is said to be acting."""
    acting = holding.kind == PostHolding.Kind.ACTING
    return f"{holding.person.display_name} (acting)" if acting else holding.person.display_name
