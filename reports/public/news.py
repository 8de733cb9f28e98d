"""What changed in a plan since a day, as everybody may know it: each change with the day and what it was, in words.

It is read from the append-only facts. Who said or decided something, and why, is not told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices

from improvement.models import Plan, PlanVersion
from recommendations import progress
from recommendations.models import Action, DueDateChange, Handover, ProgressUpdate, Rewording, Stage

# So many are shown and fed, the latest first.
AT_MOST = 150


class NewsKind(TextChoices):
    STAGE = "stage", "Progress"
    RATING = "rating", "Rating"
    MOVED = "moved", "Due date moved"
    REWORDED = "reworded", "Reworded"
    HANDED_OVER = "handed-over", "Handed over"
    ADDED = "added", "Added"
    VERSION = "version", "Version agreed"
    REPORT = "report", "Report published"


@dataclass(frozen=True)
class News:
    """One change. `key` names it for ever, so that a feed reader knows it again; `reference` is empty for the plan's own."""

    key: str
    on: date
    kind: NewsKind
    reference: str
    number: str
    words: str

    @property
    def place(self) -> int:
        """Where it stands among the actions of its recommendation."""
        return int(self.number) if self.number.isascii() and self.number.isdigit() else 0

    @property
    def subject(self) -> str:
        return f"{self.reference} ({self.number})" if self.number else self.reference


def of_plan(
    plan: Plan, *, since: date, on: date, published: Iterable[tuple[date, str, str, int]]
) -> tuple[News, ...]:
    """The latest changes from one day to another; `published` are reports: day, address, title and version."""
    found = [
        *_said(plan, since, on),
        *_moved(plan, since, on),
        *_reworded(plan, since, on),
        *_handed_over(plan, since, on),
        *_added(plan, since, on),
        *_agreed(plan, since, on),
        *(_report(*one) for one in published if one[0] >= since),
    ]
    found.sort(key=lambda one: (-one.on.toordinal(), list(NewsKind).index(one.kind)))
    return tuple(found[:AT_MOST])


def _said(plan: Plan, since: date, on: date) -> list[News]:
    ratings = {rating.pk: rating.word for rating in progress.ratings_of(plan)}
    changes: Any = ProgressUpdate.objects.that_changed(plan, since=since, on=on)
    found = []
    for update in changes.select_related("action__recommendation")[:AT_MOST]:
        key = f"update-{_place(update.action)}-{update.sequence}"
        was, now = Stage(update.stage_before), Stage(update.stage)
        if was != now:
            found.append(
                _news(f"{key}-stage", update.on, NewsKind.STAGE, update.action, f"{was.label} to {now.label}")
            )
        if update.rating_before != update.rating_id:
            words = f"{_rated(ratings, update.rating_before)} to {_rated(ratings, update.rating_id)}"
            found.append(_news(f"{key}-rating", update.on, NewsKind.RATING, update.action, words))
    return found


def _rated(ratings: dict[int, str], rating: int | None) -> str:
    return ratings.get(rating, "not rated") if rating else "not rated"


def _moved(plan: Plan, since: date, on: date) -> list[News]:
    moves = DueDateChange.objects.for_plan(plan).agreed(on=on).decided_since(since)
    found = []
    for move in moves.select_related("action__recommendation")[:AT_MOST]:
        was = f"{move.old_on:%-d %B %Y}" if move.old_on else "no date"
        words = f"{was} to {move.new_on:%-d %B %Y}"
        key = f"due-{_place(move.action)}-{move.decided_on}-{move.new_on}"
        found.append(_news(key, move.decided_on, NewsKind.MOVED, move.action, words))
    return found


def _reworded(plan: Plan, since: date, on: date) -> list[News]:
    wordings = Rewording.objects.for_plan(plan).made_by(on=on).since(since)
    return [
        _news(f"words-{_place(one.action)}-{one.sequence}", one.on, NewsKind.REWORDED, one.action, one.text)
        for one in wordings.select_related("action__recommendation")[:AT_MOST]
    ]


def _handed_over(plan: Plan, since: date, on: date) -> list[News]:
    made = Handover.objects.for_plan(plan).made_by(on=on).since(since).with_leads()
    return [
        _news(
            f"led-{_place(one.action)}-{one.sequence}",
            one.on,
            NewsKind.HANDED_OVER,
            one.action,
            f"to {'; '.join(lead.lead_officer.title for lead in one.leads.all())}",
        )
        for one in made.select_related("action__recommendation")[:AT_MOST]
    ]


def _added(plan: Plan, since: date, on: date) -> list[News]:
    """Those that came after the version, which holds all that came with it."""
    actions = Action.objects.for_plan(plan).added_after(since).as_of(on).order_by("-added_on", "-pk")
    return [
        _news(f"added-{_place(action)}", action.added_on, NewsKind.ADDED, action, action.original_text)
        for action in actions.select_related("recommendation")[:AT_MOST]
    ]


def _agreed(plan: Plan, since: date, on: date) -> list[News]:
    versions = PlanVersion.objects.for_plan(plan).agreed_by(on=on).without_content()[:AT_MOST]
    return [
        News(
            f"version-{one.label}",
            one.agreed_on,
            NewsKind.VERSION,
            "",
            "",
            f"Version {one.label} of the plan was agreed",
        )
        for one in versions
        if one.agreed_on >= since
    ]


def _report(on: date, slug: str, title: str, version: int) -> News:
    words = title if version == 1 else f"{title}, version {version}"
    return News(f"report-{slug}-{version}", on, NewsKind.REPORT, "", "", words)


def _news(key: str, on: date | None, kind: NewsKind, action: Action, words: str) -> News:
    if on is None:
        raise ValueError("A change that was decided has its day.")
    return News(key, on, kind, action.recommendation.reference, action.number, words)


def _place(action: Action) -> str:
    return f"{action.recommendation.reference}-{action.number}"
