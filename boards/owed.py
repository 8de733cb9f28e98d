"""What a holder of posts owes: which of their actions need a word, the most pressing first."""

from dataclasses import dataclass

from improvement.clock import Day
from improvement.models import Council, LeadOfficer, Plan, User
from recommendations import progress
from recommendations.models import Action
from recommendations.models.action import ActionQuerySet
from recommendations.progress import Standing

AT_MOST = 100


@dataclass(frozen=True)
class Group:
    title: str
    standings: tuple[Standing, ...]
    count: int


@dataclass(frozen=True)
class Owed:
    """Open actions of the posts a user holds, each in the first group that fits."""

    posts: tuple[LeadOfficer, ...]
    overdue: Group
    due_soon: Group
    silent: Group
    other: Group

    @property
    def groups(self) -> tuple[Group, ...]:
        return tuple(group for group in (self.overdue, self.due_soon, self.silent, self.other) if group.count)

    @property
    def lists(self) -> tuple[tuple[Plan, LeadOfficer], ...]:
        """Each plan with each post that owes something of it: in the list of actions they can be sorted and downloaded."""
        found = (
            (standing.action.recommendation.plan, lead)
            for group in self.groups
            for standing in group.standings
            for lead in standing.leads
            if lead in self.posts
        )
        return tuple(dict.fromkeys(found))

    @property
    def count(self) -> int:
        return sum(group.count for group in (self.overdue, self.due_soon, self.silent))


def by(user: User, council: Council, day: Day) -> Owed:
    posts = list(LeadOfficer.objects.visible_to(user).filter(council=council).held_by(user, on=day.on))
    theirs = Action.objects.visible_to(user).led_by(posts).as_of(day.on).open()
    late, soon, silent = theirs.is_overdue(day.on), theirs.is_due_soon(day.on), theirs.is_silent(day.on)
    return Owed(
        posts=tuple(posts),
        overdue=_group("Overdue", theirs.filter(late), day),
        due_soon=_group("Due in the next 30 days", theirs.filter(soon), day),
        silent=_group("Not updated for 30 days", theirs.filter(silent).exclude(late | soon), day),
        other=_group("Nothing owed at present", theirs.exclude(late | soon | silent), day),
    )


def _group(title: str, actions: ActionQuerySet, day: Day) -> Group:
    shown = actions.longest_overdue_first().with_recommendation().with_leads()[: AT_MOST + 1]
    standings = progress.standings(shown, on=day.on)
    count = len(standings) if len(standings) <= AT_MOST else actions.count()
    return Group(title, tuple(standings[:AT_MOST]), count)
