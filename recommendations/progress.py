"""Every figure about a plan, as of a day, from the append-only facts. Pages, PDF and exports only render these.

Each figure carries the query of the list that shows exactly the actions it counts; both use the same words of
`ActionQuerySet`, so they cannot disagree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, TextChoices
from django.utils.http import urlencode

from improvement.models import LeadOfficer, Plan, Rating
from recommendations.models import Action, Phase, Stage, Timescale
from recommendations.models.action import ENDED, ActionQuerySet


@dataclass(frozen=True)
class Figure:
    """A number, what it counts, and the list query that shows just those actions."""

    label: str
    count: int
    query: str


@dataclass(frozen=True)
class StageFigure(Figure):
    stage: str


@dataclass(frozen=True)
class RatingFigure(Figure):
    rating: Rating | None


@dataclass(frozen=True)
class Figures:
    """How some actions stand on a day."""

    on: date
    actions: Figure
    stages: tuple[StageFigure, ...]
    ratings: tuple[RatingFigure, ...]
    should_be_finished: Figure
    overdue: Figure
    due_soon: Figure
    silent: Figure
    undated: Figure
    moved: Figure
    completed_late: Figure
    completed_on_time: Figure

    @property
    def headline(self) -> str:
        """How it stands in one sentence that a councillor understands."""
        if not self.actions.count:
            return "The plan had no actions on this day"
        due, late = self.should_be_finished.count, self.overdue.count
        if not due and self.actions.count == 1:
            return "The one action was not due to be finished yet"
        if not due:
            return f"None of the {_actions(self.actions.count)} was due to be finished yet"
        if not late:
            return f"{_every(due)} that should be finished {'is' if due == 1 else 'are'}"
        return f"{late} of {_actions(due)} that should be finished {'is' if late == 1 else 'are'} not"

    @property
    def headline_query(self) -> str:
        """The list behind the headline: what is overdue, or else what it counts."""
        if self.overdue.count:
            return self.overdue.query
        return self.should_be_finished.query if self.should_be_finished.count else self.actions.query

    def stage(self, stage: str) -> StageFigure:
        return next(figure for figure in self.stages if figure.stage == stage)

    @property
    def complete(self) -> StageFigure:
        return self.stage(Stage.COMPLETE)


@dataclass(frozen=True)
class Standing:
    """One action as it stood on a day, ready to be shown."""

    action: Action
    text: str
    due_on: date | None
    moves: int
    move_waits: bool
    stage: Stage
    rating: Rating | None
    narrative: str
    updated_on: date | None
    forecast_on: date | None
    completed_on: date | None
    days_overdue: int
    leads: tuple[LeadOfficer, ...]

    @property
    def days_slipped(self) -> int:
        """Days by which the due date stands later than the first one; negative where it was brought forward."""
        first = self.action.original_due_on
        return (self.due_on - first).days if self.due_on and first else 0

    @property
    def slipped(self) -> str:
        """From when, how often and by how much the due date was moved, in words; empty where it was not."""
        if not self.moves:
            return ""
        first, days = self.action.original_due_on, abs(self.days_slipped)
        often = {1: "once", 2: "twice"}.get(self.moves, f"{self.moves} times")
        if first is None:
            return f"no date at first, moved {often}"
        moved = f"first {first:%-d %b %Y}, moved {often}"
        if not days:
            return f"{moved}, back where it began"
        return f"{moved}, {days} {'day' if days == 1 else 'days'} {'later' if self.days_slipped > 0 else 'earlier'}"

    @property
    def is_ended(self) -> bool:
        return self.stage in ENDED


@dataclass(frozen=True)
class Part:
    """One part of a plan (a theme, a post …) and how its actions stand."""

    key: str
    label: str
    hint: str
    query: str
    figures: Figures


def of(actions: ActionQuerySet, *, plan: Plan, on: date, query: str = "") -> Figures:
    """Figures of some of a plan's actions; `query` is the list query that selects them."""
    ratings = ratings_of(plan)
    counts = actions.as_of(on).aggregate(**_counts(ratings, on))
    return _figures(counts, ratings, on, query)


def of_plan(plan: Plan, *, on: date) -> Figures:
    return of(Action.objects.for_plan(plan), plan=plan, on=on)


@dataclass(frozen=True)
class Breakdown:
    """A whole plan and the parts that add up to it: each action has one recommendation and one phase."""

    whole: Figures
    themes: tuple[Part, ...]
    timescales: tuple[Part, ...]
    phases: tuple[Part, ...]
    recommendations: tuple[Part, ...]


