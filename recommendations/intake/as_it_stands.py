"""A plan as it stands in Waymark, with all that was ever said of it: what a newer file is laid beside."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from improvement.models import Plan, Rating
from recommendations.models import (
    Action,
    Decision,
    DueDateChange,
    Intake,
    ProgressUpdate,
    Recommendation,
    Rewording,
    Stage,
)
from recommendations.models.action import ENDED
from recommendations.models.action_lead import FROM_THE_START

T = TypeVar("T")


@dataclass(frozen=True)
class Held(Generic[T]):
    """What an action had of something, in order, each from its day on; the first from the start."""

    values: tuple[T, ...]
    days: tuple[date, ...]

    @property
    def last(self) -> T:
        return self.values[-1]

    def on(self, day: date | None) -> tuple[T, ...]:
        """All that it had at some hour of a day, the last of them last; whatever it ever had where the day is not known."""
        if day is None:
            return self.values
        before = sum(each < day for each in self.days)
        return self.values[before - 1 : sum(each <= day for each in self.days)]

    def has_changed_since(self, day: date | None) -> bool:
        """Whether it may have: what changed on the day itself may have done so after."""
        return len(self.values) > 1 if day is None else self.days[-1] >= day


@dataclass(frozen=True)
class ActionStands:
    """An action with its history in order. `asked` are all dates that somebody asked for, whatever became of them, and
    `waits_for` the one that nobody has decided."""

    action: Any
    updates: tuple[ProgressUpdate, ...]
    dues: Held[date | None]
    texts: Held[str]
    led: Held[tuple[str, ...]]
    asked: tuple[date, ...]
    waits_for: tuple[date, ...]

    @property
    def last(self) -> ProgressUpdate | None:
        return self.updates[-1] if self.updates else None

    @property
    def version(self) -> int:
        return self.last.sequence if self.last else 0

    @property
    def stage(self) -> str:
        return self.last.stage if self.last else Stage.NOT_STARTED.value

    @property
    def has_ended(self) -> bool:
        return self.stage in ENDED

    @property
    def due_on(self) -> date | None:
        return self.dues.last

    @property
    def text(self) -> str:
        return self.texts.last

    @property
    def leads(self) -> tuple[str, ...]:
        return self.led.last

    def said(self, sequence: int) -> ProgressUpdate | None:
        return next((update for update in self.updates if update.sequence == sequence), None)


@dataclass(frozen=True)
class PlanStands:
    """`actions` are those of a recommendation by its number in the database; `files` what was loaded into the plan."""

    recommendations: tuple[Recommendation, ...]
    actions: dict[int, tuple[ActionStands, ...]]
    ratings: dict[str, Rating]
    files: frozenset[str]


def plan_as_it_stands(plan: Plan, *, on: date) -> PlanStands:
    """Eight queries, however large the plan is."""
    updates = _by_action(
        ProgressUpdate.objects.filter(action__recommendation__plan=plan)
        .select_related("rating")
        .order_by("action", "sequence")
    )
    rewordings = _by_action(Rewording.objects.for_plan(plan).order_by("action", "sequence"))
    moves = _by_action(DueDateChange.objects.for_plan(plan).order_by("action", "decided_on", "pk"))
    found: dict[int, list[ActionStands]] = defaultdict(list)
    actions = Action.objects.for_plan(plan).select_related("recommendation__plan__council").with_leads()
    for action in actions.in_plan_order():
        agreed = [move for move in moves[action.pk] if move.decision == Decision.AGREED]
        waiting = [move.new_on for move in moves[action.pk] if move.decision == Decision.WAITING]
        found[action.recommendation_id].append(
            ActionStands(
                action=action,
                updates=tuple(updates[action.pk]),
                dues=_held(action.original_due_on, ((move.decided_on, move.new_on) for move in agreed)),
                texts=_held(action.original_text, ((each.on, each.text) for each in rewordings[action.pk])),
                led=_led(action),
                asked=tuple(move.new_on for move in moves[action.pk]),
                waits_for=tuple(waiting),
            )
        )
    recommendations = Recommendation.objects.for_plan(plan).select_related("theme").in_order()
    return PlanStands(
        recommendations=tuple(recommendations),
        actions={number: tuple(each) for number, each in found.items()},
        ratings={rating.slug: rating for rating in plan.rating_scale.ratings.all()},
        files=frozenset(Intake.objects.loaded_into(plan).values_list("name", flat=True)),
    )


def _held(first: T, later: Iterable[tuple[date, T]]) -> Held[T]:
    days, values = zip((date.min, first), *later, strict=True)
    return Held(values, days)


def _led(action: Action) -> Held[tuple[str, ...]]:
    """The posts that led it from the start, and those to which it was handed over each time."""
    led: dict[int, list[str]] = defaultdict(list)
    days: dict[int, date] = {}
    for lead in action.leads.all():
        led[lead.sequence].append(lead.lead_officer.abbreviation)
        days[lead.sequence] = lead.handover.on if lead.handover else date.min
    times = sorted(led.keys() - {FROM_THE_START})
    return _held(tuple(led[FROM_THE_START]), ((days[time], tuple(led[time])) for time in times))


def plain(text: str) -> str:
    """Words as they compare: white space and the ways in which one letter can be written aside."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def short(reference: str) -> str:
    """A reference or a number as it compares: "LAC 4" is "lac4"."""
    return "".join(plain(reference).casefold().split())


def all_short(posts: Iterable[str]) -> tuple[str, ...]:
    """Posts in their order as they compare, each once."""
    return tuple(dict.fromkeys(map(short, posts)))


def _by_action(rows: Sequence[Any] | Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.action_id].append(row)
    return found
