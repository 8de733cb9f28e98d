"""How far a plan's due dates have moved, as of a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from improvement.models import Plan
from recommendations.models import Action, DueDateChange


@dataclass(frozen=True)
class Slippage:
    """What the moves of a plan's due dates add up to."""

    actions_moved: int
    moves: int
    days: int
    waiting: int


def of_plan(plan: Plan, *, on: date) -> Slippage:
    """Days count from each action's first date to the one it stands at; an action that had none slips none."""
    moved: list[Any] = list(Action.objects.for_plan(plan).as_of(on).moved())
    return Slippage(
        actions_moved=len(moved),
        moves=sum(action.moves for action in moved),
        days=sum((action.due_on - action.original_due_on).days for action in moved if action.original_due_on),
        waiting=DueDateChange.objects.for_plan(plan).waiting(on=on).count(),
    )
