"""The update rounds of a meeting: how far each of the board's plans has answered, as of a day."""

from dataclasses import dataclass
from datetime import date

from boards import rounds
from boards.models import Meeting, Round
from boards.rounds import Tally
from improvement.models import Plan, User


@dataclass(frozen=True)
class PlanRound:
    """A plan that the board holds to account, and its round for the meeting; None where none was opened by the day.

    `open_already` is a round of the plan for something else, which has to be closed first.
    """

    plan: Plan
    asked: Round | None
    tally: Tally | None
    is_open: bool
    open_already: Round | None

    @property
    def sentence(self) -> str:
        """“9 of 12 answered”."""
        return f"{self.tally.answered} of {self.tally.asked} answered" if self.tally else "No update round"


def of(meeting: Meeting, *, on: date, user: User) -> tuple[PlanRound, ...]:
    """One for each plan of the board, in three queries and one for each round."""
    plans = list(Plan.objects.visible_to(user).filter(boards=meeting.board_id).order_by("name", "pk"))
    seen = Round.objects.visible_to(user)
    for_it = {asked.plan_id: asked for asked in reversed(seen.for_meeting(meeting).opened_by(on=on))}
    others = {asked.plan_id: asked for asked in seen.filter(plan__in=plans).open(on=on)}
    return tuple(_of_plan(plan, for_it.get(plan.pk), others.get(plan.pk), on=on, user=user) for plan in plans)


def _of_plan(plan: Plan, asked: Round | None, other: Round | None, *, on: date, user: User) -> PlanRound:
    if asked is None:
        return PlanRound(plan, None, None, is_open=False, open_already=other)
    tally = rounds.tally_of(rounds.asked_after(asked, user, on=on))
    return PlanRound(plan, asked, tally, is_open=asked.is_open(on), open_already=None)
