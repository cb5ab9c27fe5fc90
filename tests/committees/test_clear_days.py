"""Clear days: sixty and more known meetings, counted by hand on a calendar."""

from datetime import date

import pytest

from governance.core.working_days import WorkingDays, known_years, not_known

# Meeting, last day to publish for five clear working days, two working days before that.
KNOWN = """\
2016-03-08 2016-02-29 2016-02-25 the golden case: Cabinet
2016-07-25 2016-07-15 2016-07-13 the golden case: July
2016-07-28 2016-07-20 2016-07-18 the golden case: Cabinet Member
2016-09-26 2016-09-16 2016-09-14 the golden case: September
2016-10-24 2016-10-14 2016-10-12 the golden case: October
2017-02-20 2017-02-10 2017-02-08 the golden case: February
2017-04-13 2017-04-05 2017-04-03 the golden case: April, the day before Good Friday
2012-06-06 2012-05-25 2012-05-23 after the Diamond Jubilee
2012-06-13 2012-06-01 2012-05-30 a week after the Jubilee
2015-04-07 2015-03-26 2015-03-24 the day after Easter Monday
2015-12-29 2015-12-17 2015-12-15 the day after a substitute Boxing Day
2016-01-04 2015-12-22 2015-12-18 the first Monday after New Year
2016-03-24 2016-03-16 2016-03-14 the day before Good Friday
2016-03-29 2016-03-17 2016-03-15 the day after Easter Monday
2016-04-04 2016-03-23 2016-03-21 a week after Easter Monday
2016-04-05 2016-03-24 2016-03-22 the sixth working day after Easter
2016-05-03 2016-04-22 2016-04-20 the day after early May
2016-05-31 2016-05-20 2016-05-18 the day after spring
2016-08-30 2016-08-19 2016-08-17 the day after summer
2016-12-28 2016-12-16 2016-12-14 between the years
2017-01-03 2016-12-21 2016-12-19 the day after a substitute New Year
2017-01-10 2016-12-30 2016-12-28 six working days into the year
2017-04-18 2017-04-06 2017-04-04 the day after Easter Monday
2017-04-24 2017-04-12 2017-04-10 a week after Easter Monday
2018-01-02 2017-12-20 2017-12-18 the day after New Year
2018-03-29 2018-03-21 2018-03-19 Maundy Thursday
2018-04-03 2018-03-22 2018-03-20 the day after Easter Monday
2019-04-23 2019-04-11 2019-04-09 the day after Easter Monday
2019-12-27 2019-12-17 2019-12-13 the day after Boxing Day
2020-01-02 2019-12-20 2019-12-18 the day after New Year
2020-04-14 2020-04-02 2020-03-31 the day after Easter Monday
2020-05-11 2020-04-30 2020-04-28 after a bank holiday moved to a Friday
2020-12-29 2020-12-17 2020-12-15 the day after a substitute Boxing Day
2021-01-04 2020-12-22 2020-12-18 the first Monday of the year
2021-04-06 2021-03-25 2021-03-23 the day after Easter Monday
2021-12-29 2021-12-17 2021-12-15 after two substitute days
2022-01-04 2021-12-22 2021-12-20 the day after a substitute New Year
2022-04-19 2022-04-07 2022-04-05 the day after Easter Monday
2022-06-06 2022-05-25 2022-05-23 after the Platinum Jubilee
2022-06-13 2022-06-01 2022-05-30 a week after the Jubilee
2022-09-20 2022-09-09 2022-09-07 the day after the State Funeral
2022-09-26 2022-09-15 2022-09-13 a week after the State Funeral
2022-12-28 2022-12-16 2022-12-14 after Boxing Day and a substitute day
2023-04-11 2023-03-30 2023-03-28 the day after Easter Monday
2023-05-09 2023-04-27 2023-04-25 the day after the Coronation
2023-05-15 2023-05-04 2023-05-02 after three bank holidays in three weeks
2023-12-27 2023-12-15 2023-12-13 the day after Boxing Day
2024-01-08 2023-12-28 2023-12-22 the second Monday of the year
2024-04-02 2024-03-21 2024-03-19 the day after Easter Monday
2024-05-07 2024-04-26 2024-04-24 the day after early May
2025-01-02 2024-12-20 2024-12-18 the day after New Year
2025-04-22 2025-04-10 2025-04-08 the day after Easter Monday
2025-12-24 2025-12-16 2025-12-12 Christmas Eve
2026-01-05 2025-12-23 2025-12-19 the first Monday of the year
2026-04-07 2026-03-26 2026-03-24 the day after Easter Monday
2026-11-23 2026-11-13 2026-11-11 no bank holiday near
2026-11-28 2026-11-20 2026-11-18 a Saturday
2026-12-29 2026-12-17 2026-12-15 the day after a substitute Boxing Day
2027-01-04 2026-12-22 2026-12-18 the first Monday of the year
2027-03-30 2027-03-18 2027-03-16 the day after Easter Monday
2027-12-29 2027-12-17 2027-12-15 after two substitute days
2028-04-18 2028-04-06 2028-04-04 the day after Easter Monday
2028-12-27 2028-12-15 2028-12-13 the last bank holiday that is known"""
FIVE, TWO = 5, 2
ORDINARY = WorkingDays()


