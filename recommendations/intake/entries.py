"""The dated entries that are appended in one cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from recommendations.intake.dates import GLUED, MONTHS, days_in

DATE_HEAD = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d\d-\d\d|(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{GLUED.replace('?P<month>', '?:')}[\s'’-]*(?:\d{{4}}|\d\d)|Q[1-4]\s?\d{{2,4}}(?:[/-]\d\d)?)"
ENTRY = re.compile(
    rf"(?:(?<=\n)|^|(?<=[.;!?\n])\s*)[ \t•-]*(?:"
    rf"(?:progress |latest |further )?updated?(?: (?:on|at|for|as at|as of))?:?\s*[(\[]?\s*(?P<named>{DATE_HEAD})\s*[)\]]?\s*[:.–—-]*"
    rf"|[(\[]\s*(?P<bracketed>{DATE_HEAD})\s*[)\]](?:\s*update)?\s*[:.–—-]*"
    rf"|(?P<plain>{DATE_HEAD})(?:\s+update)?\s*(?::|\s[–—-]\s|\n)"
    # “31/Jan/12 9:14;Programme Office;The first were trained”, as Jira takes comments out.
    rf"|(?P<logged>\d{{1,2}}/[A-Za-z]{{3}}/\d{{2,4}}) \d{{1,2}}:\d\d(?: ?[AP]M)?;[^;\n]*;"
    r"|(?P<bare>\d{1,2}[./-]\d{1,2}[./-]\d{2,4})\s(?-i:(?=[A-Z])))\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Entry:
    """One of the entries that were appended in a cell; `on` is empty for what stands before the first dated one."""

    on: date | None
    text: str
    how: str = ""


def entries_of(text: str, known_on: date, heading: str = "") -> list[Entry]:
    """The dated entries of an update cell, in the order of their days where every one is dated."""
    marks = [
        (match, on)
        for match in ENTRY.finditer(text)
        if (on := _day_of(next(value for value in match.groupdict().values() if value), known_on))
    ]
    under = _day_of(heading, known_on) if heading else None
    if not marks:
        return (
            [Entry(under, text.strip(), f"It stands under “{heading}”" if under else "")]
            if text.strip()
            else []
        )
    before = text[: marks[0][0].start()].strip()
    if before and marks[-1][0].end() == len(text):
        begins = [0, *(match.end() for match, _ in marks)]
        found = [
            Entry(on, text[begin : match.start()].strip(), f"The entry that ends with “{match[0].strip()}”")
            for begin, (match, on) in zip(begins, marks, strict=False)
        ]
        return sorted(found, key=lambda entry: entry.on or date.min)
    found = [Entry(under, before)] if before else []
    for at, (match, on) in enumerate(marks):
        end = marks[at + 1][0].start() if at + 1 < len(marks) else len(text)
        found.append(Entry(on, text[match.end() : end].strip(), f"The entry headed “{match[0].strip()}”"))
    return sorted(found, key=lambda entry: entry.on or date.min)


def _day_of(text: str, known_on: date) -> date | None:
    """The day of an entry: a month's is its last, or the day of reading where that is earlier; none in the future."""
    found = [one for one in days_in(text) if one.on]
    if len(found) != 1 or found[0].on is None:
        return None
    on = found[0].on
    if on <= known_on:
        return on
    begun = on.replace(day=1) if found[0].precision != "day" else on
    return known_on if begun <= known_on else None


# What the headings of several columns of progress are called in order: of a round of four or of twelve, or in a row.
NAMED_MONTH = re.compile(rf"\b{GLUED}\b", re.IGNORECASE)
ROUNDS = (
    (re.compile(r"\b(?:Q|qtr|quarter)\W?([1-4])\b", re.IGNORECASE), 4),
    (
        re.compile(
            r"\b(?:update|period|month|week|review|round|cycle|meeting|report)\W{0,2}(?:no\.?\s?)?(\d{1,2})\b",
            re.IGNORECASE,
        ),
        0,
    ),
)
EARLIER = re.compile(
    r"\b(?:previous|prior|earlier|last (?:month|quarter|update|period|time)|past)\b", re.IGNORECASE
)
LATER = re.compile(r"\b(?:latest|current|this (?:month|quarter|period)|now|new|most recent)\b", re.IGNORECASE)

REMARK = re.compile(
    r"\s*(?:other |general |additional |any )?(?:notes?|comments?|remarks?|commentary)\b", re.IGNORECASE
)


def ranks_of(headed: Iterable[tuple[int, str]]) -> dict[int, int]:
    """The order of columns of progress by what their headings say, earliest first; empty where they do not say it."""
    headings = dict(headed)
    columns = list(headings)
    for ranks, size in (
        ([_dated_rank(headings[column]) for column in columns], 0),
        *(([_number_in(pattern, headings[column]) for column in columns], size) for pattern, size in ROUNDS),
        ([_month_in(headings[column]) for column in columns], 12),
        ([_age_of(headings[column]) for column in columns], 0),
        ([_remark_rank(headings[column]) for column in columns], 0),
    ):
        if ordered := _in_order(columns, ranks, size):
            return ordered
    return {}


def _in_order(columns: list[int], ranks: list[int | None], size: int) -> dict[int, int]:
    """Columns by their ranks. In a round of `size`, where four is followed by one, they run one way or the other."""
    known = [rank for rank in ranks if rank is not None]
    if len(known) < len(columns) or len(set(known)) < len(known):
        return {}
    if not size:
        return dict(zip(columns, known, strict=True))
    steps = [(after - before) % size for before, after in pairwise(known)]
    if sum(steps) < size:
        return {column: at for at, column in enumerate(columns)}
    if sum(size - step for step in steps) < size:
        return {column: -at for at, column in enumerate(columns)}
    return {}


def _dated_rank(heading: str) -> int | None:
    found = [one.on for one in days_in(heading) if one.on]
    return found[0].toordinal() if len(found) == 1 else None


def _remark_rank(heading: str) -> int | None:
    """Of a remark and an update the update says how it stands."""
    return 0 if REMARK.match(heading) else 1


def _number_in(pattern: re.Pattern[str], heading: str) -> int | None:
    match = pattern.search(heading)
    return int(match[1]) if match else None


def _month_in(heading: str) -> int | None:
    match = NAMED_MONTH.search(heading)
    return MONTHS[match["month"].lower()] if match else None


def _age_of(heading: str) -> int | None:
    """Nought for what was said before, two for what is said now; a column that is only called progress is between."""
    if not heading.strip():
        return None
    return 0 if EARLIER.search(heading) else 2 if LATER.search(heading) else 1
