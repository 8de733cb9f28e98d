"""How measures have moved, as of a day: from their readings alone."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch

from improvement.models import Plan
from recommendations.models import Better, Measure, MeasureKind, Reading, Recommendation
from recommendations.models.measure import MeasureQuerySet


@dataclass(frozen=True)
class Course:
    """A measure and what it showed by a day, earliest first."""

    measure: Measure
    readings: tuple[Reading, ...]

    @property
    def values(self) -> tuple[tuple[Reading, Decimal], ...]:
        """The readings that are numbers, each with its number."""
        return tuple((reading, reading.value) for reading in self.readings if reading.value is not None)

    @property
    def latest(self) -> Reading | None:
        return self.readings[-1] if self.readings else None

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


def of_plan(plan: Plan, *, on: date) -> tuple[Course, ...]:
    """A plan's scorecard as of a day, in two queries."""
    return _courses(Measure.objects.for_plan(plan), on)


def of_recommendation(recommendation: Recommendation, *, on: date) -> tuple[Course, ...]:
    """The measures that may prove a recommendation's outcome, as of a day."""
    return _courses(Measure.objects.proving(recommendation), on)


def _courses(measures: MeasureQuerySet, on: date) -> tuple[Course, ...]:
    taken = Prefetch("readings", Reading.objects.taken_by(on=on), to_attr="taken")
    shown = measures.added_by(on=on).in_order().select_related("recommendation").prefetch_related(taken)
    return tuple(Course(measure, tuple(getattr(measure, "taken", ()))) for measure in shown)