def break_down(plan: Plan, *, on: date) -> Breakdown:
    """One query, grouped as finely as the parts need and summed from there."""
    tally = _Tally(
        plan,
        on,
        theme_place=F("recommendation__theme__position"),
        theme=F("recommendation__theme__slug"),
        theme_name=F("recommendation__theme__name"),
        timescale=F("recommendation__timescale"),
        place=F("recommendation__position"),
        reference=F("recommendation__reference"),
        title=F("recommendation__title"),
        part=F("phase"),
    )
    return Breakdown(
        whole=tally.whole(),
        themes=tally.parts("theme", "theme_place", key="theme", label="theme_name"),
        timescales=tally.parts("timescale", key="timescale", labels=Timescale),
        phases=tally.parts("phase", key="part", labels=Phase),
        recommendations=tally.parts(
            "recommendation", "theme_place", "place", key="reference", label="reference", hint="title"
        ),
    )


def by_lead_officer(plan: Plan, *, on: date) -> tuple[Part, ...]:
    """An action counts for each post that leads it, so these add up to more than the plan; the latest first."""
    tally = _Tally(
        plan,
        on,
        Action.objects.for_plan(plan).leading(on=on),
        abbreviation=F("leads__lead_officer__abbreviation"),
        title=F("leads__lead_officer__title"),
    )
    return _most_overdue_first(tally.parts("lead", key="abbreviation", label="abbreviation", hint="title"))


def by_organisation(plan: Plan, *, on: date) -> tuple[Part, ...]:
    """An action counts once for each organisation with a post that leads it; the latest first."""
    organisation = "leads__lead_officer__organisation"
    led = Action.objects.for_plan(plan).leading(on=on)
    tally = _Tally(plan, on, led, slug=F(f"{organisation}__slug"), name=F(f"{organisation}__name"))
    return _most_overdue_first(tally.parts("organisation", key="slug", label="name"))


def by_recommendation(actions: ActionQuerySet, *, plan: Plan, on: date, query: str) -> tuple[Part, ...]:
    """Some of a plan's actions by what they answer; `query` is the list query that selects them."""
    tally = _Tally(
        plan,
        on,
        actions,
        query,
        theme_place=F("recommendation__theme__position"),
        place=F("recommendation__position"),
        reference=F("recommendation__reference"),
        title=F("recommendation__title"),
    )
    return tally.parts(
        "recommendation", "theme_place", "place", key="reference", label="reference", hint="title"
    )


def of_plans(plans: Iterable[Plan], *, on: date) -> dict[int, Figures]:
    """Figures of several plans on one day, by the plan's number, in one query; ratings, which differ, are left out."""
    rows: Iterable[Any] = (
        Action.objects.filter(recommendation__plan__in=list(plans))
        .as_of(on)
        .order_by()
        .values(of_plan=F("recommendation__plan"))
        .annotate(**_counts((), on))
    )
    return {row["of_plan"]: _figures(row, (), on, "") for row in rows}


def longest_overdue(plan: Plan, *, on: date, at_most: int) -> list[Standing]:
    overdue = Action.objects.for_plan(plan).as_of(on).overdue(on=on).longest_overdue_first()
    return standings(overdue.with_recommendation().with_leads()[:at_most], on=on)


def standings(actions: Iterable[Action], *, on: date) -> list[Standing]:
    """Actions `as_of` the day and `with_leads`, each as it stood then."""
    shown = list(actions)
    ratings = Rating.objects.in_bulk({getattr(action, "rating_now", None) for action in shown} - {None})
    return [_standing(action, ratings, on) for action in shown]


def _standing(action: Any, ratings: dict[int, Rating], on: date) -> Standing:
    return Standing(
        action=action,
        text=action.text,
        due_on=action.due_on,
        moves=action.moves,
        move_waits=action.move_waits,
        stage=Stage(action.stage),
        rating=ratings.get(action.rating_now),
        narrative=action.narrative,
        updated_on=action.updated_on,
        forecast_on=action.forecast_on,
        completed_on=action.completed_on,
        days_overdue=_days_overdue(action, on),
        leads=tuple(lead.lead_officer for lead in action.leads_on(on)),
    )


def _days_overdue(action: Any, on: date) -> int:
    """Days since the due date; 0 when not due yet or already ended."""
    if action.due_on is None or action.due_on >= on or action.stage in ENDED:
        return 0
    return int((on - action.due_on).days)


def ratings_of(plan: Plan) -> list[Rating]:
    return list(plan.rating_scale.ratings.order_by("position", "pk"))


