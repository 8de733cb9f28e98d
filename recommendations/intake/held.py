"""Plans that were understood, held in memory while somebody works on them: making one of 5,000 rows anew takes a second.

Whatever people change of an intake counts its version up, so what is held here is never another's. It is held only once it
is understood and saved.
"""

from datetime import datetime

from recommendations.intake.plan_read import PlanRead
from recommendations.models import Intake, IntakeState

# For each process; a plan of 5,000 rows takes some tens of megabytes.
MOST_HELD = 2
_Key = tuple[int, datetime, int]
_held: dict[_Key, PlanRead] = {}


def held(intake: Intake) -> PlanRead | None:
    return _held.get(_key(intake)) if intake.state == IntakeState.UNDERSTOOD else None


def hold(intake: Intake, plan: PlanRead) -> None:
    """Keep the plan of an intake as it is saved."""
    if intake.state != IntakeState.UNDERSTOOD:
        return
    # Its earlier versions first, then whatever was held longest.
    for key in sorted(_held, key=lambda key: key[0] != intake.pk)[: max(0, len(_held) + 1 - MOST_HELD)]:
        _held.pop(key, None)
    _held[_key(intake)] = plan


def _key(intake: Intake) -> _Key:
    return intake.pk, intake.begun_at, intake.version
