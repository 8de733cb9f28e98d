"""What was said of an action, one update after the other, and what each changed."""

from dataclasses import dataclass
from datetime import date

from recommendations.models import Action, ProgressUpdate, Stage


@dataclass(frozen=True)
class Said:
    """One update and, in words, what it changed from the one before."""

    update: ProgressUpdate
    changed: tuple[str, ...]


def of_action(action: Action, *, on: date) -> list[Said]:
    """Updates said on or before a day, latest first."""
    updates = list(ProgressUpdate.objects.filter(action=action).said_by(on=on).select_related("rating", "by"))
    return [
        Said(update, _changed(before, update))
        for update, before in zip(updates, [*updates[1:], None], strict=False)
    ]


def _changed(before: ProgressUpdate | None, after: ProgressUpdate) -> tuple[str, ...]:
    if before is None:
        return ("First update",)
    changes = []
    if before.stage != after.stage:
        changes.append(f"Stage: {Stage(before.stage).label} to {Stage(after.stage).label}")
    if before.rating_id != after.rating_id:
        changes.append(f"Rating: {_rated(before)} to {_rated(after)}")
    if before.forecast_on != after.forecast_on:
        changes.append(f"Forecast: {_day(before.forecast_on)} to {_day(after.forecast_on)}")
    if before.narrative != after.narrative:
        changes.append("New words")
    return tuple(changes) or ("No change",)


def _rated(update: ProgressUpdate) -> str:
    return update.rating.word if update.rating else "not rated"


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "none"
