"""How one action goes from meeting to meeting: what is said, asked, shown, claimed and decided, and when.

Nothing here touches the database: a course is drawn from the action, the days and a source of chance.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from random import Random

from recommendations.models import Stage
from reports.northmoor.days import DAY, HELD, MONTH, NEXT, VERSIONS, Days
from reports.northmoor.texts import ActionText, Speaker

# Months from the agreed plan within which an action falls due, by the inspectors' timescale.
SPANS = {"immediate": (2, 5), "three-months": (3, 9), "six-months": (5, 15), "twelve-months": (8, 23)}
DURATIONS = (2, 6)
# Meetings by which an action ends after the one at which it is due, and how often.
LATE_BY = (-2, -1, -1, -1, -1, -1, 0, 0, 1, 2, 4, 6, 9)
LONG_OVERDUE = timedelta(days=45)
SHORT_OVERDUE = timedelta(days=14)
RETURNED, LEFT_OVER, REOPENED, AGREED = 0.2, 0.08, 0.025, 0.7
ASKS, STANDS, HOPEFUL = 0.14, 0.3, 0.2
GREY, GREEN, AMBER, RED, BLUE = "grey", "green", "amber", "red", "blue"


class Do(Enum):
    """What is done in a step."""

    UPDATE = "update"
    NO_CHANGE = "no change"
    SHOW = "show evidence"
    ASK_DATE = "ask for a date"
    DECIDE_DATE = "decide a date"
    CLAIM = "claim"
    DECIDE_CLAIM = "decide a claim"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Step:
    """One thing that is done about an action on a day; `yes` says how something was decided, at a meeting's `number`."""

    action: ActionText
    do: Do
    on: date
    words: str = ""
    stage: str = Stage.IN_PROGRESS
    rating: str = ""
    day: date | None = None
    yes: bool = False
    number: int = 0
    method: str = ""


class Fate(Enum):
    """What is in store for an action."""

    USUAL = "usual"
    HELD_UP = "held up"
    GIVEN_UP = "given up"


