"""How a plan went, month by month, and what moved since a day: from one reading of the append-only facts.

`progress.py` counts one day in the database. Here every fact is read once and held against each day that is asked, so
that a year of months costs as many queries as one day. The two say the same, and tests hold them to it.
"""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet

from improvement.models import Plan
from recommendations.models import Action, DueDateChange, ProgressUpdate, Stage
from recommendations.models.action import ENDED

# A year and a half, which is what a board looks back on.
AT_MOST = 18


@dataclass(frozen=True)
class Stood:
    """An action as it stood on a day."""

    pk: int
    reference: str
    number: str
    stage: str
    rating: int | None
    due_on: date | None
    original_due_on: date | None
    moves: int
    is_overdue: bool

    @property
    def name(self) -> str:
        return f"{self.reference} ({self.number})"

    @property
    def is_complete(self) -> bool:
        return self.stage == Stage.COMPLETE

    @property
    def days_later(self) -> int:
        """Days by which its date stands later than at first; what was brought forward makes up for nothing."""
        if not self.due_on or not self.original_due_on:
            return 0
        return max(0, (self.due_on - self.original_due_on).days)


@dataclass(frozen=True)
class Moment:
    """All of a plan's actions as they stood on a day."""

    on: date
    actions: tuple[Stood, ...]

    def in_stage(self, stage: str) -> int:
        return sum(action.stage == stage for action in self.actions)

    def rated(self, rating: int | None) -> int:
        return sum(action.rating == rating for action in self.actions)

    @property
    def count(self) -> int:
        return len(self.actions)

    @property
    def complete(self) -> int:
        return self.in_stage(Stage.COMPLETE)

    @property
    def overdue(self) -> int:
        return sum(action.is_overdue for action in self.actions)

    @property
    def should_be_finished(self) -> int:
        """Due before the day by the dates as they stood then; withdrawn ones no longer count."""
        return sum(_passed(action.due_on, self.on, action) for action in self.actions)

    @property
    def promised(self) -> int:
        """The same by the dates that the actions had at first."""
        return sum(_passed(action.original_due_on, self.on, action) for action in self.actions)

    @property
    def moved(self) -> int:
        return sum(action.moves > 0 for action in self.actions)

    @property
    def days_later(self) -> int:
        return sum(action.days_later for action in self.actions)


@dataclass(frozen=True)
class Since:
    """What moved between two days, each in the plan's order."""

    then: Moment
    now: Moment
    completed: tuple[Stood, ...]
    reopened: tuple[Stood, ...]
    newly_overdue: tuple[Stood, ...]
    moved_later: tuple[Stood, ...]
    rerated: tuple[Stood, ...]
    added: tuple[Stood, ...]

    @property
    def direction(self) -> str:
        """Which way the plan went, in a word, judged by what is complete and what is overdue and by nothing else."""
        more_done = self.now.complete - self.then.complete
        more_late = self.now.overdue - self.then.overdue
        if not more_done and not more_late:
            return "Standing still"
        if more_done >= 0 and more_late <= 0:
            return "Getting better"
        return "Getting worse" if more_done <= 0 else "Better and worse at once"

    @property
    def sentence(self) -> str:
        """The same as a sentence that a councillor reads."""
        done = _change(self.then.complete, self.now.complete, "complete")
        late = _change(self.then.overdue, self.now.overdue, "overdue")
        told = f"{done}, and {late}"
        days = self.now.days_later - self.then.days_later
        if days > 0:
            told += f"; due dates stand {days} day{'' if days == 1 else 's'} further from what was promised"
        return f"{told[0].upper()}{told[1:]}."


class _Update(NamedTuple):
    on: date
    sequence: int
    stage: str
    rating: int | None


class _Move(NamedTuple):
    on: date
    pk: int
    due_on: date