def meetings():
    for line in KNOWN.splitlines():
        meeting, published, frozen, what = line.split(" ", 3)
        yield date.fromisoformat(meeting), date.fromisoformat(published), date.fromisoformat(frozen), what


def test_papers_of_sixty_known_meetings_are_published_five_clear_working_days_before():
    assert len(list(meetings())) >= 60
    wrong = {
        what: ORDINARY.notice_by(held, FIVE)
        for held, published, _, what in meetings()
        if ORDINARY.notice_by(held, FIVE) != published
    }
    assert wrong == {}


def test_their_figures_are_frozen_two_working_days_before_that():
    wrong = {
        what: found for _, day, frozen, what in meetings() if (found := ORDINARY.before(day, TWO)) != frozen
    }
    assert wrong == {}


def test_neither_the_day_of_issue_nor_that_of_the_meeting_is_a_clear_day():
    for held, published, _, what in meetings():
        assert ORDINARY.clear_between(published, held) == FIVE, what
    assert ORDINARY.clear_between(date(2016, 7, 25), date(2016, 7, 25)) == 0
    assert ORDINARY.clear_between(date(2016, 7, 22), date(2016, 7, 25)) == 0


@pytest.mark.parametrize(
    ("held", "clear", "last"),
    [
        (date(2026, 11, 30), 5, date(2026, 11, 24)),  # Wednesday to Sunday lie between
        (date(2026, 11, 30), 28, date(2026, 10, 30)),  # 1 November is a Sunday: the Friday before
        (date(2027, 1, 26), 28, date(2026, 12, 24)),  # 28 December is a substitute day, then a weekend
    ],
)
def test_clear_days_of_the_calendar_count_weekends_and_are_given_on_a_working_day(held, clear, last):
    assert ORDINARY.notice_by(held, clear, working=False) == last


def test_the_councils_own_closure_is_no_working_day():
    closed = WorkingDays(frozenset({date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)}))
    assert ORDINARY.notice_by(date(2027, 1, 11), FIVE) == date(2026, 12, 31)
    assert closed.notice_by(date(2027, 1, 11), FIVE) == date(2026, 12, 24)
    assert closed.after(date(2026, 12, 24), 1) == date(2027, 1, 4)


def test_how_late_something_is_leaves_out_weekends():
    assert ORDINARY.late_by(date(2026, 11, 20), date(2026, 11, 23)) == 1
    assert ORDINARY.late_by(date(2026, 11, 20), date(2026, 11, 22)) == 0


def test_beyond_the_known_bank_holidays_a_warning_stands_in_place_of_certainty():
    first, last = known_years()
    assert not_known(date(first, 1, 1), date(last, 12, 31)) == ""
    assert f"after {last} are not known" in not_known(date(last, 12, 1), date(last + 1, 1, 9))
    assert f"before {first} are not known" in not_known(date(first - 1, 12, 1), date(first, 1, 9))
