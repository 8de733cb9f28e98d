"""Northmoor's story: the courses of all its actions for a day and a seed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from random import Random

from recommendations.models import Stage
from reports.northmoor import texts
from reports.northmoor.course import Course, Do, Fate, Step
from reports.northmoor.days import Days
from reports.northmoor.texts import ActionText

SEED = 2025
HELD_UP, GIVEN_UP = 4, 3
# The steps that say how far an action is.
TELLING = (Do.UPDATE, Do.CLAIM, Do.DECIDE_CLAIM, Do.REOPEN, Do.WITHDRAW)


@dataclass(frozen=True)
class Story:
    """What happens until a day; the same for the same day and seed."""

    days: Days
    seed: int

    @classmethod
    def until(cls, today: date, seed: int = SEED) -> "Story":
        return cls(Days.until(today), seed)

    def chance(self, about: str) -> Random:
        """A source of chance of its own for each subject, so that a change of one leaves the others as they were."""
        return Random(f"{self.seed} {about}")  # noqa: S311 - a story, not a secret

    @cached_property
    def courses(self) -> tuple[Course, ...]:
        actions = texts.actions()
        first = [action for action in actions if action.version == texts.FIRST_VERSION]
        special = self.chance("fates").sample(first, HELD_UP + GIVEN_UP)
        fates = {action: Fate.HELD_UP if n < HELD_UP else Fate.GIVEN_UP for n, action in enumerate(special)}
        return tuple(
            Course(action, self.days, self.chance(action.name), fates.get(action, Fate.USUAL))
            for action in actions
        )

    @cached_property
    def steps(self) -> dict[ActionText, tuple[Step, ...]]:
        """What is done about each action, in order."""
        return {course.action: course.run() for course in self.courses}

    def decided_at(self, number: int) -> list[Step]:
        """What a meeting decides about dates and completions, in the plan's order."""
        return [step for steps in self.steps.values() for step in steps if step.number == number]

    def stage(self, action: ActionText, on: date) -> str:
        """How far an action is on a day."""
        known = [step.stage for step in self.steps[action] if step.do in TELLING and step.on <= on]
        return known[-1] if known else Stage.NOT_STARTED.value

    def counted(self) -> Counter[Do]:
        return Counter(step.do for steps in self.steps.values() for step in steps)