def _counts(ratings: Iterable[Rating], on: date) -> dict[str, Count]:
    """One count for each figure. Actions are counted once even where a join repeats them."""
    meanings: dict[str, Q] = {
        "should_be_finished": ActionQuerySet.is_should_be_finished(on),
        "overdue": ActionQuerySet.is_overdue(on),
        "due_soon": ActionQuerySet.is_due_soon(on),
        "silent": ActionQuerySet.is_silent(on),
        "undated": ActionQuerySet.is_undated(),
        "moved": ActionQuerySet.is_moved(),
        "completed_late": ActionQuerySet.is_completed_late(),
        "completed_on_time": ActionQuerySet.is_completed_on_time(),
        "rating_none": Q(rating_now=None),
        **{f"rating_{rating.pk}": Q(rating_now=rating.pk) for rating in ratings},
        **{f"stage_{stage.name}": Q(stage=stage) for stage in Stage},
    }
    return {
        "actions": Count("pk", distinct=True),
        **{name: Count("pk", filter=meaning, distinct=True) for name, meaning in meanings.items()},
    }


def _figures(counts: dict[str, int], ratings: Iterable[Rating], on: date, query: str) -> Figures:
    def asking(more: str) -> str:
        return "&".join(part for part in (query, more) if part)

    return Figures(
        on=on,
        actions=Figure("Actions", counts["actions"], asking("")),
        stages=tuple(
            StageFigure(
                stage.label, counts[f"stage_{stage.name}"], asking(f"stage={stage.value}"), stage.value
            )
            for stage in Stage
        ),
        ratings=(
            *(
                RatingFigure(
                    rating.word, counts[f"rating_{rating.pk}"], asking(f"rating={rating.slug}"), rating
                )
                for rating in ratings
            ),
            RatingFigure("Not rated", counts["rating_none"], asking("rating=none"), None),
        ),
        should_be_finished=Figure("Should be finished", counts["should_be_finished"], asking("due=passed")),
        overdue=Figure("Overdue", counts["overdue"], asking("overdue=yes")),
        due_soon=Figure("Due in the next 30 days", counts["due_soon"], asking("due=soon")),
        silent=Figure("Not updated for 30 days", counts["silent"], asking("silent=yes")),
        undated=Figure("Without a due date", counts["undated"], asking("due=none")),
        moved=Figure("Due date moved", counts["moved"], asking("moved=yes")),
        completed_late=Figure("Completed late", counts["completed_late"], asking("finished=late")),
        completed_on_time=Figure(
            "Completed on time", counts["completed_on_time"], asking("finished=on-time")
        ),
    )


class _Tally:
    """Counts of a plan's actions on a day, one row for each group that the named fields make."""

    def __init__(
        self, plan: Plan, on: date, actions: ActionQuerySet | None = None, query: str = "", **fields: F
    ) -> None:
        self.on, self.ratings, self.query = on, ratings_of(plan), query
        counts = _counts(self.ratings, on)
        counted = Action.objects.for_plan(plan) if actions is None else actions
        self.names = list(counts)
        self.rows: list[Any] = list(counted.as_of(on).order_by().values(**fields).annotate(**counts))

    def whole(self) -> Figures:
        return _figures(self._sum(self.rows), self.ratings, self.on, "")

    def parts(
        self,
        parameter: str,
        *order: str,
        key: str,
        label: str = "",
        hint: str = "",
        labels: type[TextChoices] | None = None,
    ) -> tuple[Part, ...]:
        """The rows summed by `key`, in the order of other fields or of the choices that label them."""
        groups: dict[str, list[Any]] = {}
        for row in self.rows:
            if row[key]:
                groups.setdefault(row[key], []).append(row)
        if labels:
            keys = [value for value in labels.values if value in groups]
        else:
            keys = sorted(groups, key=lambda value: tuple(groups[value][0][field] for field in (*order, key)))
        parts = []
        for value in keys:
            first, asked = groups[value][0], urlencode({parameter: value})
            query = f"{self.query}&{asked}" if self.query else asked
            words = str(labels(value).label) if labels else first[label]
            figures = _figures(self._sum(groups[value]), self.ratings, self.on, query)
            parts.append(Part(value, words, first[hint] if hint else "", query, figures))
        return tuple(parts)

    def _sum(self, rows: list[Any]) -> dict[str, int]:
        return {name: sum(row[name] for row in rows) for name in self.names}


def _most_overdue_first(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(
        sorted(parts, key=lambda part: (-part.figures.overdue.count, -part.figures.actions.count, part.label))
    )


def _actions(count: int) -> str:
    return "1 action" if count == 1 else f"{count} actions"


def _every(count: int) -> str:
    return "The one action" if count == 1 else f"All {count} actions"
