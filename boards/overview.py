"""Several councils beside each other, for those who see several: in the order of their names, never ranked.

Each stands at its own day, and a share is always told with what it is a share of, so that like is compared with like.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from improvement.clock import Day
from improvement.models import Council, Plan, User
from recommendations import progress
from recommendations.progress import Figure, Figures


@dataclass(frozen=True)
class Cell:
    """A figure; `of` is what it is a part of."""

    column: str
    count: int
    of: int
    url: str


@dataclass(frozen=True)
class Row:
    """One plan of one council on its day."""

    council: Council
    plan: Plan
    day: Day
    url: str
    headline: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Overview:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def one_day(self) -> bool:
        """Whether all stand at the same day."""
        return len({row.day.on for row in self.rows}) < 2


COLUMNS = ("Actions", "Complete", "Overdue", "Due in 30 days", "Not updated for 30 days")


def of(places: Sequence[tuple[Council, Day]], user: User) -> Overview:
    """One query for the plans and one for each day at which councils stand."""
    days = {council.pk: day for council, day in places}
    plans = list(
        Plan.objects.visible_to(user)
        .filter(council__in=days)
        .select_related("council")
        .order_by("council__name", "slug", "pk")
    )
    by_day: dict[Day, list[Plan]] = {}
    for plan in plans:
        by_day.setdefault(days[plan.council_id], []).append(plan)
    figures: dict[int, Figures] = {}
    for day, standing in by_day.items():
        figures |= progress.of_plans(standing, on=day.on)
    rows = (_row(plan, days[plan.council_id], figures.get(plan.pk)) for plan in plans)
    return Overview(COLUMNS, tuple(rows))


def _row(plan: Plan, day: Day, figures: Figures | None) -> Row:
    places = [plan.council.slug, plan.slug]
    dashboard = day.carried_to(reverse("boards:plan_dashboard", args=places))
    if figures is None:
        return Row(plan.council, plan, day, dashboard, "No actions on this day", ())
    address = reverse("recommendations:action_list", args=places)
    whole, due = figures.actions.count, figures.should_be_finished.count

    def cell(column: str, figure: Figure, of: int) -> Cell:
        return Cell(column, figure.count, of, day.carried_to(address, figure.query) if figure.count else "")

    shown = (figures.actions, figures.complete, figures.overdue, figures.due_soon, figures.silent)
    wholes = (0, whole, due, whole, whole)
    cells = tuple(cell(*each) for each in zip(COLUMNS, shown, wholes, strict=True))
    return Row(plan.council, plan, day, dashboard, figures.headline, cells)
