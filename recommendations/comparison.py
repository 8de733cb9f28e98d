"""What changed in a plan between two days or two versions."""

from dataclasses import dataclass, replace

from django.db.models import TextChoices

from recommendations import wording
from recommendations.contents import ActionContent, Contents, RecommendationContent
from recommendations.models import Stage


class Kind(TextChoices):
    """How an action changed, in the order in which a board asks."""

    ADDED = "added", "Added"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REWORDED = "reworded", "Reworded"
    MOVED = "moved", "Due date moved"
    COMPLETED = "completed", "Completed"
    REOPENED = "reopened", "Reopened"
    RERATED = "re-rated", "Re-rated"
    STAGE = "stage", "Stage changed"
    LEADS = "leads", "Lead officers changed"


IN_PLAN, NOT_IN_PLAN = "In the plan", "Not in the plan"


@dataclass(frozen=True)
class Difference:
    """One action, one way in which it changed, from what to what in words; `days` by which a date moved."""

    kind: Kind
    action: ActionContent
    theme: str
    leads: tuple[str, ...]
    before: str
    after: str
    days: int | None = None

    @property
    def moved_by(self) -> str:
        """By how much a date moved; empty where one side has none."""
        if not self.days:
            return ""
        length = abs(self.days)
        return f"{length} day{'' if length == 1 else 's'} {'later' if self.days > 0 else 'earlier'}"

    @property
    def pieces(self) -> tuple[wording.Piece, ...]:
        """Old and new words in one, for an action that was reworded."""
        return wording.difference(self.before, self.after)


@dataclass(frozen=True)
class Group:
    kind: Kind
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Comparison:
    """Everything that changed, grouped by how; `unchanged` counts the actions that stand as they stood."""

    groups: tuple[Group, ...]
    new_recommendations: tuple[RecommendationContent, ...]
    former_recommendations: tuple[RecommendationContent, ...]
    changed: int
    unchanged: int

    @property
    def headline(self) -> str:
        if not self.changed:
            return "Nothing changed" if self.is_empty else "No action changed"
        all_of_them = self.changed + self.unchanged
        return f"{self.changed} of {all_of_them} action{'' if all_of_them == 1 else 's'} changed"

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.new_recommendations or self.former_recommendations)

    @property
    def differences(self) -> tuple[Difference, ...]:
        return tuple(difference for group in self.groups for difference in group.differences)

    def only(self, *, kind: str = "", theme: str = "", lead: str = "") -> "Comparison":
        """Those differences that fit; the counts stay those of the whole."""

        def fits(one: Difference) -> bool:
            return (not theme or one.theme == theme) and (not lead or lead in one.leads)

        def shown(found: tuple[RecommendationContent, ...]) -> tuple[RecommendationContent, ...]:
            # A recommendation has no lead officer and changes in none of the ways in which an action does.
            return () if kind or lead else tuple(one for one in found if not theme or one.theme == theme)

        groups = [
            Group(group.kind, tuple(one for one in group.differences if fits(one)))
            for group in self.groups
            if not kind or group.kind == kind
        ]
        return replace(
            self,
            groups=tuple(group for group in groups if group.differences),
            new_recommendations=shown(self.new_recommendations),
            former_recommendations=shown(self.former_recommendations),
        )


def of(before: Contents, after: Contents) -> Comparison:
    earlier = {action.place: action for action in before.actions}
    later = {action.place: action for action in after.actions}
    themes = {one.reference: one.theme for one in (*before.recommendations, *after.recommendations)}
    # In plan order; what only the first side has comes last.
    places = [*later, *(place for place in earlier if place not in later)]
    found = [
        difference
        for place in places
        for difference in _differences(earlier.get(place), later.get(place), themes.get(place[0], ""))
    ]
    groups = [(kind, tuple(one for one in found if one.kind is kind)) for kind in Kind]
    changed = len({one.action.place for one in found})
    return Comparison(
        groups=tuple(Group(kind, differences) for kind, differences in groups if differences),
        new_recommendations=_missing(after, from_=before),
        former_recommendations=_missing(before, from_=after),
        changed=changed,
        unchanged=len(places) - changed,
    )


def _missing(contents: Contents, *, from_: Contents) -> tuple[RecommendationContent, ...]:
    known = {one.reference for one in from_.recommendations}
    return tuple(one for one in contents.recommendations if one.reference not in known)


def _differences(before: ActionContent | None, after: ActionContent | None, theme: str) -> list[Difference]:
    if before is None:
        return _came(after, theme) if after else []
    if after is None:
        return _went(before, theme)
    leads = tuple(dict.fromkeys((*before.leads, *after.leads)))
    changes = [
        (Kind.REWORDED, before.text, after.text),
        (Kind.MOVED, before.due_words, after.due_words),
        (Kind.RERATED, before.rating or "Not rated", after.rating or "Not rated"),
        (_step(before.stage, after.stage), before.stage_words, after.stage_words),
        (Kind.LEADS, ", ".join(before.leads), ", ".join(after.leads)),
    ]
    days = (after.due_day - before.due_day).days if before.due_day and after.due_day else None
    return [
        Difference(kind, after, theme, leads, was, now, days if kind is Kind.MOVED else None)
        for kind, was, now in changes
        if was != now
    ]


def _came(action: ActionContent, theme: str) -> list[Difference]:
    found = [Difference(Kind.ADDED, action, theme, action.leads, NOT_IN_PLAN, IN_PLAN)]
    if action.stage in (Stage.COMPLETE, Stage.WITHDRAWN):
        # Added and ended between the two: a board that asks what was completed wants to see it there too.
        ended = _step(Stage.NOT_STARTED, action.stage)
        found.append(Difference(ended, action, theme, action.leads, NOT_IN_PLAN, action.stage_words))
    return found


def _went(action: ActionContent, theme: str) -> list[Difference]:
    """Backwards, from a later day to an earlier one: the plan did not have it yet."""
    return [Difference(Kind.WITHDRAWN, action, theme, action.leads, IN_PLAN, NOT_IN_PLAN)]


def _step(before: str, after: str) -> Kind:
    ended: dict[str, Kind] = {Stage.COMPLETE: Kind.COMPLETED, Stage.WITHDRAWN: Kind.WITHDRAWN}
    if after in ended:
        return ended[after]
    return Kind.REOPENED if before in ended else Kind.STAGE
