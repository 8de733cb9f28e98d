"""What the preview of a plan from a file puts on each of its pages."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.text import slugify

from improvement.models import Rating
from recommendations.intake import left_out
from recommendations.intake.plan_read import PlanRead, Unplaced
from recommendations.intake.seen import Beside, Figures, Item, Spot, Value, subject_of
from recommendations.intake_forms import MendForm

A_PAGE = 25
# Of recommendations and actions with all that is said of each, few enough for a phone.
A_PAGE_OF_ALL = 10
LOOK, ALL, LEADS, KEPT = "look", "all", "leads", "kept"
# Where on the page they begin: whoever goes from one to another lands there, and not at its top.
PARTS = "parts"
# How an action stands is mended in its parts.
LABELS = {"stage": "Stage", "rating": "Rating", "standing": "What has happened"}


@dataclass(frozen=True)
class Row:
    """A value with its rating if it has one, the forms that mend it, and the address that opens all of them.

    `again` where its cells stand beside a value above it already.
    """

    value: Value
    rating: Rating | None
    forms: tuple[MendForm, ...]
    mend_url: str
    again: bool = False

    @property
    def is_absent(self) -> bool:
        """Whether the file says nothing of it and nobody is about to."""
        return not (self.value.spots or self.value.typed_words or self.value.to_look or self.forms)


@dataclass(frozen=True)
class Shown:
    """A recommendation or an action on a page of the preview. `row` is all that its row of the file says.

    `absent` are the values of which the file says nothing. `is_second` where one above has the same number, which is
    then the one that is meant, so that only that one can be changed.
    """

    item: Item
    anchor: str
    rows: tuple[Row, ...]
    absent: tuple[Row, ...]
    row: tuple[Spot, ...]
    is_second: bool = False


@dataclass(frozen=True)
class Kept:
    """Words of the file that have no place in a plan, and where they stand."""

    where: str
    text: str
    why: str


@dataclass(frozen=True)
class Saved:
    """A value that somebody has just put right, in words. `anchor` is where it stands, if it still does."""

    words: str
    anchor: str = ""


@dataclass(frozen=True)
class Refused:
    """What somebody typed for a value and why it was not taken, beside what the form itself finds."""

    data: Mapping[str, str]
    sentence: str = ""

    @property
    def key(self) -> str:
        return self.data.get("key", "")


class Pages:
    """Makes what is shown. `open_key` is the value whose form is open; `refused` what was sent and not taken."""

    def __init__(
        self,
        plan: PlanRead,
        beside: Beside,
        *,
        ratings: Iterable[Rating],
        version: int,
        address: Callable[[str], str],
        open_key: str = "",
        refused: Refused | None = None,
    ) -> None:
        self.plan, self.beside = plan, beside
        self._ratings = {rating.slug: rating for rating in ratings}
        self._rated = [(slug, str(rating)) for slug, rating in self._ratings.items()]
        self.version, self._address = version, address
        self._open_key, self._refused = open_key, refused

    def shown(self, item: Item, *, only_unsure: bool, is_second: bool = False) -> Shown:
        """An item with its forms: where only what is unsure is shown, each unsure value is ready to be mended."""
        rows = [self._row(item, value, ready=only_unsure) for value in self.beside.values(item)]
        if is_second:
            rows = [replace(row, forms=(), mend_url="") for row in rows]
        return Shown(
            item=item,
            anchor=anchor_of(f"second {item.name}" if is_second else item.name),
            is_second=is_second,
            rows=tuple(_once(row for row in rows if not row.is_absent)),
            absent=tuple(row for row in rows if row.is_absent),
            row=self.beside.row(item),
        )

    def saved(self, items: Sequence[Item], key: str) -> Saved:
        """What was put right under `key`. A number that was changed has taken its action's name with it."""
        if key.startswith("post/"):
            return Saved(f"Which post {key.removeprefix('post/')} is, is saved.")
        name = subject_of(key)
        part = key.removeprefix(f"{name}/")
        item = next((each for each in items if each.name == name), None)
        if item is None:
            return Saved("What you wrote is saved.")
        labels = {value.part: value.label for value in self.beside.values(item)}
        what = LABELS.get(part) or labels.get(part, "What you wrote")
        return Saved(f"{what} of {name} is saved.", anchor_of(name))

    def _row(self, item: Item, value: Value, *, ready: bool) -> Row:
        key = f"{item.name}/{value.part}"
        rating = self._ratings.get(value.standing.rating) if value.standing else None
        typed = typed_in(value)
        whole = key == self._open_key or (
            self._refused is not None and self._refused.key in keys_of(item, typed)
        )
        # How an action stands is said in three; of what has to be looked at, the stage comes first.
        wanted = typed if whole else dict(list(typed.items())[:1]) if ready and value.to_look else {}
        forms = tuple(self._form(item, value, part, start) for part, start in wanted.items())
        first = f"{item.name}/{next(iter(typed))}"
        mend_url = "" if whole else self._address(urlencode({"mend": key})) + f"#{anchor_of(first)}-value"
        return Row(value, rating, forms, mend_url)

    def _form(self, item: Item, value: Value, part: str, start: str) -> MendForm:
        key = f"{item.name}/{part}"
        refused = self._refused if self._refused and self._refused.key == key else None
        what = LABELS.get(part, value.label)
        form = MendForm(
            # What was typed stays, to be sent again after what is there now was seen.
            {**refused.data, "version": str(self.version)} if refused else None,
            label=f"{what} of {item.name}",
            part=part.partition("/")[0],
            choices=[("", "Not rated"), *self._rated] if part == "rating" else (),
            start={"key": key, "version": self.version, "value": start},
            prefix_id=anchor_of(key),
        )
        if refused and form.is_valid():
            form.add_error("value", refused.sentence)
        return form


