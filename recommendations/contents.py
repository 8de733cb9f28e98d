"""What a plan says on a day, word for word: what a version freezes and a comparison compares."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from improvement.models import Plan, PlanVersion
from recommendations import progress
from recommendations.models import Action, ActionLead, Phase, Recommendation, Stage, Timescale

COLUMNS = (
    "pk",
    "recommendation__reference",
    "number",
    "phase",
    "text",
    "due_on",
    "due_text",
    "stage",
    "rating_now",
)


class NotAsAgreed(Exception):
    """What is kept of a version is no longer what its digest was made of. It must not be shown as agreed."""


@dataclass(frozen=True)
class RecommendationContent:
    reference: str
    theme: str
    title: str
    text: str
    outcome: str
    timescale: str
    organisations: tuple[str, ...]

    @property
    def timescale_words(self) -> str:
        return str(Timescale(self.timescale).label)


@dataclass(frozen=True)
class ActionContent:
    """An action as it stood: `due_on` as 2012-11-14 or empty, `rating` the word of the plan's key or empty."""

    reference: str
    number: str
    phase: str
    text: str
    leads: tuple[str, ...]
    due_on: str
    due_text: str
    stage: str
    rating: str

    @property
    def place(self) -> tuple[str, str]:
        """What makes it the same action in two contents."""
        return self.reference, self.number

    @property
    def due_day(self) -> date | None:
        return date.fromisoformat(self.due_on) if self.due_on else None

    @property
    def due_words(self) -> str:
        if self.due_day:
            return f"{self.due_day:%-d %B %Y}"
        return f"“{self.due_text}” (no date)" if self.due_text else "no date"

    @property
    def stage_words(self) -> str:
        return str(Stage(self.stage).label)

    @property
    def phase_words(self) -> str:
        return "" if self.phase == Phase.NONE else str(Phase(self.phase).label)


@dataclass(frozen=True)
class Contents:
    """A plan on a day, in plan order."""

    recommendations: tuple[RecommendationContent, ...]
    actions: tuple[ActionContent, ...]

    def as_json(self) -> dict[str, Any]:
        """As a version keeps it."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return plain

    @property
    def digest(self) -> str:
        return digest_of(self.as_json())

    @property
    def is_empty(self) -> bool:
        return not self.recommendations and not self.actions

    def says_the_same_as(self, other: "Contents") -> bool:
        """Whether both ask for the same, of the same posts, by the same days. How it goes does not change a plan."""
        return self._undertaken() == other._undertaken()

    def _undertaken(self) -> "Contents":
        def without_progress(action: ActionContent) -> ActionContent:
            return replace(action, stage=action.stage if action.stage == Stage.WITHDRAWN else "", rating="")

        return replace(self, actions=tuple(without_progress(action) for action in self.actions))


def of(plan: Plan, *, on: date) -> Contents:
    return Contents(_recommendations(plan, on), _actions(plan, on))


def _recommendations(plan: Plan, on: date) -> tuple[RecommendationContent, ...]:
    recommendations = Recommendation.objects.for_plan(plan).raised_by(on=on).in_order()
    return tuple(
        RecommendationContent(
            reference=found.reference,
            theme=found.theme.name,
            title=found.title,
            text=found.text,
            outcome=found.outcome,
            timescale=found.timescale,
            organisations=tuple(sorted(body.name for body in found.organisations.all())),
        )
        for found in recommendations.select_related("theme").prefetch_related("organisations")
    )


def _actions(plan: Plan, on: date) -> tuple[ActionContent, ...]:
    """Asked by column, for half of what a list of actions costs: the database works out only what is named."""
    leads: dict[int, list[str]] = {}
    found = ActionLead.objects.for_plan(plan).leading(on=on).order_by("action_id", "position")
    for action, post in found.values_list("action_id", "lead_officer__abbreviation"):
        leads.setdefault(action, []).append(post)
    ratings = {rating.pk: rating.word for rating in progress.ratings_of(plan)}
    rows = Action.objects.for_plan(plan).as_of(on).in_plan_order().values_list(*COLUMNS)
    return tuple(
        ActionContent(
            reference=reference,
            number=number,
            phase=phase,
            text=text,
            leads=tuple(leads.get(pk, ())),
            due_on=due_on.isoformat() if due_on else "",
            due_text=due_text,
            stage=stage,
            rating=ratings.get(rating, ""),
        )
        for pk, reference, number, phase, text, due_on, due_text, stage, rating in rows
    )


def by_theme(said: Contents) -> list[tuple[str, list[tuple[RecommendationContent, list[ActionContent]]]]]:
    """Each theme with its recommendations, each of them with its actions, for reading."""
    answers: dict[str, list[ActionContent]] = {one.reference: [] for one in said.recommendations}
    for action in said.actions:
        answers.setdefault(action.reference, []).append(action)
    themes: dict[str, list[tuple[RecommendationContent, list[ActionContent]]]] = {}
    for one in said.recommendations:
        themes.setdefault(one.theme, []).append((one, answers[one.reference]))
    return list(themes.items())


def of_version(version: PlanVersion) -> Contents:
    """The frozen words of a version. Raises NotAsAgreed where they no longer have its digest."""
    if digest_of(version.content) != version.digest:
        raise NotAsAgreed(f"Version {version.label} no longer reads as it did when it was agreed.")
    return from_json(version.content)


def digest_of(kept: Any) -> str:
    """SHA-256 of every word of what a version keeps."""
    text = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def from_json(kept: dict[str, Any]) -> Contents:
    """What a version kept."""

    def sequences(row: dict[str, Any]) -> dict[str, Any]:
        return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}

    return Contents(
        tuple(RecommendationContent(**sequences(row)) for row in kept["recommendations"]),
        tuple(ActionContent(**sequences(row)) for row in kept["actions"]),
    )
