"""The days of Northmoor's story, counted back from today, so that its next meeting is always about nine days away."""

from dataclasses import dataclass
from datetime import date, timedelta

from boards import meeting_dates
from boards.meeting_dates import Proposed, Rule
from boards.models import Every, WeekOfMonth
from improvement import working_days

DAY = timedelta(days=1)
# Eighteen meetings were held; the next is the nineteenth, and two more are in the diary.
HELD, NEXT, ARRANGED = 18, 19, 21
AHEAD = timedelta(days=9)
CUT_OFF_DAYS = 5
ROUND_DAYS = timedelta(days=21)
MONTH = timedelta(days=30)
# The plan is agreed at the second meeting, and agreed anew at these.
VERSIONS = {"1.0": 2, "2.0": 8, "3.0": 13}
FIRST_ROUND = 3
FRIDAY, SATURDAY = 4, 5


@dataclass(frozen=True)
class Days:
    """Every day that the story needs; meetings are numbered from 1."""

    today: date
    rule: Rule
    proposed: tuple[Proposed, ...]

    @classmethod
    def until(cls, today: date) -> "Days":
        aim = today + AHEAD
        while aim.weekday() >= SATURDAY:
            aim += DAY
        week = min((aim.day - 1) // 7 + 1, WeekOfMonth.LAST.value)
        rule = Rule(Every.MONTH, weekday=aim.weekday(), week_of_month=week)
        first = date(aim.year - 1 - (aim.month <= 6), (aim.month - 7) % 12 + 1, 1)
        found = meeting_dates.propose(
            rule, first_on=first, count=ARRANGED, cut_off_days=CUT_OFF_DAYS, taken=()
        )
        return cls(today, rule, found)

    def meeting(self, number: int) -> date:
        """The day of a meeting; beyond the diary about a month after the one before."""
        if number <= ARRANGED:
            return self.proposed[number - 1].on
        return self.proposed[-1].on + (number - ARRANGED) * MONTH

    def cut_off(self, number: int) -> date:
        """The last day for papers and for answers to the round."""
        return self.proposed[number - 1].cut_off_on

    def round_opens(self, number: int) -> date:
        return working(self.meeting(number) - ROUND_DAYS)

    def answering(self, number: int) -> list[date]:
        """The working days on which a round is answered."""
        first, last = self.round_opens(number), self.cut_off(number)
        days = [first + n * DAY for n in range((last - first).days + 1)]
        return [day for day in days if working_days.is_working_day(day)]

    def first_meeting_from(self, day: date) -> int:
        """The number of the first meeting on a day or after it."""
        number = 1
        while self.meeting(number) < day:
            number += 1
        return number

    @property
    def inspected(self) -> tuple[date, date]:
        """From a Monday to the Friday of the week after."""
        ended = self.meeting(1) - timedelta(days=38)
        ended -= ((ended.weekday() - FRIDAY) % 7) * DAY
        return ended - timedelta(days=11), ended

    @property
    def received(self) -> date:
        return working(self.meeting(1) - timedelta(days=16))

    @property
    def published(self) -> date:
        return working(self.meeting(1) - timedelta(days=9))

    @property
    def begun(self) -> date:
        """The day from which Northmoor keeps its plan in Waymark."""
        return self.published


def working(day: date) -> date:
    """The day, or the next that is a working day."""
    while not working_days.is_working_day(day):
        day += DAY
    return day
