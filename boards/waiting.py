"""What waits for somebody who decides: claims that actions are complete, and requests for other due dates.

Rooms further down have more that waits; they say so to `also`, since nothing here may know of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from improvement.clock import Day
from improvement.models import Council, LeadOfficer, Plan, User
from improvement.permissions import MAY, Verb, role_in
from recommendations.models import Action, DueDateChange, Stage


@dataclass(frozen=True)
class Waiting:
    """Counts of a plan as of now; `own` of them somebody else has to decide, for nobody decides on their own work."""

    claims: int
    own_claims: int
    requests: int
    own_requests: int

    def __bool__(self) -> bool:
        return bool(self.claims or self.requests)


NOTHING = Waiting(0, 0, 0, 0)


def for_decision_by(user: User, plan: Plan, day: Day) -> Waiting:
    """Nothing for those who decide nothing, on a day that is past, and in a plan that is closed."""
    role = role_in(user, plan.council)
    if role is None or day.asked or plan.is_closed(day.now):
        return NOTHING
    claims, requests = (0, 0), (0, 0)
    if Verb.SIGN_OFF in MAY[role]:
        posts = list(
            LeadOfficer.objects.visible_to(user).filter(council=plan.council).held_by(user, on=day.now)
        )
        actions = Action.objects.visible_to(user).for_plan(plan).as_of(day.now)
        waiting = actions.in_stage(Stage.AWAITING_SIGN_OFF)
        claims = waiting.count(), waiting.own_claims_of(user, posts, on=day.now).count()
    if Verb.DECIDE_DUE_DATE in MAY[role]:
        asked = DueDateChange.objects.visible_to(user).for_plan(plan).waiting(on=day.now)
        requests = asked.count(), asked.requested_by(user).count()
    return Waiting(*claims, *requests)


@dataclass(frozen=True)
class Item:
    """One thing that waits in a plan: what it is, where it is done, and more about it."""

    plan: Plan
    words: str
    url: str
    how: str = ""


Source = Callable[[User, Council], Iterable[Item]]
_sources: list[Source] = []


def also(source: Source) -> None:
    """Have everybody's home page ask this too."""
    if source not in _sources:
        _sources.append(source)


def items_for(user: User, council: Council, day: Day) -> tuple[Item, ...]:
    """What else waits for somebody in a council, with the plan's name where it has several; nothing on a day that is past."""
    if day.asked:
        return ()
    items = tuple(item for source in _sources for item in source(user, council))
    if not items or Plan.objects.visible_to(user).filter(council=council).count() == 1:
        return items
    return tuple(replace(item, words=f"{item.words} ({item.plan})") for item in items)