@dataclass(frozen=True)
class _Told:
    """An action and everything that was said of it and agreed about its date, earliest first."""

    pk: int
    reference: str
    number: str
    added_on: date
    original_due_on: date | None
    updates: list[_Update]
    moves: list[_Move]

    def on(self, day: date) -> Stood | None:
        if self.added_on > day:
            return None
        said = next((update for update in reversed(self.updates) if update.on <= day), None)
        moves = [move for move in self.moves if move.on <= day]
        due_on = moves[-1].due_on if moves else self.original_due_on
        stage = said.stage if said else Stage.NOT_STARTED.value
        return Stood(
            pk=self.pk,
            reference=self.reference,
            number=self.number,
            stage=stage,
            rating=said.rating if said else None,
            due_on=due_on,
            original_due_on=self.original_due_on,
            moves=len(moves),
            is_overdue=due_on is not None and due_on < day and stage not in ENDED,
        )


class Facts:
    """What is known of a plan's actions up to a day, read in three queries however many days are asked."""

    def __init__(self, plan: Plan, *, on: date) -> None:
        self.last = on
        self._told = list(_read(plan, on))
        self.first = min((told.added_on for told in self._told), default=on)

    def at(self, day: date) -> Moment:
        """The plan on a day up to the last one read."""
        stood = (told.on(day) for told in self._told)
        return Moment(day, tuple(action for action in stood if action))

    def by_month(self) -> list[Moment]:
        """At the end of each month since the plan began, and on the last day itself; at most a year and a half."""
        return [self.at(day) for day in month_ends(self.first, self.last)[-AT_MOST:]]

    def since(self, day: date) -> Since:
        then, now = self.at(day), self.at(self.last)
        earlier = {action.pk: action for action in then.actions}
        both = [(earlier[action.pk], action) for action in now.actions if action.pk in earlier]
        return Since(
            then=then,
            now=now,
            completed=tuple(b for a, b in both if b.is_complete and not a.is_complete),
            reopened=tuple(b for a, b in both if a.is_complete and not b.is_complete),
            newly_overdue=tuple(b for a, b in both if b.is_overdue and not a.is_overdue),
            moved_later=tuple(b for a, b in both if b.days_later > a.days_later),
            rerated=tuple(b for a, b in both if a.rating != b.rating),
            added=tuple(action for action in now.actions if action.pk not in earlier),
        )


def month_ends(first: date, last: date) -> list[date]:
    """The last days of the months from one day to another, then the other day itself."""
    ends, day = [], first
    while (end := day.replace(day=calendar.monthrange(day.year, day.month)[1])) < last:
        ends.append(end)
        day = end + timedelta(days=1)
    return [*ends, last]


def _read(plan: Plan, on: date) -> Iterator[_Told]:
    updates: dict[int, list[_Update]] = {}
    said = ProgressUpdate.objects.filter(action__recommendation__plan=plan, on__lte=on).order_by(
        "on", "sequence"
    )
    for action, *rest in _rows(said, "action", "on", "sequence", "stage", "rating"):
        updates.setdefault(action, []).append(_Update(*rest))
    moves: dict[int, list[_Move]] = {}
    agreed = DueDateChange.objects.for_plan(plan).agreed(on=on).order_by("decided_on", "pk")
    for action, *rest in _rows(agreed, "action", "decided_on", "pk", "new_on"):
        moves.setdefault(action, []).append(_Move(*rest))
    actions = Action.objects.for_plan(plan).filter(added_on__lte=on).in_plan_order()
    fields = ("pk", "recommendation__reference", "number", "added_on", "original_due_on")
    for pk, reference, number, added_on, due_on in _rows(actions, *fields):
        yield _Told(pk, reference, number, added_on, due_on, updates.get(pk, []), moves.get(pk, []))


def _rows(found: QuerySet[Any], *fields: str) -> Iterable[tuple[Any, ...]]:
    return found.values_list(*fields)


def _passed(due_on: date | None, day: date, action: Stood) -> bool:
    return due_on is not None and due_on < day and action.stage != Stage.WITHDRAWN


def _change(then: int, now: int, what: str) -> str:
    """“3 more are complete (22)”."""
    if then == now:
        return f"as many are {what} as before ({now})"
    size = abs(now - then)
    return f"{size} {'more' if now > then else 'fewer'} {'is' if size == 1 else 'are'} {what} ({now})"
