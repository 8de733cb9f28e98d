"""Deadlines as the law counts them: in working days, from the day after the one on which the clock starts.

A working day is “any day other than a Saturday, Sunday, Christmas Day, Good Friday or a day which is a bank holiday in
England and Wales”: the Education and Inspections Act 2006 (Inspection of Local Authorities) Regulations 2007
(SI 2007/462), regulation 1(2). The same words stand in the regulations of joint area reviews.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

DAY = timedelta(days=1)
SATURDAY = 5
# The library's names, as the government's own list of bank holidays words them.
NAMES = {
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
}


@dataclass(frozen=True)
class Holiday:
    on: date
    name: str


@dataclass(frozen=True)
class Deadline:
    """How a due day was counted. `start` is day 0; `skipped` are the holidays between it and `due` on a weekday."""

    start: date
    days: int
    due: date
    skipped: tuple[Holiday, ...]

    @property
    def weekend_days(self) -> int:
        """Saturdays and Sundays between the start and the due day."""
        return (self.due - self.start).days - self.days - len(self.skipped)


def is_working_day(day: date) -> bool:
    """Whether a day counts under SI 2007/462."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def deadline(start: date, days: int) -> Deadline:
    """The last day for something due within `days` working days of `start` (SI 2007/462, regulations 2 and 3).

    The day of the start is day 0 and never counts, whether it is a working day or not.
    """
    if days < 1:
        raise ValueError("A deadline is at least one working day away.")
    day, counted, skipped = start, 0, []
    while counted < days:
        day += DAY
        if is_working_day(day):
            counted += 1
        elif day.weekday() < SATURDAY:
            skipped.append(Holiday(day, bank_holidays(day.year)[day]))
    return Deadline(start, days, day, tuple(skipped))


@lru_cache(maxsize=128)
def bank_holidays(year: int) -> Mapping[date, str]:
    """England's bank holidays of a year with their names, Christmas Day and Good Friday among them, substitutes too."""
    found = holidays.country_holidays("GB", subdiv="ENG", years=year)
    return {day: _worded(name) for day, name in found.items() if day.year == year}


def _worded(name: str) -> str:
    bare, observed, _ = name.partition(" (observed)")
    return NAMES.get(bare, bare) + (" (substitute day)" if observed else "")
