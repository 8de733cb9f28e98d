"""What a newer file says otherwise than the plan, one difference at a time, each with what applying it would do."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from improvement.models import Rating
from recommendations.intake.plan_read import ActionRead, RecommendationRead
from recommendations.intake.rows import Place
from recommendations.models import Action, Recommendation

LEFT_OUT = "It was in the last file as well and was left out then."
UNCLEAR = "Look whether it was understood rightly. {}."


class DifferenceKind(StrEnum):
    """The kinds, with what a page calls them."""

    ADDED_RECOMMENDATION = "added-recommendation"
    ADDED_ACTION = "added-action"
    UPDATE = "update"
    DUE = "due"
    WORDS = "words"
    LEADS = "leads"
    OTHER = "other"
    GONE = "gone"
    CLASH = "clash"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    DifferenceKind.ADDED_RECOMMENDATION: "Added recommendation",
    DifferenceKind.ADDED_ACTION: "Added action",
    DifferenceKind.UPDATE: "New update",
    DifferenceKind.DUE: "Other due date",
    DifferenceKind.WORDS: "Other words",
    DifferenceKind.LEADS: "Other lead officers",
    DifferenceKind.OTHER: "Shown only",
    DifferenceKind.GONE: "No longer in the file",
    DifferenceKind.CLASH: "Changed in the file and in Waymark",
}


@dataclass(frozen=True)
class AddRecommendation:
    """A recommendation comes in with all its actions."""

    read: RecommendationRead


@dataclass(frozen=True)
class AddAction:
    recommendation: Recommendation
    read: ActionRead


@dataclass(frozen=True)
class Say:
    """An update; `version` is the last that was seen. `on_paper` where it stands as the file's word and nobody's."""

    action: Action
    version: int
    stage: str
    rating: Rating | None
    narrative: str
    forecast_on: date | None
    on: date
    on_paper: bool


@dataclass(frozen=True)
class MoveDue:
    """Another due date is asked for; it moves once somebody else agrees."""

    action: Action
    new_on: date
    text: str


@dataclass(frozen=True)
class Reword:
    action: Action
    version: int
    text: str


@dataclass(frozen=True)
class HandOver:
    """Other posts lead it, by their abbreviations in the file; those that the council does not have yet are added."""

    action: Action
    version: int
    leads: tuple[str, ...]


Step = AddRecommendation | AddAction | Say | MoveDue | Reword | HandOver


@dataclass(frozen=True)
class Difference:
    """One thing that the file says otherwise.

    `key` names it and what both sides say: when either changes, it is another. `before` is what Waymark has and `after`
    what applying it would write, in words; without a `step` it is only shown, `after` is what the file has, and `note`
    says why. `read_subject` is what it is about as the file's own spelling and numbers name it, empty for what the file
    does not have. `chosen` is ticked at first; `unclear` would be, were it certain that it was understood rightly.
    """

    key: str
    kind: DifferenceKind
    subject: str
    before: str
    after: str
    read_subject: str = ""
    places: tuple[Place, ...] = ()
    step: Step | None = None
    chosen: bool = False
    unclear: bool = False
    note: str = ""

    @property
    def may_be_chosen(self) -> bool:
        return self.step is not None

    @property
    def is_addition(self) -> bool:
        return isinstance(self.step, AddRecommendation | AddAction)


def is_among(subject: str, chosen: Collection[str]) -> bool:
    """Whether something of the file is among what was chosen of it: itself, or the recommendation that it comes in with."""
    return subject in chosen or subject.rpartition(" (")[0] in chosen


def key_of(subject: str, what: str, *sides: object) -> str:
    """A key that holds only as long as both sides say what they said when it was shown."""
    digest = hashlib.sha256("\x1f".join(map(str, sides)).encode()).hexdigest()
    return f"{subject}/{what}/{digest[:12]}"
