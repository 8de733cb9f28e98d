"""The dated entries that are appended in one cell."""

import re
from dataclasses import dataclass
from datetime import date

from recommendations.intake.dates import GLUED, days_in

DATE_HEAD = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d\d-\d\d|(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{GLUED.replace('?P<month>', '?:')}[\s'’-]*(?:\d{{4}}|\d\d)|Q[1-4]\s?\d{{2,4}}(?:[/-]\d\d)?)"
ENTRY = re.compile(
    rf"(?:(?<=\n)|^|(?<=[.;!?\n])\s*)[ \t•-]*(?:"
    rf"(?:progress |latest |further )?updated?(?: (?:on|at|for|as at|as of))?:?\s*[(\[]?\s*(?P<named>{DATE_HEAD})\s*[)\]]?\s*[:.–—-]*"
    rf"|[(\[]\s*(?P<bracketed>{DATE_HEAD})\s*[)\]](?:\s*update)?\s*[:.–—-]*"
    rf"|(?P<plain>{DATE_HEAD})(?:\s+update)?\s*(?::|\s[–—-]\s|\n))\s*",
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
    found = [Entry(under, text[: marks[0][0].start()].strip())] if text[: marks[0][0].start()].strip() else []
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
