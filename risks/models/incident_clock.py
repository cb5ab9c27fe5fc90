"""The one clock of the law: 72 hours from being aware of a personal data breach (UK GDPR, Article 33).

They are hours that pass, not hours on a dial: 72 over a night on which clocks are moved as over any other.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import models

ALLOWED = timedelta(hours=72)
HOUR = timedelta(hours=1)
# What to say to whoever may not stop the 72 hours, or have them end later, of this incident.
SECOND_PERSON = (
    "That stops the 72 hours or has them end later. An information governance officer or the SIRO has to "
    "say it, who neither reported the incident nor was part of it"
)


class Clock(models.TextChoices):
    """How an incident stands to that clock. It follows from what is recorded; nobody sets it."""

    NONE = "no_clock", "No clock"
    RUNNING = "clock_running", "Clock running"
    OVERDUE = "clock_overdue", "72 hours over"
    IN_TIME = "told_in_time", "Reported in time"
    LATE = "told_late", "Reported late"
    NOT_TOLD = "not_to_tell", "Not to be reported"


# Nothing is decided and nobody is told: somebody has to do something.
OPEN_CLOCKS = (Clock.RUNNING, Clock.OVERDUE)


def deadline(aware_at: datetime) -> datetime:
    """When the 72 hours end. Reckoned in UTC: datetimes of one zone are added up by their dials."""
    return (aware_at.astimezone(UTC) + ALLOWED).astimezone(aware_at.tzinfo)


def is_late(aware_at: datetime, at: datetime) -> bool:
    """Was it after the 72 hours?"""
    return at.astimezone(UTC) > deadline(aware_at).astimezone(UTC)


def left_in_words(aware_at: datetime, now: datetime) -> str:
    """What is left of the 72 hours, or how long they have been over: "26 hours left", "over for 3 days"."""
    left = deadline(aware_at).astimezone(UTC) - now.astimezone(UTC)
    return f"{span(left)} left" if left >= timedelta(0) else f"over for {span(-left)}"


def eased(before: Any, after: Any) -> list[str]:
    """The fields by which a change stops the clock of an incident, or lets it end later.

    Whether or not it still runs: what was told late must not come to be told in time either. The database
    asks the same (sql/incidents.sql).
    """
    eases = {
        "near_miss": after.near_miss and not before.near_miss,
        "contains_personal_data": after.contains_personal_data is False
        and before.contains_personal_data is not False,
        "aware_at": after.aware_at > before.aware_at,
    }
    return [name for name, does in eases.items() if does]


def days_left(aware_at: datetime, now: datetime) -> int:
    """Whole days that are left of the 72 hours: 2, 1, 0; and -1 from when they are over."""
    left = deadline(aware_at).astimezone(UTC) - now.astimezone(UTC)
    return max(left // timedelta(days=1), -1)


def span(time: timedelta) -> str:
    """A length of time in the words one would use: minutes up to an hour, hours up to three days."""
    if time < HOUR:
        return counted(time // timedelta(minutes=1), "minute")
    if time <= ALLOWED:
        return counted(time // HOUR, "hour")
    return counted(time // timedelta(days=1), "day")


def counted(number: int, unit: str) -> str:
    """1 hour, 2 hours."""
    return f"{number} {unit}{'' if number == 1 else 's'}"
