"""What every part of a plan's paper says in the same way: its day and its source, the rating key, an action in a cell."""

from dataclasses import dataclass
from datetime import date
from html import escape
from typing import ClassVar

from django.utils.safestring import mark_safe

from improvement.models import Plan, Rating
from recommendations import progress
from recommendations.progress import Figure, Standing
from reports.paper import Block, Cell, Words, day
from reports.plan_blocks.rows import due

NO_ACTIONS = "The plan had no actions on this day."
NOT_RATED = "Not rated"


@dataclass(frozen=True)
class Source(Block):
    """As of which day something is told, and where it comes from, in one line."""

    template: ClassVar[str] = "reports/blocks/_source.html"
    text: str


@dataclass(frozen=True)
class RatingKey(Block):
    """What the ratings mean in this plan, for a table that shows some."""

    template: ClassVar[str] = "reports/blocks/_rating_key.html"


def source(on: date, comes_from: str) -> Source:
    return Source(f"As of {day(on)}, {comes_from}")


def words(*sentences: str) -> Words:
    """A paragraph of sentences that may hold what somebody typed."""
    paragraph = escape(" ".join(sentence for sentence in sentences if sentence))
    return Words(mark_safe(f"<p>{paragraph}</p>"))  # noqa: S308 - escaped a line above


def reference(standing: Standing, small: str = "") -> Cell:
    """An action by what the plan calls it."""
    action = standing.action
    return Cell(f"{action.recommendation.reference} ({action.number})", small, strong=True, action=action)


def rated(standing: Standing) -> Cell:
    return Cell("", rating=standing.rating) if standing.rating else Cell(NOT_RATED)


def led_by(standing: Standing) -> Cell:
    return Cell(" / ".join(officer.abbreviation for officer in standing.leads) or "Nobody")


def due_cell(standing: Standing) -> Cell:
    """When it is due, by how much that was moved, and how late it is."""
    late = days(standing.days_overdue)
    said = [standing.slipped.capitalize() if standing.moves else "", f"{late} overdue" if late else ""]
    return Cell(due(standing) or "No date", "\n".join(line for line in said if line))


def last_said(standing: Standing) -> Cell:
    """What was last said of it, and when."""
    if standing.updated_on is None:
        return Cell("Nothing has been said of it.")
    said = f"Said on {day(standing.updated_on)}"
    if standing.forecast_on:
        said += f"; finished by {day(standing.forecast_on)}, it is thought"
    return Cell(standing.narrative or f"Only its stage was given: {standing.stage.label.lower()}.", said)


def counted(figure: Figure) -> Cell:
    return Cell(str(figure.count), query=figure.query)


def days(count: int) -> str:
    return "" if not count else "1 day" if count == 1 else f"{count} days"


def actions(count: int) -> str:
    return "1 action" if count == 1 else f"{count} actions"


def plural(count: int, one: str, many: str = "") -> str:
    """“1 risk”, “2 risks”."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def listed(parts: list[str]) -> str:
    """“a, b and c”."""
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def ratings_by_word(plan: Plan) -> dict[str, Rating]:
    return {rating.word: rating for rating in progress.ratings_of(plan)}
