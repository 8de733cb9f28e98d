"""What an open update round asks by e-mail: when it is opened, half way and on its last day, until all is answered.

A round whose meeting is called off asks nobody. After its last day, what was not said in time is said once more.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from boards import outside, rounds
from boards.chasing.due import Prompt
from boards.models import ChaserSettings, Digest, Occasion, Round
from boards.rounds import Tally
from improvement.models import Plan, User
from recommendations.models import Action, ActionLead
from recommendations.workflow.updates import SAID_FREELY


def prompts(plan: Plan, *, on: date) -> Iterator[Prompt]:
    """What the plan's open round has to say on a day to the posts whose actions are not all answered."""
    if plan.is_closed(on):
        return
    times = ChaserSettings.objects.holding(plan)
    for asked in Round.objects.for_plan(plan).open(on=on).with_meeting():
        since = step_of(asked, times, on=on)
        if since is None or not asks(asked, on=on):
            continue
        for post in _posts(plan, asked, on):
            yield Prompt(post, plan, Occasion.ASKED, since, f"round:{asked.pk}", round=asked)


def step_of(asked: Round, times: ChaserSettings, *, on: date) -> date | None:
    """The last of the days by now on which the round asks."""
    half_way = asked.opened_on + (asked.cut_off_on - asked.opened_on) // 2
    steps = (
        (times.round_opened, asked.opened_on),
        (times.round_half_way, half_way),
        (times.round_last_day, asked.cut_off_on),
    )
    return max((day for wanted, day in steps if wanted and day <= on), default=None)


def asks(asked: Round, *, on: date) -> bool:
    """Whether anybody is still to be asked: it takes answers, and its meeting is to be held or being held."""
    return asked.is_open(on) and not asked.is_called_off(on) and on <= asked.for_meeting_on


def tally_for(digest: Digest, asked: Round) -> Tally:
    """What the reader of a digest owes of a round, and has answered; by a link, of what a link can say."""
    if digest.user:
        return _tally_of_user(digest.user, asked, digest.on)
    if digest.link is None:
        return Tally(0, 0, 0)
    theirs = Action.objects.filter(pk__in=outside.actions_of(digest.link, on=digest.on).values("pk"))
    # What waits for a sign-off is not theirs to say more of.
    shown = rounds.asked_among(theirs, asked, on=digest.on).filter(Q(stage__in=SAID_FREELY))
    return rounds.tally_of(shown)


def _tally_of_user(user: User, asked: Round, on: date) -> Tally:
    posts = rounds.posts_of(user, asked.plan.council, on=on)
    return rounds.tally_of(rounds.asked_after(asked, user, on=on).led_by(posts, on=on))


def _posts(plan: Plan, asked: Round, on: date) -> list[int]:
    """The posts that lead an action which is not answered."""
    missing = rounds.missing_among(rounds.asked_among(Action.objects.for_plan(plan), asked, on=on))
    leads = ActionLead.objects.leading(on=on).filter(action__in=list(missing.values_list("pk", flat=True)))
    return list(leads.order_by("lead_officer").values_list("lead_officer", flat=True).distinct())
