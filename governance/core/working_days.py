"""Working days of a council in England, and the clear days that notice is counted in.

Bank holidays come from the list of GOV.UK that `govuk-bank-holidays` carries: the network is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice

from govuk_bank_holidays.bank_holidays import BankHolidays

from governance.core.dates import long_date

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@cache
def bank_holidays() -> dict[date, str]:
    """England's bank holidays, as far as they are known: the day and its name."""
    listed = BankHolidays(use_cached_holidays=True).get_holidays(BankHolidays.ENGLAND_AND_WALES)
    return {holiday["date"]: str(holiday["title"]) for holiday in listed}


def day_off(day: date) -> str:
    """Why nobody expects a council to meet that day, as a sentence; "" for any other day."""
    if holiday := bank_holidays().get(day):
        return f"{long_date(day)} is a bank holiday: {holiday}"
    return f"{long_date(day)} is a {day:%A}" if day.weekday() >= SATURDAY else ""


def known_years() -> tuple[int, int]:
    """The first and the last year whose bank holidays are known."""
    years = [day.year for day in bank_holidays()]
    return min(years), max(years)


def not_known(first: date, last: date) -> str:
    """A warning where bank holidays between two days are not known; "" where they all are."""
    earliest, latest = known_years()
    if last.year > latest:
        return (
            f"The bank holidays after {latest} are not known here yet: days may turn out to be earlier. "
            "Compare them with the list on GOV.UK."
        )
    if first.year < earliest:
        return f"The bank holidays before {earliest} are not known here: days may have been earlier."
    return ""


@dataclass(frozen=True)
class WorkingDays:
    """Days that are no weekend, no bank holiday and none of the council's own days of closure."""

    closed: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Is the council at work that day?"""
        return day.weekday() < SATURDAY and day not in bank_holidays() and day not in self.closed

    def back_from(self, day: date) -> Iterator[date]:
        """The working days before that day, the latest first."""
        while True:
            day -= ONE_DAY
            if self.is_working(day):
                yield day

    def on_from(self, day: date) -> Iterator[date]:
        """The working days after that day, the earliest first."""
        while True:
            day += ONE_DAY
            if self.is_working(day):
                yield day

    def before(self, day: date, count: int) -> date:
        """So many working days before that day; with none, the day itself or the last working day before."""
        if count == 0:
            return day if self.is_working(day) else self.before(day, 1)
        return next(islice(self.back_from(day), count - 1, None))

    def after(self, day: date, count: int) -> date:
        """So many working days after that day, one at least."""
        return next(islice(self.on_from(day), count - 1, None))

    def notice_by(self, meeting: date, clear: int, *, working: bool = True) -> date:
        """The last working day on which notice leaves so many clear days before a meeting.

        Clear days leave out the day of issue and the day of the meeting; where they are `working` days, also
        weekends, bank holidays and days of closure.
        """
        if working:
            return self.before(meeting, clear + 1)
        return self.before(meeting - timedelta(days=clear + 1), 0)

    def clear_between(self, issue: date, meeting: date, *, working: bool = True) -> int:
        """How many clear days lie between the day of issue and the day of a meeting."""
        between = ((issue + timedelta(days=n)) for n in range(1, (meeting - issue).days))
        return sum(1 for day in between if not working or self.is_working(day))

    def late_by(self, due: date, on: date) -> int:
        """How many working days something is late on a day that was due on another."""
        days = ((due + timedelta(days=n)) for n in range(1, (on - due).days + 1))
        return sum(1 for day in days if self.is_working(day))
