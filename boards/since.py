"""What moved since the board last looked: its last meeting, else the last agreed version, or a day that the reader names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import BadRequest
from django.urls import reverse

from boards import register, trends
from boards.models import Meeting, Risk
from boards.register import Moved
from boards.trends import Cell
from improvement import clock
from improvement.pages import PlanPage
from recommendations import months
from recommendations.months import Facts, Moment, Stood
from recommendations.versions import VersionStanding

FEW = 6


@dataclass(frozen=True)
class Row:
    """A figure on both days, and by how much it differs, with its sign."""

    label: str
    then: Cell
    now: Cell
    change: str


@dataclass(frozen=True)
class Group:
    """Actions that something happened to; the first few are shown."""

    title: str
    shown: tuple[Stood, ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.shown)


@dataclass(frozen=True)
class Looked:
    """What moved since a day, ready to be shown."""

    day: date
    why: str
    direction: str
    sentence: str
    rows: tuple[Row, ...]
    groups: tuple[Group, ...]
    risks: tuple[Moved, ...]
    compare_url: str
    meeting: Meeting | None


def of(page: PlanPage, facts: Facts, agreed: Sequence[VersionStanding], *, asked: str) -> Looked | None:
    """None where nothing lies before the day: the plan began on it."""
    on = page.day.on
    held = _last_meeting(page)
    day, why = _day(facts, held, agreed, asked, on)
    if day is None:
        return None
    moved = facts.since(day)
    risks = register.standings(Risk.objects.visible_to(page.user).for_plan(page.plan), on=on)
    compare = reverse("recommendations:compare", args=[page.plan.council.slug, page.plan.slug])
    return Looked(
        day=day,
        why=why,
        direction=moved.direction,
        sentence=moved.sentence,
        rows=_rows(page, moved),
        groups=_groups(moved),
        risks=tuple(register.moved(risks, since=day)),
        compare_url=page.day.carried_to(compare, f"from={day.isoformat()}&to={on.isoformat()}"),
        meeting=held if held and held.on == day else None,
    )


def _last_meeting(page: PlanPage) -> Meeting | None:
    """The last meeting before the day that a board of this plan held."""
    on = page.day.on
    return Meeting.objects.visible_to(page.user).of_plan(page.plan).held(on=on).filter(on__lt=on).first()


def _day(
    facts: Facts, held: Meeting | None, agreed: Sequence[VersionStanding], asked: str, on: date
) -> tuple[date | None, str]:
    if asked:
        day = clock.read_day(asked)
        if day >= on:
            raise BadRequest(f"Choose a day before {on:%-d %B %Y}.")
        return day, "the day that you chose"
    if held and held.on >= facts.first:
        return held.on, "the last meeting"
    for standing in agreed:
        if standing.version.agreed_on < on:
            return standing.version.agreed_on, f"the day on which version {standing.version.label} was agreed"
    return (facts.first, "the day on which the plan began") if facts.first < on else (None, "")


def _rows(page: PlanPage, moved: months.Since) -> tuple[Row, ...]:
    link = trends.to_lists_of(page)

    def row(label: str, query: str, count: Callable[[Moment], int]) -> Row:
        then, now = count(moved.then), count(moved.now)
        was, stands = (
            Cell(value, link(query, moment.on) if value else "")
            for value, moment in ((then, moved.then), (now, moved.now))
        )
        return Row(label, was, stands, f"{now - then:+d}".replace("-", "−") if now != then else "the same")

    return (
        row("Actions", "", lambda moment: moment.count),
        row("Complete", "stage=complete", lambda moment: moment.complete),
        row("Should be finished", "due=passed", lambda moment: moment.should_be_finished),
        row("Overdue", "overdue=yes", lambda moment: moment.overdue),
        row("Due date moved", "moved=yes", lambda moment: moment.moved),
    )


def _groups(moved: months.Since) -> tuple[Group, ...]:
    told = (
        ("Completed", moved.completed),
        ("Newly overdue", moved.newly_overdue),
        ("Due later than before", moved.moved_later),
        ("Rated otherwise", moved.rerated),
        ("Reopened", moved.reopened),
        ("Added to the plan", moved.added),
    )
    return tuple(Group(title, actions[:FEW], len(actions)) for title, actions in told if actions)
