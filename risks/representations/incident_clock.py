"""How an incident stands to the 72 hours, in words; what to think of; and for whom the clock waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from governance.core.dates import long_moment
from governance.figures.moment import Moment
from governance.people.models import Role
from governance.people.registers.versions import instant_of
from risks.models import OPEN_CLOCKS, Clock, Incident
from risks.models.incident_clock import deadline, left_in_words, span

if TYPE_CHECKING:
    from governance.people.models import User

# For whom an open clock waits (beside whoever handles the incident).
ACTING = (Role.IG_OFFICER, Role.DPO)


def clock_words(version: Any, now: datetime | None = None) -> str:
    """How it stands to the 72 hours, in words for a list: what is left, or how long they have been over."""
    if version.clock in OPEN_CLOCKS:
        return left_in_words(version.aware_at, now or timezone.now())
    return f"after {span(version.taken)}" if version.told_at else ""


def open_clocks_of(person: User) -> QuerySet[Any]:
    """Incidents whose 72 hours run for this person to act, the oldest first, as versions of today.

    For information governance officers and the data protection officer, and for the posts that handle them.
    """
    versions: Any = Incident.history.at(Moment.now()).filter(clock__in=OPEN_CLOCKS)
    if not person.holds(*ACTING):
        units = person.units(*ACTING)
        versions = versions.filter(Q(owner_id__in=person.posts()) | Q(unit_id__in=units))
    found: QuerySet[Any] = versions.order_by("aware_at", "reference")
    return found


@dataclass(frozen=True)
class Standing:
    """A version of an incident with what its page says of the clock."""

    version: Any
    moment: Moment

    @property
    def now(self) -> datetime:
        """When the page is looked at; of a past day, its end."""
        return min(timezone.now(), instant_of(self.moment))

    @property
    def deadline(self) -> str:
        """When the 72 hours end, in words."""
        return long_moment(deadline(self.version.aware_at))

    @property
    def words(self) -> str:
        """What is left of them, or what became of the report."""
        return clock_words(self.version, self.now)

    @property
    def is_open(self) -> bool:
        """Is anybody still to decide, or to tell?"""
        return self.version.clock in OPEN_CLOCKS

    def prompts(self) -> Iterator[str]:
        """What to think of. The product reckons and reminds; people decide."""
        version = self.version
        severity = version.severity if version.severity_id else None
        if self.is_open and version.to_tell:
            yield "It is decided that the ICO is told: tell it, and record when."
        if self.is_open and version.to_tell is None and severity and severity.prompts_regulator:
            yield f"“{severity}”: under the council's scheme such an incident is reported to the ICO."
        if severity and severity.prompts_people:
            yield f"“{severity}”: under the council's scheme the people concerned are told as well."
        if self.is_open and (version.special_category or version.vulnerable_people):
            yield "Special category data, or children or vulnerable people: think of a high risk to them."
        if version.clock == Clock.OVERDUE:
            yield "The 72 hours are over. If it is reported now, the reasons for the delay go with it."
        if version.contains_personal_data is None:
            yield "Nobody has said whether personal data are concerned. Until then the clock runs."
