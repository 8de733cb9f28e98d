"""What the rules look at: a plan as of a day, as plain frozen facts, gathered in a few queries whatever its size."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery

from improvement.models import CountsAs, Plan, Rating
from recommendations import measures
from recommendations.challenge import words
from recommendations.measures import Course
from recommendations.models import (
    Action,
    ActionLead,
    ChallengeSettings,
    DuePrecision,
    Evidence,
    Recommendation,
    Stage,
)
from recommendations.models.action import ENDED, ActionQuerySet

FIELDS = (
    *("pk", "number", "added_on", "original_due_on", "due_precision", "due_text"),
    *("text", "due_on", "stage", "narrative", "updated_on", "forecast_on", "moves", "move_waits"),
    *("has_evidence", "rating_word", "counts_as"),
    *("recommendation_id", "reference", "recommendation_text", "timescale", "raised_on", "theme"),
)


@dataclass(frozen=True, slots=True)
class Post:
    abbreviation: str
    title: str


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """One action as it stood. `posts` are its lead officers in order, the accountable one first."""

    reference: str
    number: str
    theme: str
    posts: tuple[Post, ...]
    text: str
    added_on: date
    original_due_on: date | None
    due_on: date | None
    due_text: str
    due_precision: str
    stage: Stage
    rating: str
    counts_as: str
    narrative: str
    updated_on: date | None
    forecast_on: date | None
    moves: int
    move_waits: bool
    has_evidence: bool

    @property
    def name(self) -> str:
        return f"{self.reference} ({self.number})"

    @property
    def is_open(self) -> bool:
        return self.stage not in ENDED

    @property
    def is_complete(self) -> bool:
        return self.stage == Stage.COMPLETE

    @property
    def says_on_track(self) -> bool:
        """Whether its rating says that all is well, whatever colour the plan's key gives that."""
        return self.counts_as in (CountsAs.ON_TRACK, CountsAs.DONE)

    def days_overdue(self, on: date) -> int:
        if not self.is_open or self.due_on is None:
            return 0
        return max((on - self.due_on).days, 0)


@dataclass(frozen=True, slots=True)
class RecommendationFacts:
    """A recommendation that has actions, and the measures that may prove its outcome."""

    reference: str
    theme: str
    text: str
    timescale: str
    raised_on: date
    actions: tuple[ActionFacts, ...]
    measures: tuple[Course, ...]


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan, or the part of it that a page shows, as it stood on a day, in plan order."""

    on: date
    thresholds: ChallengeSettings
    recommendations: tuple[RecommendationFacts, ...]

    @property
    def actions(self) -> tuple[ActionFacts, ...]:
        return tuple(action for recommendation in self.recommendations for action in recommendation.actions)


def of_plan(plan: Plan, *, on: date) -> PlanFacts:
    """Everything, in five queries."""
    actions = Action.objects.for_plan(plan)
    courses: dict[int, list[Course]] = defaultdict(list)
    for course in measures.of_plan(plan, on=on):
        if course.measure.recommendation_id:
            courses[course.measure.recommendation_id].append(course)
    return _facts(plan, actions, _posts(plan, on), courses, on)


def around(plan: Plan, recommendation: Recommendation, *, on: date, with_measures: bool) -> PlanFacts:
    """A recommendation and those that say the same, without their posts.

    That two say the same is seen only by comparing, so the words of the whole plan are read, and nothing else of it.
    """
    same = _those_that_say_the_same(plan, recommendation.pk, on)
    courses = (
        {recommendation.pk: list(measures.of_recommendation(recommendation, on=on))} if with_measures else {}
    )
    actions = Action.objects.for_plan(plan).filter(recommendation__in=same)
    return _facts(plan, actions, {}, courses, on)


def _facts(
    plan: Plan,
    actions: ActionQuerySet,
    posts: dict[int, tuple[Post, ...]],
    courses: dict[int, list[Course]],
    on: date,
) -> PlanFacts:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in _rows(actions, on):
        grouped[row["recommendation_id"]].append(row)
    return PlanFacts(
        on=on,
        thresholds=ChallengeSettings.objects.holding(plan, on=on),
        recommendations=tuple(
            RecommendationFacts(
                reference=rows[0]["reference"],
                theme=rows[0]["theme"],
                text=rows[0]["recommendation_text"],
                timescale=rows[0]["timescale"],
                raised_on=rows[0]["raised_on"],
                actions=tuple(_action(row, posts.get(row["pk"], ())) for row in rows),
                measures=tuple(courses.get(pk, ())),
            )
            for pk, rows in grouped.items()
        ),
    )


def _rows(actions: ActionQuerySet, on: date) -> Iterable[Any]:
    rating = Rating.objects.filter(pk=OuterRef("rating_now"))
    # Exempt evidence counts too: that there is some is no secret, and to ask for it as if there were none would be wrong.
    evidence = Evidence.objects.standing(on=on).filter(action=OuterRef("pk"))
    shown = actions.filter(recommendation__raised_on__lte=on).as_of(on).in_plan_order()
    rows: Iterable[Any] = shown.annotate(
        has_evidence=Exists(evidence),
        rating_word=Subquery(rating.values("word")[:1]),
        counts_as=Subquery(rating.values("counts_as")[:1]),
        reference=F("recommendation__reference"),
        recommendation_text=F("recommendation__text"),
        timescale=F("recommendation__timescale"),
        raised_on=F("recommendation__raised_on"),
        theme=F("recommendation__theme__slug"),
    ).values(*FIELDS)
    return rows


def _action(row: Any, posts: tuple[Post, ...]) -> ActionFacts:
    return ActionFacts(
        reference=row["reference"],
        number=row["number"],
        theme=row["theme"],
        posts=posts,
        text=row["text"],
        added_on=row["added_on"],
        original_due_on=row["original_due_on"],
        due_on=row["due_on"],
        due_text=row["due_text"],
        due_precision=row["due_precision"] or DuePrecision.TO_BE_CONFIRMED,
        stage=Stage(row["stage"]),
        rating=row["rating_word"] or "",
        counts_as=row["counts_as"] or "",
        narrative=row["narrative"],
        updated_on=row["updated_on"],
        forecast_on=row["forecast_on"],
        moves=row["moves"],
        move_waits=row["move_waits"],
        has_evidence=row["has_evidence"],
    )


def _posts(plan: Plan, on: date) -> dict[int, tuple[Post, ...]]:
    """Who leads each action on a day, by the action's number in the database."""
    leads = ActionLead.objects.for_plan(plan).leading(on=on).order_by("action", "position")
    posts: dict[int, tuple[Post, ...]] = defaultdict(tuple)
    for action, abbreviation, title in leads.values_list(
        "action_id", "lead_officer__abbreviation", "lead_officer__title"
    ):
        posts[action] += (Post(abbreviation, title),)
    return posts


def _those_that_say_the_same(plan: Plan, pk: int, on: date) -> set[int]:
    """The recommendation itself, and those that share its words or those of one of its actions."""
    said = Action.objects.for_plan(plan).filter(recommendation__raised_on__lte=on).as_of(on).order_by("pk")
    by_words: dict[str, set[int]] = defaultdict(set)
    rows: Iterable[Any] = said.values_list("recommendation_id", "recommendation__text", F("text"))
    for recommendation, whole, text in rows:
        by_words[f"recommendation {words.same_words(whole)}"].add(recommendation)
        by_words[f"action {words.same_words(text)}"].add(recommendation)
    shared = [sharing for sharing in by_words.values() if pk in sharing]
    return {pk}.union(*shared)
