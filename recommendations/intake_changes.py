"""What a newer file of a plan says otherwise, as its page shows it: by kind, with tick boxes."""

from collections.abc import Sequence
from dataclasses import dataclass

from recommendations.intake.difference import Difference, DifferenceKind
from recommendations.intake.seen import Beside
from recommendations.intake_pages import A_PAGE, anchor_of

# A form has at most a thousand fields; with more differences than this they are ticked by kind.
MOST_TICKED = 800
WHAT = {
    DifferenceKind.CLASH: "Both the file and Waymark changed since the last file. Nothing is taken over unless you tick it; then the file’s word is added after Waymark’s.",
    DifferenceKind.ADDED_RECOMMENDATION: "Each comes in with all its actions.",
    DifferenceKind.ADDED_ACTION: "Each is added to its recommendation.",
    DifferenceKind.UPDATE: "Each becomes a new update. Earlier ones stay.",
    DifferenceKind.DUE: "Each becomes a request for another date, which somebody else agrees to or refuses.",
    DifferenceKind.WORDS: "Each rewords an action; the words before are kept. None is ticked unless you tick it.",
    DifferenceKind.LEADS: "Each hands an action over from today on; who led it before is kept. None is ticked unless you tick it.",
    DifferenceKind.OTHER: "These are only shown. Change them in Waymark where they are right.",
    DifferenceKind.GONE: "These are in Waymark and not in the file. They stay as they are.",
}
# Kinds that are called by what there is one of.
COUNTED = (
    DifferenceKind.ADDED_RECOMMENDATION,
    DifferenceKind.ADDED_ACTION,
    DifferenceKind.UPDATE,
    DifferenceKind.DUE,
)


@dataclass(frozen=True)
class Line:
    """One difference with its tick box, and where the file says it."""

    difference: Difference
    ticked: bool
    anchor: str
    spots: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """The differences of one kind: what taking them over does, and those that are shown."""

    kind: DifferenceKind
    lines: tuple[Line, ...]
    count: int

    @property
    def label(self) -> str:
        """What this many of the kind are called."""
        return f"{self.kind.label}s" if self.kind in COUNTED and self.count != 1 else self.kind.label

    @property
    def what(self) -> str:
        return WHAT[self.kind]

    @property
    def may_be_chosen(self) -> bool:
        return any(line.difference.may_be_chosen for line in self.lines)

    @property
    def ticked(self) -> bool:
        return any(line.ticked for line in self.lines)

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


def groups(
    differences: Sequence[Difference], beside: Beside, *, taken: frozenset[str] | None
) -> tuple[list[Group], bool]:
    """The differences by kind, and whether they are too many to be ticked one by one. `taken` is what was ticked already."""
    by_kind = len(differences) > MOST_TICKED
    found: dict[DifferenceKind, list[Difference]] = {kind: [] for kind in DifferenceKind}
    for difference in differences:
        found[difference.kind].append(difference)
    return [_group(kind, each, beside, taken, by_kind) for kind, each in found.items() if each], by_kind


def _group(
    kind: DifferenceKind,
    differences: Sequence[Difference],
    beside: Beside,
    taken: frozenset[str] | None,
    by_kind: bool,
) -> Group:
    lines = tuple(
        Line(
            each,
            each.chosen if taken is None else each.key in taken,
            anchor_of(each.key),
            tuple(beside.where(place) for place in each.places[:3]),
        )
        for each in differences[: A_PAGE if by_kind else None]
    )
    return Group(kind, lines, len(differences))
