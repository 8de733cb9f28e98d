"""The notice that the public is given of a meeting's papers: five clear working days.

The agenda and the reports of a principal council's meeting are open to the public at least five clear days before it
(Local Government Act 1972, section 100B(3)). A clear day is neither the day of publishing nor that of the meeting, and
only working days count. A later report may still be taken if the chair says, for special circumstances, that it is
urgent (section 100B(4)(b)); those are recorded with it.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from improvement.working_days import DAY, SATURDAY, Holiday, bank_holidays, is_working_day

CLEAR_DAYS = 5
CLOSE = 3


class Left(Enum):
    """How much time is left."""

    ENOUGH = "enough"
    CLOSE = "close"
    PAST = "past"


@dataclass(frozen=True)
class Notice:
    """How the latest day for publishing was counted back from a meeting. `clear` are the days between, in order."""

    meeting_on: date
    clear: tuple[date, ...]
    skipped: tuple[Holiday, ...]
    latest_on: date
    on: date

    @property
    def days_left(self) -> int:
        """Working days after today on which it can still be published; 0 on the last."""
        day, counted = self.on, 0
        while day < self.latest_on:
            day += DAY
            counted += is_working_day(day)
        return counted

    @property
    def left(self) -> Left:
        if self.on > self.latest_on:
            return Left.PAST
        return Left.CLOSE if self.days_left <= CLOSE else Left.ENOUGH

    @property
    def is_past(self) -> bool:
        return self.left == Left.PAST

    @property
    def is_close(self) -> bool:
        return self.left == Left.CLOSE

    @property
    def is_last_day(self) -> bool:
        return self.on == self.latest_on

    @property
    def counted(self) -> str:
        """The clear days in words, for example 7, 8, 9, 12 and 13 November 2012."""
        *before, last = self.clear
        words, after = [f"{last:%-d %B %Y}"], last
        for day in reversed(before):
            same_month = (day.year, day.month) == (after.year, after.month)
            words.append(f"{day.day}" if same_month else f"{day:%-d %B}")
            after = day
        words.reverse()
        return f"{', '.join(words[:-1])} and {words[-1]}"


def of(meeting_on: date, *, on: date) -> Notice:
    """The notice of a meeting, looked at on a day."""
    day = meeting_on
    clear: list[date] = []
    skipped: list[Holiday] = []
    while len(clear) < CLEAR_DAYS:
        day -= DAY
        if is_working_day(day):
            clear.append(day)
        elif day.weekday() < SATURDAY:
            skipped.append(Holiday(day, bank_holidays(day.year)[day]))
    day -= DAY
    # Papers come out on a working day: nobody could look at them at the council's offices on another.
    while not is_working_day(day):
        day -= DAY
    return Notice(meeting_on, tuple(reversed(clear)), tuple(reversed(skipped)), day, on)
