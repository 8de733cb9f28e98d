"""How far due dates have moved, as of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, Sum

from improvement.models import Plan
from recommendations.models import Action, Decision, DueDateChange


@dataclass(frozen=True)
class Slippage:
    """What the moves of a plan's due dates add up to.

    `days` counts from the first date of each action to the one it stands at, where that is later: what was brought
    forward makes up for nothing, and an action that had no date slips none.
    """

    actions_moved: int
    moves: int
    actions_later: int
    days: int
    waiting: int

    @property
    def sentence(self) -> str:
        """How far the dates have moved, as a councillor reads it; empty where none has."""
        if not self.moves:
            return ""
        moved = f"Due dates have moved {_times(self.moves)}, for {_actions(self.actions_moved)}"
        if not self.actions_later:
            return f"{moved}; none of them is later than at first."
        stand = "stands" if self.actions_later == 1 else "stand"
        days = "1 day" if self.days == 1 else f"{self.days} days"
        return f"{moved}; {_actions(self.actions_later)} {stand} later than at first, by {days} in all."


@dataclass(frozen=True)
class Move:
    """A request to move an action's due date, as it stood on a day."""

    change: DueDateChange
    decision: Decision
    in_force: bool

    @property
    def waits(self) -> bool:
        return self.decision == Decision.WAITING


def of_plan(plan: Plan, *, on: date) -> Slippage:
    later = F("due_on") - F("original_due_on")
    is_later = Q(original_due_on__isnull=False, due_on__gt=F("original_due_on"))
    counted = (
        Action.objects.for_plan(plan)
        .as_of(on)
        .moved()
        .aggregate(
            actions=Count("pk"),
            all_moves=Sum("moves"),
            later=Count("pk", filter=is_later),
            slipped=Sum(later, filter=is_later),
        )
    )
    return Slippage(
        actions_moved=counted["actions"],
        moves=counted["all_moves"] or 0,
        actions_later=counted["later"],
        days=(counted["slipped"] or timedelta()).days,
        waiting=DueDateChange.objects.for_plan(plan).waiting(on=on).count(),
    )


def moves(changes: Iterable[DueDateChange], *, on: date) -> list[Move]:
    """An action's requests in the order given; in force is the one that was agreed last."""
    asked = [(change, change.decision_on(on)) for change in changes]
    agreed = [change for change, decision in asked if decision == Decision.AGREED]
    in_force = max(agreed, key=lambda change: (change.decided_on or date.min, change.pk), default=None)
    return [Move(change, decision, change is in_force) for change, decision in asked]


def _actions(count: int) -> str:
    return "1 action" if count == 1 else f"{count} actions"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
