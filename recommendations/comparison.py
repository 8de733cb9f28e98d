"""What changed in a plan between two days or two versions."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from recommendations.contents import ActionContent, Contents, RecommendationContent
from recommendations.models import Stage


class Kind(Enum):
    """How an action changed, in the order in which a board asks."""

    ADDED = "Added"
    WITHDRAWN = "Withdrawn"
    REWORDED = "Reworded"
    MOVED = "Due date moved"
    COMPLETED = "Completed"
    REOPENED = "Reopened"
    RERATED = "Re-rated"
    STAGE = "Stage changed"


@dataclass(frozen=True)
class Difference:
    """One action, one way in which it changed, from what to what in words."""

    kind: Kind
    reference: str
    number: str
    text: str
    before: str
    after: str


@dataclass(frozen=True)
class Group:
    kind: Kind
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Comparison:
    """Everything that changed, grouped by how; `unchanged` counts the actions that stand as they stood."""

    groups: tuple[Group, ...]
    new_recommendations: tuple[RecommendationContent, ...]
    changed: int
    unchanged: int

    @property
    def headline(self) -> str:
        if not self.changed and not self.new_recommendations:
            return "Nothing changed"
        return f"{self.changed} of {self.changed + self.unchanged} actions changed"

    @property
    def differences(self) -> tuple[Difference, ...]:
        return tuple(difference for group in self.groups for difference in group.differences)


def of(before: Contents, after: Contents) -> Comparison:
    earlier = {(action.reference, action.number): action for action in before.actions}
    later = {(action.reference, action.number): action for action in after.actions}
    found = [
        difference
        for place, action in later.items()
        for difference in _differences(earlier.get(place), action)
    ]
    # Comparing backwards, from a later day to an earlier one, an action may be gone altogether.
    found += [
        _difference(Kind.WITHDRAWN, gone, "In the plan", "Not in it")
        for place, gone in earlier.items()
        if place not in later
    ]
    groups = [(kind, tuple(one for one in found if one.kind is kind)) for kind in Kind]
    changed = len({(one.reference, one.number) for one in found})
    known = {one.reference for one in before.recommendations}
    return Comparison(
        groups=tuple(Group(kind, differences) for kind, differences in groups if differences),
        new_recommendations=tuple(one for one in after.recommendations if one.reference not in known),
        changed=changed,
        unchanged=len({*earlier, *later}) - changed,
    )


def _differences(before: ActionContent | None, after: ActionContent) -> list[Difference]:
    if before is None:
        return [_difference(Kind.ADDED, after, "", after.text)]
    changes = [
        (Kind.REWORDED, before.text, after.text),
        (Kind.MOVED, _due(before), _due(after)),
        (Kind.RERATED, before.rating or "Not rated", after.rating or "Not rated"),
        (_step(before.stage, after.stage), str(Stage(before.stage).label), str(Stage(after.stage).label)),
    ]
    return [_difference(kind, after, was, now) for kind, was, now in changes if was != now]


def _step(before: str, after: str) -> Kind:
    ended = {Stage.COMPLETE: Kind.COMPLETED, Stage.WITHDRAWN: Kind.WITHDRAWN}
    if after in (Stage.COMPLETE, Stage.WITHDRAWN):
        return ended[Stage(after)]
    return Kind.REOPENED if before in ended else Kind.STAGE


def _due(action: ActionContent) -> str:
    if action.due_on:
        return f"{date.fromisoformat(action.due_on):%-d %B %Y}"
    return f"“{action.due_text}” (no date)" if action.due_text else "no date"


def _difference(kind: Kind, action: ActionContent, before: str, after: str) -> Difference:
    return Difference(kind, action.reference, action.number, action.text, before, after)