@dataclass
class Course:
    """The course of an action, worked out one meeting after another."""

    action: ActionText
    days: Days
    rng: Random
    fate: Fate = Fate.USUAL
    steps: list[Step] = field(default_factory=list)
    stage: str = Stage.NOT_STARTED
    rating: str = ""
    asked: int = 0
    moved: bool = False
    tried: int = 0
    was_reopened: bool = False
    on_hold: int = 0

    def __post_init__(self) -> None:
        self.speaker = Speaker(self.action, self.rng)
        self.agreed_at = VERSIONS[self.action.version]
        first, last = SPANS[self.action.timescale]
        months = self.rng.randint(first, last)
        if self.agreed_at > VERSIONS["1.0"]:
            months = self.rng.randint(3, 8)
        self.first_due_on = self._due_day(self.days.meeting(self.agreed_at) + months * MONTH)
        self.due_on = self.first_due_on
        due_at = self.days.first_meeting_from(self.due_on)
        self.begins_at = max(self.agreed_at + 1, due_at - self.rng.randint(*DURATIONS))
        self.ends_at = max(self.begins_at + 1, due_at + self.rng.choice(LATE_BY))
        self.talkative = self.rng.uniform(0.2, 0.55)

    def run(self) -> tuple[Step, ...]:
        for number in range(self.agreed_at + 1, NEXT + 1):
            self._go_through(number)
        return tuple(step for step in self.steps if step.on <= self.days.today)

    # One round and the meeting after it

    def _go_through(self, number: int) -> None:
        day = self.rng.choice(self.days.answering(number))
        if self.stage in (Stage.COMPLETE, Stage.WITHDRAWN):
            self._perhaps_reopen(number, day)
        elif self.stage == Stage.AWAITING_SIGN_OFF:
            self._decide_claim(number, must=True)
        elif number < self.begins_at:
            self._before(number, day)
        elif number == self.begins_at:
            self._say(day, Stage.IN_PROGRESS, GREEN, self.speaker.say("early") + self.speaker.say("steady"))
        elif self.fate == Fate.GIVEN_UP and number >= self.begins_at + 2:
            self._withdraw(day)
        elif self.fate == Fate.HELD_UP and number >= self.begins_at + 2:
            self._hold(number, day)
        elif number >= self.ends_at:
            self._claim(number, day)
        else:
            self._work(number, day)

    def _before(self, number: int, day: date) -> None:
        if self.rng.random() < 0.15 and not self.steps:
            self._say(day, Stage.NOT_STARTED, GREY, self.speaker.say("waiting"))

    def _work(self, number: int, day: date) -> None:
        """An action that is under way, on time or not."""
        expected = self.days.meeting(self.ends_at) + 5 * DAY
        late, overdue = expected > self.due_on + SHORT_OVERDUE, day - self.due_on
        seen = late and number >= self.days.first_meeting_from(self.due_on) - 2
        if seen and self._asks(number, day, expected):
            return
        rating = self._rating(seen, overdue)
        must = rating != self.rating and rating != GREEN
        if must or self.rng.random() < self.talkative:
            self._say(day, Stage.IN_PROGRESS, rating, self._progress(number, seen, expected, rating))
        elif self.rng.random() < STANDS and self.steps:
            self.steps.append(Step(self.action, Do.NO_CHANGE, day, self.speaker.say("no_change")))

    def _rating(self, seen: bool, overdue: timedelta) -> str:
        if overdue > LONG_OVERDUE:
            return RED
        if not seen:
            return GREEN
        # Some say green to the last.
        return GREEN if self.rating == GREEN and self.rng.random() < HOPEFUL else AMBER

    def _progress(self, number: int, seen: bool, expected: date, rating: str) -> str:
        if self.was_reopened:
            said = self.speaker.say("after_reopen")
        elif self.tried:
            said = self.speaker.say("after_return")
        else:
            said = self.speaker.say("late") if self.ends_at - number <= 1 else self.speaker.go_on()
        if seen and rating != GREEN:
            return said + self.speaker.say("expected", month=f"{expected:%B %Y}")
        return said + (self.speaker.say("back") if self.moved and rating == GREEN else "")

    def _asks(self, number: int, day: date, expected: date) -> bool:
        """Another due date is asked for, and decided at the meeting."""
        if self.asked > 2 or self.rng.random() > ASKS:
            return False
        # The first request of a long slip hopes for too much.
        hoped = expected if self.asked or expected - self.due_on < 3 * MONTH else self.due_on + 2 * MONTH
        new_on = self._due_day(hoped)
        if new_on <= max(self.due_on, self.days.meeting(number)):
            return False
        self.asked += 1
        reason = self.speaker.say("slip")
        month = f"{new_on:%B %Y}"
        self._say(day, Stage.IN_PROGRESS, AMBER, self.speaker.say("ask", reason=reason, month=month), new_on)
        self.steps.append(Step(self.action, Do.ASK_DATE, day, reason, day=new_on))
        if number > HELD:
            return True
        agreed = self.rng.random() < AGREED
        words = self.speaker.say("agree" if agreed else "refuse")
        self.steps.append(
            Step(self.action, Do.DECIDE_DATE, self.days.meeting(number), words, yes=agreed, number=number)
        )
        if agreed:
            self.due_on, self.moved = new_on, True
        return True

    # The end, and what may come after it

    def _claim(self, number: int, day: date) -> None:
        words = self.speaker.say("claim")
        method, shows = self.speaker.evidence()
        if self.tried or self.was_reopened:
            words = self.speaker.say("retry", claim=words)
            shows = self.speaker.say("more")
        self.steps.append(Step(self.action, Do.SHOW, day, shows, method=method))
        self.stage, self.rating = Stage.AWAITING_SIGN_OFF, self._claimed_rating(day)
        self.steps.append(Step(self.action, Do.CLAIM, day, words, self.stage, self.rating))
        self._decide_claim(number, must=False)

    def _claimed_rating(self, day: date) -> str:
        return AMBER if day > self.due_on else GREEN

    def _decide_claim(self, number: int, *, must: bool) -> None:
        """At the meeting, unless its agenda was too full."""
        if number > HELD or (not must and self.rng.random() < LEFT_OVER):
            return
        day = self.days.meeting(number)
        signed = bool(self.tried) or self.rng.random() > RETURNED
        self.stage = Stage.COMPLETE if signed else Stage.IN_PROGRESS
        self.rating = BLUE if signed else AMBER
        words = self.speaker.say("sign_off" if signed else "returned")
        self.steps.append(
            Step(self.action, Do.DECIDE_CLAIM, day, words, self.stage, self.rating, yes=signed, number=number)
        )
        if not signed:
            self.tried += 1
            self.ends_at = number + self.rng.randint(1, 3)

    def _perhaps_reopen(self, number: int, day: date) -> None:
        ended = self.steps[-1].on
        if self.was_reopened or self.stage == Stage.WITHDRAWN or day - ended < 3 * MONTH:
            return
        if self.rng.random() < REOPENED:
            self.was_reopened = True
            self.stage, self.rating = Stage.IN_PROGRESS, AMBER
            self.ends_at = number + self.rng.randint(2, 5)
            words = self.speaker.say("reopen")
            self.steps.append(Step(self.action, Do.REOPEN, day, words, self.stage, AMBER))

    def _hold(self, number: int, day: date) -> None:
        """Held up for a time, and some for good."""
        self.on_hold += 1
        self.ends_at = max(self.ends_at, number + 3)
        if self.on_hold == 1:
            self._say(day, Stage.ON_HOLD, AMBER, self.speaker.say("hold"))
        elif self.rng.random() < 0.4:
            self._say(day, Stage.ON_HOLD, AMBER, self.speaker.say("held"))

    def _withdraw(self, day: date) -> None:
        self.stage = Stage.WITHDRAWN
        self.steps.append(Step(self.action, Do.WITHDRAW, day, self.speaker.say("withdraw"), self.stage))

    # Tools

    def _say(self, on: date, stage: str, rating: str, words: str, forecast: date | None = None) -> None:
        self.stage, self.rating = stage, rating
        self.steps.append(Step(self.action, Do.UPDATE, on, words, stage, rating, forecast))

    def _due_day(self, near: date) -> date:
        """Dates are set to the end of a month, its middle, or a Friday."""
        kind = self.rng.randrange(4)
        if kind == 0:
            return near.replace(day=15)
        if kind == 1:
            return near + ((4 - near.weekday()) % 7) * DAY
        return (near.replace(day=28) + 4 * DAY).replace(day=1) - DAY