def seconds(items: Iterable[Item]) -> frozenset[int]:
    """Those whose name one before them has already, by their identity."""
    named: set[str] = set()
    found = set()
    for item in items:
        if item.name in named:
            found.add(id(item))
        named.add(item.name)
    return frozenset(found)


def _once(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows whose cells stand beside a row above them already are marked, so that the same words stand there once."""
    before: set[tuple[Spot, ...]] = set()
    for row in rows:
        spots = row.value.spots
        yield replace(row, again=bool(spots) and spots in before)
        # Where the words are the same in both, they were not written out beside it.
        if not row.value.same:
            before.add(spots)


def typed_in(value: Value) -> dict[str, str]:
    """The parts in which a value is typed, each with what stands there now."""
    said = value.standing
    # Of earlier entries only the words: how the action stands is said by the last.
    if said is None or value.part != "standing":
        return {value.part: value.typed}
    return {"stage": said.stage, "rating": said.rating, "standing": said.narrative}


def keys_of(item: Item, typed: Iterable[str]) -> set[str]:
    return {f"{item.name}/{part}" for part in typed}


def kept(beside: Beside, unplaced: Sequence[Unplaced], number: str | None) -> "Page[Kept]":
    """A page of what has no place in the plan."""
    listed: Page[Any] = Paginator(left_out.alone_first(unplaced), A_PAGE).get_page(number)
    listed.object_list = [Kept(beside.where(each.place), each.text, each.why) for each in listed.object_list]
    return listed


def anchor_of(name: str) -> str:
    """A name as a place on the page; two that differ only in points and spaces stay apart by their letters' sum."""
    return f"{slugify(name) or 'item'}-{sum(map(ord, name))}"


def parts(show: str, figures: Figures, address: Callable[[str], str]) -> list[tuple[str, str, bool]]:
    """The parts of a preview with how much is in each, and which is open."""
    found = (
        (LOOK, f"To look at ({figures.to_look})"),
        (ALL, "Everything"),
        (LEADS, f"Lead officers ({figures.posts})"),
        (KEPT, f"Not in the plan ({figures.unplaced})"),
    )
    return [(label, address(f"show={part}"), part == show) for part, label in found]
