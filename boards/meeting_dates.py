"""The days on which a board would meet, made from how often it meets."""

import calendar
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from boards.models import Every, WeekOfMonth
from improvement import working_days

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
DAYS_IN_WEEK = 7
MONTHS = 12


@dataclass(frozen=True)
class Rule:
    """How often: every so many weeks or months, on a weekday, in a week of the month; or once, on the first day."""

    every: str
    interval: int = 1
    weekday: int | None = None
    week_of_month: int | None = None


@dataclass(frozen=True)
class Proposed:
    """A day to meet on, and the last day for papers. `meant` is the day by the rule where that is no working day."""

    on: date
    cut_off_on: date
    meant: date
    taken: bool

    @property
    def is_moved(self) -> bool:
        return self.on != self.meant

    @property
    def value(self) -> str:
        """How a form names it."""
        return self.on.isoformat()


def propose(
    rule: Rule, *, first_on: date, count: int, cut_off_days: int, taken: Collection[date]
) -> tuple[Proposed, ...]:
    """So many days from `first_on` on. One that is no working day moves to the next; `cut_off_days` are working days."""
    found: list[Proposed] = []
    for meant in _days(rule, first_on):
        on = _working(meant, forwards=True)
        found.append(Proposed(on, _back(on, cut_off_days), meant, on in taken))
        if len(found) == count:
            break
    return tuple(found)


def _days(rule: Rule, first_on: date) -> Iterator[date]:
    if rule.every == Every.WEEK:
        day = first_on
        if rule.weekday is not None:
            day += timedelta(days=(rule.weekday - day.weekday()) % DAYS_IN_WEEK)
        while True:
            yield day
            day += rule.interval * WEEK
    elif rule.every == Every.MONTH:
        yield from _monthly(rule, first_on)
    else:
        yield first_on


def _monthly(rule: Rule, first_on: date) -> Iterator[date]:
    year, month = first_on.year, first_on.month
    if _in_month(rule, year, month, first_on.day) < first_on:
        year, month = _later(year, month, 1)
    while True:
        yield _in_month(rule, year, month, first_on.day)
        year, month = _later(year, month, rule.interval)


def _in_month(rule: Rule, year: int, month: int, day: int) -> date:
    """Without a weekday the same day of each month, the last where a month is shorter."""
    last = calendar.monthrange(year, month)[1]
    if rule.weekday is None or rule.week_of_month is None:
        return date(year, month, min(day, last))
    if rule.week_of_month == WeekOfMonth.LAST:
        end = date(year, month, last)
        return end - timedelta(days=(end.weekday() - rule.weekday) % DAYS_IN_WEEK)
    start = date(year, month, 1)
    first = start + timedelta(days=(rule.weekday - start.weekday()) % DAYS_IN_WEEK)
    return first + (rule.week_of_month - 1) * WEEK


def _later(year: int, month: int, months: int) -> tuple[int, int]:
    years, index = divmod(month - 1 + months, MONTHS)
    return year + years, index + 1


def _working(day: date, *, forwards: bool) -> date:
    while not working_days.is_working_day(day):
        day = day + DAY if forwards else day - DAY
    return day


def _back(day: date, count: int) -> date:
    """So many working days before a day."""
    for _ in range(count):
        day = _working(day - DAY, forwards=False)
    return day
