"""What was said of an action, one update after the other, how it was worded and who led it; what each changed."""

from dataclasses import dataclass
from datetime import date

from improvement.models import LeadOfficer, User
from recommendations import wording
from recommendations.models import Action, Handover, ProgressUpdate, Rewording, Stage


@dataclass(frozen=True)
class Said:
    """One update and, in words, what it changed from the one before."""

    update: ProgressUpdate
    changed: tuple[str, ...]


def of_action(action: Action, *, on: date) -> list[Said]:
    """Updates said on or before a day, latest first."""
    said = ProgressUpdate.objects.filter(action=action).said_by(on=on)
    updates = list(said.select_related("rating", "by", "board_decision__meeting__board"))
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


@dataclass(frozen=True)
class Wording:
    """The words of an action from a day on, who gave them and why; the first words have neither."""

    on: date
    text: str
    pieces: tuple[wording.Piece, ...]
    reason: str
    by: User | None


def of_words(action: Action, *, on: date) -> list[Wording]:
    """How an action has been worded up to a day, the latest first; the last of them are its first words."""
    found = list(Rewording.objects.of_action(action).made_by(on=on).select_related("by"))
    before = [*(one.text for one in found[1:]), action.original_text]
    wordings = (
        [
            Wording(one.on, one.text, wording.difference(old, one.text), one.reason, one.by)
            for one, old in zip(found, before, strict=True)
        ]
        if found
        else []
    )
    return [*wordings, Wording(action.added_on, action.original_text, (), "", None)]


@dataclass(frozen=True)
class Led:
    """Who led an action from a day on, why it was handed to them and by whom; those of the start have neither.

    `until` is the day on which others took over, none for those who lead it still.
    """

    on: date
    until: date | None
    leads: tuple[LeadOfficer, ...]
    reason: str
    by: User | None


def of_leads(action: Action, *, on: date) -> list[Led]:
    """Who led an action `with_leads` up to a day, the latest first; nothing is asked where it was never handed over."""
    came: dict[int | None, list[LeadOfficer]] = {None: []}
    for lead in action.leads.all():
        if lead.has_begun(on):
            came.setdefault(lead.handover_id, []).append(lead.lead_officer)
    made = Handover.objects.select_related("by").in_bulk([pk for pk in came if pk])
    found, until = [], None
    for one in sorted(made.values(), key=lambda one: -one.sequence):
        found.append(Led(one.on, until, tuple(came[one.pk]), one.reason, one.by))
        until = one.on
    return [*found, Led(action.added_on, until, tuple(came[None]), "", None)]
