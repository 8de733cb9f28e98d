"""Five clear working days before a meeting."""

from datetime import date

import pytest

from improvement.working_days import Holiday
from reports import notice
from reports.notice import Left


@pytest.mark.parametrize(
    ("meeting_on", "latest_on", "counted"),
    [
        # Wednesday: the five days are Wednesday to Friday, Monday and Tuesday; a week and a day before.
        (date(2012, 11, 14), date(2012, 11, 6), "7, 8, 9, 12 and 13 November 2012"),
        # Monday: Friday of the week before last.
        (date(2012, 11, 19), date(2012, 11, 9), "12, 13, 14, 15 and 16 November 2012"),
        # Tuesday: the day before the five is a Sunday, and papers come out on a working day.
        (date(2012, 11, 20), date(2012, 11, 12), "13, 14, 15, 16 and 19 November 2012"),
        # Over the turn of a month.
        (date(2013, 2, 5), date(2013, 1, 28), "29, 30, 31 January, 1 and 4 February 2013"),
        # A meeting on a Saturday counts back from it all the same.
        (date(2012, 11, 17), date(2012, 11, 9), "12, 13, 14, 15 and 16 November 2012"),
    ],
)
def test_the_latest_day(meeting_on: date, latest_on: date, counted: str) -> None:
    counted_back = notice.of(meeting_on, on=date(2012, 10, 1))

    assert (counted_back.latest_on, counted_back.counted) == (latest_on, counted)


def test_bank_holidays_do_not_count_and_are_named() -> None:
    after_christmas = notice.of(date(2013, 1, 3), on=date(2012, 12, 1))

    assert after_christmas.latest_on == date(2012, 12, 21)
    assert after_christmas.counted == "24, 27, 28, 31 December and 2 January 2013"


def test_holidays_left_out_are_those_on_weekdays() -> None:
    assert notice.of(date(2013, 1, 3), on=date(2012, 12, 1)).skipped == (
        Holiday(date(2012, 12, 25), "Christmas Day"),
        Holiday(date(2012, 12, 26), "Boxing Day"),
        Holiday(date(2013, 1, 1), "New Year's Day"),
    )


def test_the_day_of_publishing_is_a_working_day() -> None:
    """The five days begin on the Tuesday after Easter: the day before them is a bank holiday, and so is Good Friday."""
    assert notice.of(date(2013, 4, 9), on=date(2013, 3, 1)).latest_on == date(2013, 3, 28)


@pytest.mark.parametrize(
    ("on", "left", "days"),
    [
        (date(2012, 10, 31), Left.ENOUGH, 4),
        (date(2012, 11, 1), Left.CLOSE, 3),
        (date(2012, 11, 3), Left.CLOSE, 2),
        (date(2012, 11, 5), Left.CLOSE, 1),
        (date(2012, 11, 6), Left.CLOSE, 0),
        (date(2012, 11, 7), Left.PAST, 0),
        (date(2012, 11, 14), Left.PAST, 0),
    ],
)
def test_how_much_time_is_left(on: date, left: Left, days: int) -> None:
    """For the meeting on 14 November 2012, published by 6 November."""
    looked_at = notice.of(date(2012, 11, 14), on=on)

    assert (looked_at.left, looked_at.days_left) == (left, days)
