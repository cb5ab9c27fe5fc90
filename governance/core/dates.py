"""Days in London: every date the product shows or counts by ends at the next London midnight."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")


def today() -> date:
    """Today in London."""
    return timezone.now().astimezone(LONDON).date()


def end_of_day(day: date) -> datetime:
    """The London midnight that ends the day: exclusive, so "before this" is "by the end of that day"."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=LONDON)


def long_date(day: date) -> str:
    """24 October 2016"""
    return f"{day.day} {day:%B %Y}"
