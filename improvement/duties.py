"""The statutory clock: what must be done after an inspection, by when, and whether it was, as of a day.

Everything here is worked out from dated facts: the day the report was received or published, the interventions, and the
append-only records of what was met and which due days were overridden.
"""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from improvement.models import (
    CountedFrom,
    Duty,
    DutyMet,
    DutyOverride,
    Inspection,
    Intervention,
    Unit,
)
from improvement.working_days import Deadline, deadline

# Ten years of monthly reports; no intervention lasts so long, and a page asked for in 2100 stays short.
MOST_ROUNDS = 120
# The longest deadlines run for some three months after a report that itself takes weeks.
FRESH = timedelta(days=366)
Key = tuple[int, int | None, int]


class State(Enum):
    """How a duty stands; the words stand beside the due day."""

    MET = "Met on time"
    LATE = "Met late"
    OVERDUE = "Overdue"
    DUE = "Due"
    WAITING = "Not started"
    WAIVED = "Does not apply"


@dataclass(frozen=True)
class Standing:
    """One duty of an inspection as of a day, with its arithmetic."""

    duty: Duty
    on: date
    intervention: Intervention | None = None
    occurrence: int = 1
    start: date | None = None
    counted: Deadline | None = None
    counted_due: date | None = None
    override: DutyOverride | None = None
    met: DutyMet | None = None

    @property
    def due_on(self) -> date | None:
        return self.override.due_on if self.override else self.counted_due

    @property
    def met_on(self) -> date | None:
        return self.met.met_on if self.met else None

    @property
    def state(self) -> State:
        if self.override and not self.override.due_on:
            return State.WAIVED
        if self.met_on:
            return State.LATE if self.days_late else State.MET
        if not self.due_on:
            return State.WAITING
        return State.OVERDUE if self.on > self.due_on else State.DUE

    @property
    def days_late(self) -> int:
        """Calendar days between the due day and the day it was met, or the day shown; 0 when it is not late."""
        until = self.met_on or self.on
        return max((until - self.due_on).days, 0) if self.due_on else 0

    @property
    def days_left(self) -> int:
        """Calendar days from the day shown to the due day; 0 when it has passed or is unknown."""
        return max((self.due_on - self.on).days, 0) if self.due_on else 0

    @property
    def open(self) -> bool:
        return self.state in (State.DUE, State.OVERDUE)

    @property
    def over(self) -> bool:
        """Nothing is left to do: it was met, or it does not apply."""
        return self.state in (State.MET, State.LATE, State.WAIVED)

    @property
    def key(self) -> str:
        """Names it in an address: the duty, and for one that comes round again the intervention and the round."""
        parts = [self.duty.slug]
        if self.intervention:
            parts += [self.intervention.slug, str(self.occurrence)]
        return ".".join(parts)

    @property
    def interval(self) -> str:
        """How often it comes round, in words; empty for a duty that does not or whose interval nobody has set."""
        if not self.intervention or not self.intervention.report_every:
            return ""
        return _quantity(self.intervention.report_every, self.intervention.report_unit)

    @property
    def within(self) -> str:
        """The time allowed, in words."""
        if self.duty.amount is None:
            return f"every {self.interval}" if self.interval else "at an interval that is not set yet"
        return (
            f"within {_quantity(self.duty.amount, self.duty.unit)} of {self.duty.get_counted_from_display()}"
        )


@dataclass(frozen=True)
class Clock:
    """All duties of an inspection as of a day, earliest due first. `version` counts the records that it was made from."""

    inspection: Inspection
    on: date
    standings: tuple[Standing, ...]
    version: int

    @property
    def next(self) -> Standing | None:
        """What is due next, or overdue longest."""
        return next((standing for standing in self.standings if standing.open), None)

    @property
    def to_do(self) -> tuple[Standing, ...]:
        return tuple(standing for standing in self.standings if not standing.over)

    @property
    def over(self) -> tuple[Standing, ...]:
        return tuple(standing for standing in self.standings if standing.over)

    @property
    def waits_for_receipt(self) -> bool:
        """Whether duties of a fresh inspection cannot be counted: nobody has said when the report was received."""
        fresh = self.on - self.inspection.ended_on <= FRESH
        return fresh and any(
            standing.state == State.WAITING and standing.duty.counted_from == CountedFrom.RECEIVED
            for standing in self.standings
        )

    def find(self, key: str) -> Standing | None:
        return next((standing for standing in self.standings if standing.key == key), None)


def clock_of(inspection: Inspection, *, on: date) -> Clock:
    """The clock of one inspection as of a day."""
    return clocks([inspection], on=on)[0]


def clocks(inspections: Iterable[Inspection], *, on: date) -> list[Clock]:
    """The clocks of inspections as of a day, in four queries however many there are."""
    shown = list(inspections)
    facts = _Facts(shown, on)
    return [
        Clock(inspection, on, _in_order(_standings(inspection, facts)), facts.records[inspection.pk])
        for inspection in shown
    ]


