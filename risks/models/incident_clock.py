"""The one clock of the law: 72 hours from being aware of a personal data breach (UK GDPR, Article 33).

They are hours that pass, not hours on a dial: 72 over a night on which clocks are moved as over any other.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import models

ALLOWED = timedelta(hours=72)
HOUR = timedelta(hours=1)


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
