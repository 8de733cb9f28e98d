"""Which actions ask for a word as of a day, and since when; worked out from due dates and updates alone.

Three questions are asked of an action, one at a time: it falls due soon, its date has passed, nothing was said for
weeks. Each is asked at the times that the plan sets and is answered by any update after it was first asked.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from boards.models import ChaserSettings, Occasion, Round
from improvement.models import Plan
from recommendations.models import Action, Stage


@dataclass(frozen=True)
class Ask:
    """A question of an action: why it is asked, and on which day it was last due to be."""

    occasion: str
    since: date


@dataclass(frozen=True)
class Prompt:
    """Something to be said to whoever holds a post. It is said once on or after `since`, and again when that moves.

    It is about one action, or about an update round.
    """

    post: int
    plan: Plan
    occasion: str
    since: date
    key: str
    action: Action | None = None
    round: Round | None = None


def ask_of(
    *, due_on: date | None, updated_on: date | None, added_on: date, times: ChaserSettings, on: date
) -> Ask | None:
    """The question that an open action asks on a day; None where there is none, or it was answered."""
    return (_of_date(due_on, updated_on, times, on) if due_on else None) or _of_silence(
        updated_on or added_on, times, on
    )


def _of_date(due_on: date, updated_on: date | None, times: ChaserSettings, on: date) -> Ask | None:
    # An action is on time all through its due day; London's midnight after it is when the date has passed.
    passed = due_on + timedelta(days=1)
    if on >= passed:
        return (
            None
            if _answered(updated_on, passed)
            else Ask(Occasion.PASSED, _last(passed, times.again_days, on))
        )
    steps = sorted(due_on - timedelta(days=days) for days in (times.first_days, times.last_days) if days)
    begun = [step for step in steps if step <= on]
    if not begun or _answered(updated_on, begun[0]):
        return None
    return Ask(Occasion.SOON, begun[-1])


def _of_silence(heard_on: date, times: ChaserSettings, on: date) -> Ask | None:
    quiet = heard_on + timedelta(days=times.silent_days)
    if not times.silent_days or on < quiet:
        return None
    return Ask(Occasion.SILENT, _last(quiet, times.again_days, on))


def _answered(updated_on: date | None, asked_on: date) -> bool:
    return updated_on is not None and updated_on >= asked_on


def _last(first: date, every: int, on: date) -> date:
    """The last time by a day of something that comes round every so many days."""
    return first + timedelta(days=(on - first).days // every * every) if every else first


def prompts(plan: Plan, *, on: date) -> list[Prompt]:
    """What a plan has to say on a day to the posts that lead its actions; nothing once it is closed."""
    if plan.is_closed(on):
        return []
    times = ChaserSettings.objects.holding(plan)
    open_now = Action.objects.for_plan(plan).as_of(on).open().with_recommendation().with_leads()
    found = []
    for action in open_now.in_plan_order():
        if ask := asked(action, times, on):
            found += [
                Prompt(
                    lead.lead_officer_id, plan, ask.occasion, ask.since, f"{ask.occasion}:{action.pk}", action
                )
                for lead in action.leads_on(on)
            ]
    return found


def asked(action: Action, times: ChaserSettings, on: date) -> Ask | None:
    """The question of an action that was read `as_of` the day; none while it waits for somebody to sign it off."""
    if getattr(action, "stage", "") == Stage.AWAITING_SIGN_OFF:
        return None
    return ask_of(
        due_on=getattr(action, "due_on", None),
        updated_on=getattr(action, "updated_on", None),
        added_on=action.added_on,
        times=times,
        on=on,
    )
