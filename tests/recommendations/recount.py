"""How a plan stood on a day, counted again from raw rows in plain Python, with nothing of the product's queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from improvement.models import Plan
from recommendations.models import Action, ActionLead, DueDateChange, ProgressUpdate, Stage
from recommendations.progress import Figure, Figures

ENDED = ("complete", "withdrawn")
# Slug and word of the ratings of a plan that a test draws.
DRAWN = (("r0", "R0"), ("r1", "R1"), ("r2", "R2"))


@dataclass(frozen=True)
class Stood:
    """How an action stood on a day."""

    pk: int
    due_on: date | None
    moves: int
    stage: str
    rating: str | None
    updated_on: date | None
    completed_on: date | None
    parts: frozenset[tuple[str, str]]


def recount(plan: Plan, on: date) -> list[Stood]:
    said: dict[int, list[dict[str, Any]]] = {}
    for row in ProgressUpdate.objects.values("action_id", "on", "sequence", "stage", "rating__slug"):
        said.setdefault(row["action_id"], []).append(row)
    leads: dict[int, list[dict[str, Any]]] = {}
    for row in ActionLead.objects.values(
        "action_id",
        "handover__on",
        "handover__sequence",
        "lead_officer__abbreviation",
        "lead_officer__organisation__slug",
    ):
        if row["handover__on"] is None or row["handover__on"] <= on:
            leads.setdefault(row["action_id"], []).append(row)
    for action, came in leads.items():
        last = max(row["handover__sequence"] or 0 for row in came)
        leads[action] = [row for row in came if (row["handover__sequence"] or 0) == last]
    moves = list(DueDateChange.objects.filter(decision="agreed", decided_on__lte=on).values())
    fields = (
        "pk",
        "original_due_on",
        "added_on",
        "phase",
        "recommendation__plan_id",
        "recommendation__reference",
        "recommendation__timescale",
        "recommendation__theme__slug",
    )
    stood = []
    for row in Action.objects.values(*fields):
        if row["recommendation__plan_id"] != plan.pk or row["added_on"] > on:
            continue
        heard = sorted(
            (update for update in said.get(row["pk"], []) if update["on"] <= on),
            key=lambda update: (update["on"], update["sequence"]),
        )
        last = heard[-1] if heard else {"stage": "not-started", "rating__slug": None, "on": None}
        completed_on = None
        for update in heard:
            if update["stage"] != "complete":
                completed_on = None
            elif completed_on is None:
                completed_on = update["on"]
        parts = {
            ("theme", row["recommendation__theme__slug"]),
            ("timescale", row["recommendation__timescale"]),
            ("phase", row["phase"]),
            ("recommendation", row["recommendation__reference"]),
        }
        parts |= {("lead", lead["lead_officer__abbreviation"]) for lead in leads.get(row["pk"], [])}
        parts |= {
            ("organisation", lead["lead_officer__organisation__slug"]) for lead in leads.get(row["pk"], [])
        }
        moved = sorted(
            (move for move in moves if move["action_id"] == row["pk"]),
            key=lambda move: (move["decided_on"], move["id"]),
        )
        stood.append(
            Stood(
                row["pk"],
                moved[-1]["new_on"] if moved else row["original_due_on"],
                len(moved),
                last["stage"],
                last["rating__slug"],
                last["on"],
                completed_on,
                frozenset(parts),
            )
        )
    return stood


def expected(
    stood: Iterable[Stood], on: date, ratings: Iterable[tuple[str, str]] = DRAWN
) -> dict[str, set[int]]:
    """What each figure should count, by its label."""
    stood = list(stood)

    def those(meaning: Any) -> set[int]:
        return {one.pk for one in stood if meaning(one)}

    def is_open(one: Stood) -> bool:
        return one.stage not in ENDED

    meanings = {
        "Actions": those(lambda one: True),
        "Should be finished": those(
            lambda one: one.due_on is not None and one.due_on < on and one.stage != "withdrawn"
        ),
        "Overdue": those(lambda one: is_open(one) and one.due_on is not None and one.due_on < on),
        "Due in the next 30 days": those(
            lambda one: is_open(one) and one.due_on is not None and 0 <= (one.due_on - on).days <= 30
        ),
        "Not updated for 30 days": those(
            lambda one: is_open(one) and (one.updated_on is None or (on - one.updated_on).days > 30)
        ),
        "Without a due date": those(lambda one: one.due_on is None),
        "Due date moved": those(lambda one: one.moves > 0),
        "Completed late": those(
            lambda one: bool(one.completed_on and one.due_on and one.completed_on > one.due_on)
        ),
        "Completed on time": those(
            lambda one: bool(one.completed_on and one.due_on and one.completed_on <= one.due_on)
        ),
        "Not rated": those(lambda one: one.rating is None),
    }
    for stage in Stage:
        meanings[stage.label] = those(lambda one, stage=stage: one.stage == stage.value)
    for slug, word in ratings:
        meanings[word] = those(lambda one, slug=slug: one.rating == slug)
    return meanings


def figures_in(figures: Figures) -> list[Figure]:
    found: list[Figure] = []
    for value in vars(figures).values():
        if isinstance(value, Figure):
            found.append(value)
        elif isinstance(value, tuple):
            found.extend(value)
    return found
