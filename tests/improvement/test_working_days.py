"""Deadlines in working days, against public examples and a second count that shares nothing with the first."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.working_days import Deadline, Holiday, bank_holidays, deadline, is_working_day

pytestmark = pytest.mark.once

# England's bank holidays as the government published them, weekdays only.
PUBLISHED = {
    2011: "2011-01-03 2011-04-22 2011-04-25 2011-04-29 2011-05-02 2011-05-30 2011-08-29 2011-12-26 2011-12-27",
    2012: "2012-01-02 2012-04-06 2012-04-09 2012-05-07 2012-06-04 2012-06-05 2012-08-27 2012-12-25 2012-12-26",
    2013: "2013-01-01 2013-03-29 2013-04-01 2013-05-06 2013-05-27 2013-08-26 2013-12-25 2013-12-26",
    2014: "2014-01-01 2014-04-18 2014-04-21 2014-05-05 2014-05-26 2014-08-25 2014-12-25 2014-12-26",
    2020: "2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28",
    2021: "2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28",
    2022: "2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-26 "
    "2022-12-27",
    2023: "2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26",
    2024: "2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26",
    2025: "2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26",
}
CLOSED = {date.fromisoformat(day) for days in PUBLISHED.values() for day in days.split()}


def counted_by_hand(start: date, days: int) -> date:
    """Tick weekdays off a calendar, striking out those on the published list."""
    working = [
        day
        for day in (start + timedelta(days=n) for n in range(1, days * 2 + 40))
        if day.isoweekday() not in (6, 7) and day not in CLOSED
    ]
    return working[days - 1]


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2023, 5, 9), 70, date(2023, 8, 16)),
        (date(2012, 6, 27), 70, date(2012, 10, 4)),
        (date(2012, 6, 27), 30, date(2012, 8, 8)),
        (date(2012, 6, 1), 1, date(2012, 6, 6)),  # a weekend and the Jubilee's two days between
        (date(2022, 6, 1), 1, date(2022, 6, 6)),
        (date(2022, 9, 16), 1, date(2022, 9, 20)),  # the State Funeral
        (date(2023, 5, 5), 1, date(2023, 5, 9)),  # the Coronation
        (date(2012, 12, 21), 3, date(2012, 12, 28)),
        (date(2012, 10, 6), 1, date(2012, 10, 8)),  # received on a Saturday
    ],
)
def test_public_examples(start: date, days: int, due: date) -> None:
    assert deadline(start, days).due == due


def test_the_arithmetic_is_told() -> None:
    counted = deadline(date(2012, 6, 27), 70)

    assert counted == Deadline(
        start=date(2012, 6, 27),
        days=70,
        due=date(2012, 10, 4),
        skipped=(Holiday(date(2012, 8, 27), "Summer bank holiday"),),
    )
    assert counted.weekend_days == 28


def test_day_0_never_counts() -> None:
    assert deadline(date(2012, 10, 1), 1).due == date(2012, 10, 2)


@pytest.mark.parametrize("days", [0, -1])
def test_no_days_is_no_deadline(days: int) -> None:
    with pytest.raises(ValueError, match="at least one working day"):
        deadline(date(2012, 6, 27), days)


@pytest.mark.parametrize("year", PUBLISHED)
def test_each_year_has_the_holidays_that_were_published(year: int) -> None:
    on_weekdays = sorted(day for day in bank_holidays(year) if day.weekday() < 5)

    assert on_weekdays == sorted(date.fromisoformat(day) for day in PUBLISHED[year].split())


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2012, 6, 4), "Spring bank holiday"),
        (date(2012, 6, 5), "Diamond Jubilee of Elizabeth II"),
        (date(2011, 12, 27), "Christmas Day (substitute day)"),
        (date(2020, 5, 8), "Early May bank holiday"),
        (date(2022, 9, 19), "State Funeral of Queen Elizabeth II"),
        (date(2023, 5, 8), "Coronation of Charles III"),
        (date(2012, 4, 6), "Good Friday"),
    ],
)
def test_holidays_carry_the_names_they_are_known_by(day: date, name: str) -> None:
    assert bank_holidays(day.year)[day] == name


def test_the_holidays_of_scotland_and_northern_ireland_are_not_englands() -> None:
    assert [is_working_day(day) for day in (date(2012, 1, 3), date(2012, 7, 12), date(2012, 11, 30))] == [
        True
    ] * 3


@given(
    st.dates(date(2011, 1, 1), date(2014, 6, 30)) | st.dates(date(2020, 1, 1), date(2025, 6, 30)),
    st.integers(1, 90),
)
def test_a_second_count_agrees(start: date, days: int) -> None:
    assert deadline(start, days).due == counted_by_hand(start, days)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(1, 250))
def test_every_day_between_is_accounted_for(start: date, days: int) -> None:
    counted = deadline(start, days)

    between = [start + timedelta(days=n) for n in range(1, (counted.due - start).days + 1)]
    assert is_working_day(counted.due)
    assert sum(is_working_day(day) for day in between) == days
    assert counted.weekend_days == sum(day.weekday() >= 5 for day in between)
    assert [holiday.on for holiday in counted.skipped] == [
        day for day in between if day.weekday() < 5 and not is_working_day(day)
    ]


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(1, 100))
def test_one_day_more_is_never_earlier(start: date, days: int) -> None:
    assert deadline(start, days).due < deadline(start, days + 1).due
    assert deadline(start, days).due <= deadline(start + timedelta(days=1), days).due
