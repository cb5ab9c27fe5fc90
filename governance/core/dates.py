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


def long_moment(moment: datetime) -> str:
    """24 October 2016 at 14:05, in London; with GMT or BST where the clocks were put back over it."""
    local = moment.astimezone(LONDON)
    return f"{long_date(local.date())} at {time_in_words(local)}"


def time_in_words(moment: datetime) -> str:
    """14:05 in London. An hour that a day has twice is told apart: 01:30 BST came before 01:30 GMT."""
    local = moment.astimezone(LONDON)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{local:%H:%M}{f' {local:%Z}' if twice else ''}"


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier (later if negative), or the last of a month that is shorter."""
    years, month = divmod(day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
