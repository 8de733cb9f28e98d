"""How measures have moved, as of a day: from their readings alone."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, TextChoices

from improvement.models import Plan
from recommendations.models import Better, Measure, MeasureKind, Reading, Recommendation, Whose
from recommendations.models.measure import MeasureQuerySet

# Readings that are numbers, each with its number, earliest first.
Numbers = tuple[tuple[Reading, Decimal], ...]


class Standing(TextChoices):
    """How a measure's last number stands to its target."""

    MET = "met", "On target"
    NEAR = "near", "Within tolerance of its target"
    MISSED = "missed", "Off target"


@dataclass(frozen=True)
class Course:
    """A measure, what it showed here by a day, earliest first, and what the same showed elsewhere."""

    measure: Measure
    readings: tuple[Reading, ...]
    elsewhere: tuple[Reading, ...] = field(default=())

    @property
    def values(self) -> Numbers:
        """The readings that are numbers, each with its number."""
        return _numbers(self.readings)

    @property
    def latest(self) -> Reading | None:
        return self.readings[-1] if self.readings else None

    @property
    def earlier(self) -> tuple[Reading, ...]:
        """The readings before the latest, the last first."""
        return self.readings[-2::-1]

    @property
    def change(self) -> Decimal | None:
        """From the first number to the last; None while there are not two."""
        values = self.values
        return values[-1][1] - values[0][1] if len(values) > 1 else None

    @property
    def has_moved(self) -> bool:
        """Whether the last number differs from the first."""
        return bool(self.change)

    @property
    def has_improved(self) -> bool | None:
        """Whether it moved the good way; None where it did not move or neither way is good."""
        if not self.change or self.measure.better == Better.NEITHER:
            return None
        return (self.change > 0) == (self.measure.better == Better.HIGHER)

    @property
    def is_statement(self) -> bool:
        return self.measure.kind == MeasureKind.STATEMENT

    @property
    def standing(self) -> Standing | None:
        """How the last number stands to the target; None without either."""
        target = self.measure.target
        if target is None or not self.values:
            return None
        short = _short_of(target, self.values[-1][1], self.measure.better)
        if short <= 0:
            return Standing.MET
        return Standing.NEAR if short <= (self.measure.tolerance or 0) else Standing.MISSED

    @property
    def benchmarks(self) -> Numbers:
        """The last number from each elsewhere, statistical neighbours first."""
        return tuple(numbers[-1] for numbers in self.elsewhere_values)

    @property
    def elsewhere_values(self) -> tuple[Numbers, ...]:
        """The numbers from each elsewhere that has any, earliest first; statistical neighbours first."""
        numbers = _numbers(self.elsewhere)
        found = (tuple(one for one in numbers if one[0].whose == whose) for whose in Whose.values)
        return tuple(theirs for theirs in found if theirs)


def _numbers(readings: tuple[Reading, ...]) -> Numbers:
    return tuple((reading, reading.value) for reading in readings if reading.value is not None)


def _short_of(target: Decimal, value: Decimal, better: str) -> Decimal:
    """By how much a number misses a target; nought or less where it reaches it."""
    if better == Better.HIGHER:
        return target - value
    return value - target if better == Better.LOWER else abs(value - target)


def of_plan(plan: Plan, *, on: date) -> tuple[Course, ...]:
    """A plan's scorecard as of a day, in two queries."""
    return _courses(Measure.objects.for_plan(plan), on)


def of_recommendation(recommendation: Recommendation, *, on: date) -> tuple[Course, ...]:
    """The measures that may prove a recommendation's outcome, as of a day."""
    return _courses(Measure.objects.proving(recommendation), on)


def _courses(measures: MeasureQuerySet, on: date) -> tuple[Course, ...]:
    taken = Prefetch("readings", Reading.objects.taken_by(on=on), to_attr="taken")
    shown = measures.added_by(on=on).in_order().select_related("recommendation").prefetch_related(taken)
    return tuple(_course(measure) for measure in shown)


def _course(measure: Measure) -> Course:
    readings: list[Reading] = getattr(measure, "taken", [])
    here = tuple(reading for reading in readings if reading.whose == Whose.COUNCIL)
    return Course(measure, here, tuple(reading for reading in readings if reading.whose != Whose.COUNCIL))
