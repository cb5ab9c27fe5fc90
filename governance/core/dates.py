"""Days in London: every date the product shows or counts by ends at the next London midnight."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")
IN_WORDS = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.? (\d{4})\b", re.IGNORECASE)


def today() -> date:
    """Today in London."""
    return timezone.now().astimezone(LONDON).date()


def end_of_day(day: date) -> datetime:
    """The London midnight that ends the day: exclusive, so "before this" is "by the end of that day"."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=LONDON)


def long_date(day: date) -> str:
    """24 October 2016"""
    return f"{day.day} {day:%B %Y}"


def days_in(words: str) -> list[date]:
    """The days that words name as long_date writes them: 24 October 2016, also 24th Oct 2016."""
    said = (f"{day} {month[:3]} {year}" for day, month, year in IN_WORDS.findall(words))
    return [day for each in said if (day := _read(each))]


def _read(said: str) -> date | None:
    try:
        return datetime.strptime(said, "%d %b %Y").replace(tzinfo=LONDON).date()
    except ValueError:
        return None


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
