"""Recommendations and actions while their cells are being gathered."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from recommendations.intake.headings import Meaning
from recommendations.intake.plan_read import Said, Sureness
from recommendations.intake.rows import Cell, Place
from recommendations.intake.status_words import is_status
from recommendations.models.action import Phase

ENDED = re.compile(r"[.;:!?)\]”\"']\s*$")


@dataclass(frozen=True)
class Bit:
    """A part of a cell that belongs to one action; `below` where it stands in a row without an action of its own."""

    place: Place
    text: str
    cell: Cell
    how: str = ""
    sure: Sureness = Sureness.CERTAIN
    below: bool = False


@dataclass
class Draft:
    """An action while it is gathered. `number` is empty where none is printed."""

    number: str = ""
    number_place: tuple[Place, ...] = ()
    phase: Said[str] = field(default_factory=lambda: Said(Phase.NONE.value))
    text: list[Bit] = field(default_factory=list)
    bits: dict[Meaning, list[Bit]] = field(default_factory=dict)

    def add(self, meaning: Meaning, bit: Bit) -> None:
        self.bits.setdefault(meaning, []).append(bit)

    def has(self, meaning: Meaning) -> bool:
        return any(bit.text.strip() for bit in self.bits.get(meaning, ()))


@dataclass
class Group:
    """A recommendation while it is gathered. `waiting` are updates that name their action by its number."""

    reference: Said[str]
    theme: Said[str]
    timescale: Said[str]
    text: Said[str]
    outcome: Said[str] = field(default_factory=lambda: Said(""))
    drafts: list[Draft] = field(default_factory=list)
    waiting: list[tuple[str, Bit]] = field(default_factory=list)
    numbers_in_cells: bool = False


def said(
    text: str, place: Place | Iterable[Place], how: str = "", sure: Sureness = Sureness.CERTAIN
) -> Said[str]:
    return Said(text, (place,) if isinstance(place, Place) else tuple(place), how, sure)


def joined(one: Said[str], other: Said[str], how: str) -> Said[str]:
    """Two parts of one text."""
    if not one.value:
        return other
    between = " " if other.value[:1].islower() else "\n"
    return Said(one.value + between + other.value, one.places + other.places, how, Sureness.LIKELY)


def run_together(bits: list[Bit]) -> list[Bit]:
    """Updates of an action; what goes on from the row above in the middle of a sentence is joined to it."""
    whole: list[Bit] = []
    for bit in bits:
        ended = whole and (ENDED.search(whole[-1].text) or is_status(whole[-1].text))
        if whole and bit.below and (bit.text[:1].islower() or not ended):
            text = f"{whole[-1].text} {bit.text}"
            whole[-1] = replace(whole[-1], text=text, how="It runs over several rows", sure=Sureness.LIKELY)
        elif bit.text:
            whole.append(bit)
    return whole
