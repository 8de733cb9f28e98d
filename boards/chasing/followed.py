"""What happened, up to a day, in what somebody follows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from boards.models import Follow, Occasion
from improvement.models import Plan
from recommendations.models import Action, DueDateChange, ProgressUpdate, Stage
from recommendations.models.action import ENDED

ENDINGS = (*ENDED, Stage.AWAITING_SIGN_OFF.value)


@dataclass(frozen=True)
class Happening:
    """An update of an action, or a move of its due date that was agreed, on a day."""

    on: date
    plan: Plan
    action: Action
    occasion: str
    key: str
    by: int | None
    update: ProgressUpdate | None = None
    move: DueDateChange | None = None


def happenings(follows: Sequence[Follow], *, on: date) -> dict[int, list[Happening]]:
    """By the user's number, what they have not been told of yet; each thing once, however often they follow it."""
    by_plan: dict[Plan, list[Follow]] = defaultdict(list)
    for follow in follows:
        if follow.complete_until(on) > follow.told_until:
            by_plan[follow.plan].append(follow)
    found: dict[int, dict[str, Happening]] = defaultdict(dict)
    for plan, theirs in by_plan.items():
        happened = list(_in(plan, after=min(follow.told_until for follow in theirs), on=on))
        for follow in theirs:
            found[follow.user_id].update({each.key: each for each in happened if _tells(follow, each, on)})
    return {user: list(told.values()) for user, told in found.items()}


def _in(plan: Plan, *, after: date, on: date) -> Iterable[Happening]:
    said = ProgressUpdate.objects.filter(action__recommendation__plan=plan, on__gt=after, on__lt=on)
    for update in said.select_related("action__recommendation").order_by("on", "sequence", "pk"):
        occasion = Occasion.ENDED if update.stage in ENDINGS else Occasion.SAID
        key = f"said:{update.pk}"
        yield Happening(update.on, plan, update.action, occasion, key, update.by_id, update=update)
    moves = DueDateChange.objects.for_plan(plan).agreed(on=on).filter(decided_on__gt=after, decided_on__lt=on)
    for move in moves.select_related("action__recommendation"):
        day = move.decided_on or on
        yield Happening(
            day, plan, move.action, Occasion.MOVED, f"moved:{move.pk}", move.decided_by_id, move=move
        )


def _tells(follow: Follow, happened: Happening, on: date) -> bool:
    """Whether it is new to this follower, within what they follow, of a kind they chose, and not their own doing."""
    wanted = {
        Occasion.SAID.value: follow.updates,
        Occasion.ENDED.value: follow.endings,
        Occasion.MOVED.value: follow.dates,
    }
    return (
        wanted[happened.occasion]
        and follow.told_until < happened.on <= follow.complete_until(on)
        and happened.by != follow.user_id
        and follow.covers(happened.action)
    )
