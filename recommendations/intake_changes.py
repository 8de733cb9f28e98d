"""What a newer file of a plan says otherwise, as its pages show it: by kind, a few of each, and of one kind page by page.

Only what is shown is put into words. What is ticked on other pages is kept with the intake.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from django.core.paginator import Paginator
from django.http import QueryDict

from recommendations.intake.comparing import Compared
from recommendations.intake.difference import Difference, DifferenceKind
from recommendations.intake.rows import Place
from recommendations.intake.seen import Beside
from recommendations.intake_pages import anchor_of
from recommendations.intake_words import Wordings, wordings

# Of each kind on the page of all kinds, and on the pages of one kind.
A_FEW, A_PAGE = 10, 25
LONGEST_PAGE = 6
WHAT = {
    DifferenceKind.CLASH: "Both the file and Waymark changed since the last file. Nothing is taken over unless you tick it; then the file’s word is added after Waymark’s.",
    DifferenceKind.ADDED_RECOMMENDATION: "Each comes in with all its actions.",
    DifferenceKind.ADDED_ACTION: "Each is added to its recommendation.",
    DifferenceKind.UPDATE: "Each becomes a new update. Earlier ones stay.",
    DifferenceKind.DUE: "Each becomes a request for another date, which somebody else agrees to or refuses.",
    DifferenceKind.WORDS: "Each rewords an action; the words before are kept. None is ticked unless you tick it.",
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
KINDS = {kind.value: kind for kind in DifferenceKind}
# What needs somebody's judgement stands before what is ticked already, and before what is only shown.
FIRST = (DifferenceKind.CLASH,)


@dataclass(frozen=True)
class Offer:
    """A difference as a page shows it, without what applying it would take: thousands are held in memory."""

    key: str
    kind: DifferenceKind
    subject: str
    before: str
    after: str
    places: tuple[Place, ...]
    note: str
    may_be_chosen: bool
    chosen: bool

    @classmethod
    def of(cls, each: Difference) -> Self:
        return cls(
            each.key,
            each.kind,
            each.subject,
            each.before,
            each.after,
            each.places,
            each.note,
            each.may_be_chosen,
            each.chosen,
        )


@dataclass(frozen=True)
class Offers:
    """All of them, and in a sentence which part of the plan the file holds."""

    all: tuple[Offer, ...]
    part: str

    @classmethod
    def of(cls, compared: Compared) -> Self:
        return cls(tuple(map(Offer.of, compared.differences)), compared.part)


@dataclass(frozen=True)
class Line:
    """One difference with its tick box, both sides in words, and where the file says it. `note` where it is its own."""

    difference: Offer
    ticked: bool
    anchor: str
    words: Wordings
    where: str
    note: str


@dataclass(frozen=True)
class Group:
    """The differences of one kind: those that are shown, from the `first` on, and how many there are and are ticked."""

    kind: DifferenceKind
    lines: tuple[Line, ...]
    count: int
    choosable: int
    ticked: int
    first: int
    page: int
    pages: int
    note: str

    @property
    def label(self) -> str:
        """What this many of the kind are called."""
        return f"{self.kind.label}s" if self.kind in COUNTED and self.count != 1 else self.kind.label

    @property
    def what(self) -> str:
        return WHAT.get(self.kind, "")

    @property
    def may_be_chosen(self) -> bool:
        return self.choosable > 0

    @property
    def only_shown(self) -> int:
        return self.count - self.choosable

    @property
    def is_open(self) -> bool:
        """Whether somebody has to decide here; what is only shown is folded."""
        return self.may_be_chosen or self.kind in FIRST

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1

    @property
    def is_whole(self) -> bool:
        return len(self.lines) == self.count

    @property
    def before(self) -> int:
        """The page before, nought for none."""
        return self.page - 1

    @property
    def after(self) -> int:
        """The page after, nought for none."""
        return self.page + 1 if self.page < self.pages else 0


@dataclass(frozen=True)
class Sent:
    """What came from a page of differences: of what it showed what was ticked, and which button was pressed.

    A button is called by what it does, a kind and a page: "all words", "page words 2"; without a name it loads.
    """

    ticks: Mapping[str, bool]
    seen: str
    button: str
    kind: str
    page: int

    @classmethod
    def of(cls, data: QueryDict) -> Self:
        taken = set(data.getlist("take"))
        button, kind, page = f"{data.get('go', '')}  ".split(" ")[:3]
        return cls(
            ticks={key: key in taken for key in {*data.getlist("shown"), *taken}},
            seen=data.get("seen", ""),
            button=button,
            kind=kind if kind in KINDS else "",
            page=int(page) if page.isdecimal() and len(page) <= LONGEST_PAGE else 1,
        )

    @property
    def loads(self) -> bool:
        return self.button not in ("keep", "all", "none", "page")

    def ticks_of(self, differences: Sequence[Offer]) -> dict[str, bool]:
        """What was ticked, and what ticking or clearing a whole kind makes of it."""
        whole = self.button == "all" if self.button in ("all", "none") else None
        return {**self.ticks} | {
            each.key: whole
            for each in differences
            if whole is not None and each.kind == self.kind and each.may_be_chosen
        }


class Changes:
    """The differences of a file with what is ticked of them. `ticks` are those that are not as they were at first."""

    def __init__(self, offers: Offers, ticks: Mapping[str, bool], beside: Beside) -> None:
        self.differences, self.part, self._beside = offers.all, offers.part, beside
        self._ticked = {
            each.key for each in self.differences if each.may_be_chosen and ticks.get(each.key, each.chosen)
        }

    @property
    def chosen(self) -> frozenset[str]:
        return frozenset(self._ticked)

    @property
    def choosable(self) -> int:
        return sum(each.may_be_chosen for each in self.differences)

    @property
    def seen(self) -> str:
        """Names all differences at once: another digest means that somebody changed something meanwhile."""
        return hashlib.sha256("\n".join(each.key for each in self.differences).encode()).hexdigest()[:16]

    @property
    def offered(self) -> dict[str, bool]:
        """What can be ticked, and whether it was at first."""
        return {each.key: each.chosen for each in self.differences if each.may_be_chosen}

    def groups(self) -> list[Group]:
        """A few of each kind: what needs a judgement first, what is only shown last."""
        found: dict[DifferenceKind, list[Offer]] = {kind: [] for kind in (*FIRST, *DifferenceKind)}
        for difference in self.differences:
            found[difference.kind].append(difference)
        groups = [self._group(kind, each, A_FEW, 1) for kind, each in found.items() if each]
        return sorted(groups, key=lambda group: not group.is_open)

    def group(self, kind: DifferenceKind, page: int) -> Group:
        """One page of one kind."""
        return self._group(kind, [each for each in self.differences if each.kind == kind], A_PAGE, page)

    def _group(self, kind: DifferenceKind, of_kind: Sequence[Offer], a_page: int, page: int) -> Group:
        # What can be taken over comes first.
        in_order = sorted(of_kind, key=lambda each: not each.may_be_chosen)
        listed = Paginator(in_order, a_page).get_page(page)
        notes = {each.note for each in of_kind}
        shared = notes.pop() if len(notes) == 1 else ""
        return Group(
            kind=kind,
            lines=tuple(self._line(each, shared) for each in listed.object_list),
            count=len(of_kind),
            choosable=sum(each.may_be_chosen for each in of_kind),
            ticked=sum(each.key in self._ticked for each in of_kind),
            first=listed.start_index(),
            page=listed.number,
            pages=listed.paginator.num_pages,
            note=shared,
        )

    def _line(self, difference: Offer, shared: str) -> Line:
        return Line(
            difference=difference,
            ticked=difference.key in self._ticked,
            anchor=anchor_of(difference.key),
            words=wordings(difference.before, difference.after),
            where="; ".join(self._beside.where(place) for place in difference.places[:3]),
            note="" if difference.note == shared else difference.note,
        )