def open_clocks(inspections: Iterable[Inspection], *, on: date) -> list[Clock]:
    """The clocks that ask for something: a duty that is due, or the day on which a report was received."""
    return [clock for clock in clocks(inspections, on=on) if clock.next or clock.waits_for_receipt]


class _Facts:
    """What the clocks of some inspections are worked out from, by inspection."""

    def __init__(self, inspections: list[Inspection], on: date) -> None:
        self.on = on
        self.duties: dict[int, list[Duty]] = defaultdict(list)
        self.interventions: dict[int, list[Intervention]] = defaultdict(list)
        self.met: dict[int, dict[Key, DutyMet]] = defaultdict(dict)
        self.overrides: dict[int, dict[Key, DutyOverride]] = defaultdict(dict)
        self.records: Counter[int] = Counter()
        wanted = [inspection.pk for inspection in inspections]
        for duty in Duty.objects.filter(framework__in={each.framework_id for each in inspections}):
            self.duties[duty.framework_id].append(duty)
        issued = Intervention.objects.filter(inspection__in=wanted, issued_on__lte=on)
        for intervention in issued.order_by("pk"):
            self.interventions[intervention.inspection_id or 0].append(intervention)
        # The last word on each is in force: later records take the place of earlier ones.
        for met in DutyMet.objects.filter(inspection__in=wanted).said_by(on=on).select_related("by"):
            self.met[met.inspection_id][_key(met)] = met
            self.records[met.inspection_id] += 1
        moved = DutyOverride.objects.filter(inspection__in=wanted).said_by(on=on).select_related("by")
        for override in moved:
            self.overrides[override.inspection_id][_key(override)] = override
            self.records[override.inspection_id] += 1


def _standings(inspection: Inspection, facts: _Facts) -> Iterator[Standing]:
    met, overrides = facts.met[inspection.pk], facts.overrides[inspection.pk]
    for duty in facts.duties[inspection.framework_id]:
        if duty.repeats:
            for intervention in facts.interventions[inspection.pk]:
                yield from _rounds(duty, intervention, facts.on, met, overrides)
        else:
            key: Key = (duty.pk, None, 1)
            yield _standing(inspection, duty, facts.on, met.get(key), overrides.get(key))


def _standing(
    inspection: Inspection, duty: Duty, on: date, met: DutyMet | None, override: DutyOverride | None
) -> Standing:
    start = _start(inspection, duty)
    if start is None or start > on or duty.amount is None:
        return Standing(duty, on, met=met, override=override)
    counted = deadline(start, duty.amount) if duty.unit == Unit.WORKING_DAYS else None
    due = counted.due if counted else after(start, duty.amount, duty.unit)
    return Standing(duty, on, start=start, counted=counted, counted_due=due, met=met, override=override)


def _rounds(
    duty: Duty,
    intervention: Intervention,
    on: date,
    met: dict[Key, DutyMet],
    overrides: dict[Key, DutyOverride],
) -> Iterator[Standing]:
    """Each round that has fallen due by the day, and the next one, while the intervention lasts."""
    start, every = intervention.issued_on, intervention.report_every
    if start is None or every is None:
        yield Standing(duty, on, intervention=intervention)
        return
    for occurrence in range(1, MOST_ROUNDS + 1):
        due = after(start, every * occurrence, intervention.report_unit)
        if intervention.ended_on and due > intervention.ended_on:
            return
        key: Key = (duty.pk, intervention.pk, occurrence)
        standing = Standing(
            duty,
            on,
            intervention=intervention,
            occurrence=occurrence,
            start=start,
            counted_due=due,
            override=overrides.get(key),
            met=met.get(key),
        )
        yield standing
        if due >= on and not standing.met_on:
            return


def after(start: date, amount: int, unit: str) -> date:
    """The day a number of calendar days, weeks or months after another; a month's end stays within its month."""
    if unit == Unit.MONTHS:
        years, month = divmod(start.month - 1 + amount, 12)
        year, month = start.year + years, month + 1
        return date(year, month, min(start.day, monthrange(year, month)[1]))
    return start + timedelta(days=amount * (7 if unit == Unit.WEEKS else 1))


def _start(inspection: Inspection, duty: Duty) -> date | None:
    return {
        CountedFrom.RECEIVED: inspection.received_on,
        CountedFrom.PUBLISHED: inspection.published_on,
        CountedFrom.ENDED: inspection.ended_on,
    }.get(CountedFrom(duty.counted_from))


def _in_order(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    return tuple(
        sorted(standings, key=lambda each: (each.due_on or date.max, each.duty.position, each.occurrence))
    )


def _key(record: DutyMet | DutyOverride) -> Key:
    return (record.duty_id, record.intervention_id, record.occurrence)


def _quantity(amount: int, unit: str) -> str:
    words = Unit(unit).label
    return f"{amount} {words.removesuffix('s') if amount == 1 else words}"
