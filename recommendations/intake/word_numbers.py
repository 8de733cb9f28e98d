"""The numbers that Word counts itself: “1.”, “(a)”, “2.3” before paragraphs that do not contain them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from docx2python.numbering_formats import lower_roman

from recommendations.intake.word_xml import Element, child, children, is_on, number, said

BULLET = "•"
PLACEHOLDER = re.compile(r"%([1-9])")
DEEPEST = 8
# Numerals beyond this nobody writes out.
LARGEST_ROMAN = 4_000
LARGEST_LETTER = 26 * 20


@dataclass(frozen=True)
class Level:
    """How one level of a list counts: where it begins, in which signs, and what stands about them."""

    start: int
    form: str
    text: str
    legal: bool
    style: str


@dataclass(frozen=True)
class Numbering:
    """A list of the document: the counters that it shares, its levels, and where it begins anew."""

    counters: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


class ListNumbers:
    """Counts on with every paragraph that it is asked for, so each is asked for once and in order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._lists = _lists(numbering)
        self._styles = {said(style, "styleId"): style for style in children(styles, "style")}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def before(self, properties: Element | None) -> str:
        """What Word writes before the paragraph of these properties; empty where it is in no list."""
        if properties is None:
            return ""
        name, depth = self._place(properties)
        numbering = self._lists.get(name)
        level = numbering.levels.get(depth) if numbering else None
        if numbering is None or level is None:
            return ""
        if level.form == "bullet":
            return BULLET
        counts = self._counts.setdefault(numbering.counters, {})
        if depth in numbering.starts and (name, depth) not in self._begun:
            self._begun.add((name, depth))
            counts[depth] = numbering.starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        return PLACEHOLDER.sub(
            lambda found: _sign(numbering.levels, counts, int(found[1]) - 1, legal=level.legal), level.text
        )

    def _place(self, properties: Element) -> tuple[str, int]:
        """The list that a paragraph is in, by itself or by its style, and how deep."""
        own, style = child(properties, "numPr"), said(child(properties, "pStyle"))
        name, level = said(child(own, "numId")), child(own, "ilvl")
        for _ in range(DEEPEST):
            if name or style not in self._styles:
                break
            by_style = child(self._styles[style], "pPr", "numPr")
            name = said(child(by_style, "numId"))
            if name:
                named = self._level_of(name, style)
                return name, number(child(by_style, "ilvl") if level is None else level, named)
            style = said(child(self._styles[style], "basedOn"))
        return name, number(level)

    def _level_of(self, name: str, style: str) -> int:
        levels = self._lists[name].levels if name in self._lists else {}
        return next((depth for depth, level in levels.items() if level.style == style), 0)


def _lists(numbering: Element | None) -> dict[str, Numbering]:
    kinds = {said(kind, "abstractNumId"): _levels(kind) for kind in children(numbering, "abstractNum")}
    lists = {}
    for each in children(numbering, "num"):
        kind = said(child(each, "abstractNumId"))
        levels, starts = dict(kinds.get(kind, {})), {}
        for change in children(each, "lvlOverride"):
            depth = number(change, name="ilvl")
            levels |= _levels(change)
            start = child(change, "startOverride")
            if start is not None:
                starts[depth] = number(start, 1)
        lists[said(each, "numId")] = Numbering(kind, levels, starts)
    return lists


def _levels(kind: Element) -> dict[int, Level]:
    return {
        number(level, name="ilvl"): Level(
            number(child(level, "start"), 0),
            said(child(level, "numFmt")) or "decimal",
            said(child(level, "lvlText")),
            is_on(child(level, "isLgl")),
            said(child(level, "pStyle")),
        )
        for level in children(kind, "lvl")
    }


def _sign(levels: Mapping[int, Level], counts: Mapping[int, int], depth: int, *, legal: bool) -> str:
    level = levels.get(depth)
    if level is None:
        return ""
    count = counts.get(depth, level.start)
    form = "decimal" if legal and level.form != "none" else level.form
    return _written(count, form)


def _written(count: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"} and 1 <= count <= LARGEST_LETTER:
        # After z Word goes on with aa, bb, cc.
        sign = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
    elif form in {"lowerRoman", "upperRoman"} and 1 <= count <= LARGEST_ROMAN:
        sign = lower_roman(count)
    elif form == "none":
        sign = ""
    elif form == "decimalZero":
        sign = f"{count:02}"
    else:
        sign = str(count)
    return sign.upper() if form.startswith("upper") else sign
