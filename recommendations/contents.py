"""What a plan says on a day, word for word: what a version freezes and a comparison compares."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from improvement.models import Plan
from recommendations import progress
from recommendations.models import Action, Recommendation


@dataclass(frozen=True)
class RecommendationContent:
    reference: str
    theme: str
    title: str
    text: str
    outcome: str
    timescale: str
    organisations: tuple[str, ...]


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
        """SHA-256 of every word of it."""
        text = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def of(plan: Plan, *, on: date) -> Contents:
    actions = Action.objects.for_plan(plan).as_of(on).in_plan_order().with_recommendation().with_leads()
    recommendations = Recommendation.objects.for_plan(plan).raised_by(on=on).in_order()
    return Contents(
        recommendations=tuple(
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
        ),
        actions=tuple(
            ActionContent(
                reference=standing.action.recommendation.reference,
                number=standing.action.number,
                phase=standing.action.phase,
                text=standing.text,
                leads=tuple(lead.abbreviation for lead in standing.leads),
                due_on=standing.due_on.isoformat() if standing.due_on else "",
                due_text=standing.action.due_text,
                stage=standing.stage.value,
                rating=standing.rating.word if standing.rating else "",
            )
            for standing in progress.standings(actions, on=on)
        ),
    )


def from_json(kept: dict[str, Any]) -> Contents:
    """What a version kept."""

    def sequences(row: dict[str, Any]) -> dict[str, Any]:
        return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}

    return Contents(
        tuple(RecommendationContent(**sequences(row)) for row in kept["recommendations"]),
        tuple(ActionContent(**sequences(row)) for row in kept["actions"]),
    )
