"""Days to meet on, made from how often a board meets."""

from datetime import date

import pytest

from boards.meeting_dates import Proposed, Rule, propose


def days(rule: Rule, first_on: date, count: int) -> list[date]:
    return [one.on for one in propose(rule, first_on=first_on, count=count, cut_off_days=7, taken=())]


@pytest.mark.parametrize(
    ("rule", "first_on", "expected"),
    [
        # The second Tuesday; that of January has passed.
        (Rule("month", 1, 1, 2), date(2025, 1, 15), [date(2025, 2, 11), date(2025, 3, 11), date(2025, 4, 8)]),
        # The last Friday, every other month, over the end of a year.
        (
            Rule("month", 2, 4, 5),
            date(2025, 10, 1),
            [date(2025, 10, 31), date(2025, 12, 29), date(2026, 2, 27)],
        ),
        (Rule("week", 6, 3), date(2025, 1, 1), [date(2025, 1, 2), date(2025, 2, 13), date(2025, 3, 27)]),
        (Rule("week", 2), date(2025, 1, 6), [date(2025, 1, 6), date(2025, 1, 20), date(2025, 2, 3)]),
        (Rule("unknown"), date(2025, 1, 6), [date(2025, 1, 6)]),
    ],
)
def test_days_by_a_rule(rule: Rule, first_on: date, expected: list[date]) -> None:
    assert days(rule, first_on, 3) == expected


def test_the_same_day_of_each_month_where_no_weekday_is_fixed() -> None:
    found = days(Rule("month"), date(2025, 7, 31), 3)

    # August has 31 days, but that is a Sunday; September ends on a Tuesday.
    assert found == [date(2025, 7, 31), date(2025, 9, 1), date(2025, 9, 30)]


def test_a_bank_holiday_moves_to_the_next_working_day_and_papers_are_counted_back_from_there() -> None:
    rule = Rule("month", 1, 0, 1)

    found = propose(rule, first_on=date(2025, 5, 1), count=2, cut_off_days=5, taken={date(2025, 6, 2)})

    assert found == (
        Proposed(date(2025, 5, 6), date(2025, 4, 28), date(2025, 5, 5), taken=False),
        Proposed(date(2025, 6, 2), date(2025, 5, 23), date(2025, 6, 2), taken=True),
    )
    assert [one.is_moved for one in found] == [True, False]
