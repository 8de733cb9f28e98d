"""Due dates as plans print them: a day, a month, a quarter, a stretch of a year, or words that name no day at all."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from recommendations.intake.dates import GLUED, Found, days_in
from recommendations.intake.drafts import Bit
from recommendations.intake.plan_read import Due, Said, Sureness
from recommendations.intake.stretches import stretches_in
from recommendations.models.action import DuePrecision

ONGOING = re.compile(
    r"\b(?:on-?\s?going|continuous(?:ly)?|continuing|rolling|business as usual|bau)\b", re.IGNORECASE
)
RHYTHM = re.compile(
    r"\b(?:daily|weekly|fortnightly|monthly|mthly|bi-?monthly|quarterly|qtrly|qtly|termly|half[ -]termly|annual(?:ly)?|yearly"
    r"|(?:every|each) (?:(?:half|other|two|three|four|six) )?\w+)\W*",
    re.IGNORECASE,
)
# A day from which something is done, again and again or from then on.
FROM = re.compile(
    r"\s*(?:starting |beginning )?(?:from|since|as of)\b(?!.*\b(?:to|until|by|end)\b)", re.IGNORECASE
)
# “Monthly from January 2024”, “January 2024 onwards”.
FROM_THEN = re.compile(
    rf"\s*{RHYTHM.pattern}(?:from|since|starting|beginning)\b|.*\bonwards?\b", re.IGNORECASE
)
# The date behind it is the one before it was moved.
MOVED = re.compile(
    r"\b(?:was|previously|originally|formerly|prev|orig|extended from|moved from)\W*$", re.IGNORECASE
)
# Words that are said of when, and name no day.
SOME_DAY = re.compile(
    r"asap|as soon as (?:possible|practicable)|(?:(?:by|in|at|end|of|the|next|this|each|every|early|late|mid)[\s-]+)*"
    r"(?:(?:autumn|spring|summer|school|half)[\s-]*)?(?:terms?(?: \d)?|autumn|spring|summer|winter|christmas|easter"
    r"|year[\s-]end|month[\s-]end|q[1-4]|quarter [1-4])"
    rf"|(?:(?:by|end|of|the|mid|early|late)[\s-]+)*{GLUED.replace('?P<month>', '?:')}"
    r"|(?:within |in )?(?:\d{1,2}|one|two|three|four|six|nine|twelve|eighteen)[\s-](?:days?|weeks?|months?|years?)\W*",
    re.IGNORECASE,
)
WEEK = re.compile(r"\b(?:w[/.]?[cbe]\.?|week (?:commencing|beginning|ending))\W*$", re.IGNORECASE)
# From 1982 to 2064, as a workbook gives days away that is saved as CSV.
SERIAL = re.compile(r"[3-5]\d{4}")
EXCEL_BEGINS = date(1899, 12, 30)
OPEN = re.compile(
    r"(?:t\.?b\.?[acd]\.?|to be (?:confirmed|agreed|advised|determined|decided)|n\.?/?a\.?|none|[-–—?]+)",
    re.IGNORECASE,
)
FILLING = re.compile(
    r"\b(?:by|before|no later than|end|of|the|due|target|date|mid|early|late|from|to|until|start|beginning"
    r"|w[/.]?[cbe]|week commencing|week beginning|week ending|monday|tuesday|wednesday|thursday|friday|mon|tues?|wed|thurs?|fri)\b|[\s.,;:()\[\]\-–—]+",
    re.IGNORECASE,
)


def _left_over(text: str, found: tuple[Found, ...]) -> str:
    def pieces() -> Iterator[str]:
        at = 0
        for one in found:
            yield text[at : one.start]
            at = one.end
        yield text[at:]

    return FILLING.sub("", " ".join(pieces()))


def _dates_in(text: str) -> tuple[Found, ...]:
    """The days, months and quarters of a text, and the stretches of a year that none of them is part of."""
    days = days_in(text)
    more = [
        one
        for one in stretches_in(text)
        if not any(one.start < other.end and other.start < one.end for other in days)
    ]
    return tuple(sorted((*days, *more), key=lambda one: one.start)) if more else days


def is_date(text: str) -> bool:
    """Whether a text is a due date and nothing else."""
    stripped = text.strip()
    if not stripped or len(stripped) > 60:
        return False
    if OPEN.fullmatch(stripped) or RHYTHM.fullmatch(stripped) or ONGOING.match(stripped):
        return len(stripped) > 1
    if SOME_DAY.fullmatch(stripped):
        return True
    found = _dates_in(stripped)
    return bool(found) and (bool(FROM.match(stripped)) or not _left_over(stripped, found))


def _open(
    text: str, how: str, sure: Sureness, precision: str = DuePrecision.TO_BE_CONFIRMED.value
) -> Said[Due]:
    return Said(Due(None, precision, text), (), how, sure)


def read_due(text: str, day: date | None = None) -> Said[Due]:
    """A due date from a cell: `text` is kept as printed, `day` is the date that a spreadsheet holds behind it."""
    printed = text.strip()
    found = _dates_in(printed)
    if day is not None:
        rough = [one for one in found if one.precision == DuePrecision.MONTH.value and one.on]
        if rough and rough[0].on and (rough[0].on.year, rough[0].on.month) == (day.year, day.month):
            return Said(Due(rough[0].on, DuePrecision.MONTH.value, printed), (), "The last day of that month")
        return Said(Due(day, DuePrecision.DAY.value, printed))
    if ONGOING.search(printed):
        sure = Sureness.CERTAIN if ONGOING.match(printed) else Sureness.UNSURE
        return _open(printed, "Ongoing, without a day", sure, DuePrecision.ONGOING.value)
    if not printed or OPEN.fullmatch(printed):
        sure = Sureness.CERTAIN if printed else Sureness.LIKELY
        return _open(printed, "No date is printed: to be confirmed", sure)
    if RHYTHM.fullmatch(printed):
        return _open(
            printed, "It comes round again and again: ongoing", Sureness.LIKELY, DuePrecision.ONGOING.value
        )
    if FROM.match(printed) or FROM_THEN.match(printed):
        again = re.search(RHYTHM.pattern, printed, re.IGNORECASE) is not None
        how = "It begins on that day and comes round again: ongoing" if again else "It begins then: ongoing"
        return _open(printed, how, Sureness.LIKELY if again else Sureness.UNSURE, DuePrecision.ONGOING.value)
    if SERIAL.fullmatch(printed):
        on = EXCEL_BEGINS + timedelta(days=int(printed))
        how = f"Excel keeps days as such numbers: {on:%-d %B %Y}"
        return Said(Due(on, DuePrecision.DAY.value, printed), (), how, Sureness.UNSURE)
    if not found:
        return _open(printed, "No date was recognised: to be confirmed", Sureness.UNSURE)
    return _chosen(printed, tuple(one for one in found if not MOVED.search(printed[: one.start])) or found)


def _chosen(printed: str, found: tuple[Found, ...]) -> Said[Due]:
    last = found[-1]
    if last.on is None:
        return _open(printed, f"{last.how}: to be confirmed", Sureness.UNSURE)
    due = Due(last.on, last.precision, printed)
    if len(found) > 1:
        return Said(due, (), "Several dates are printed; the last of them was taken", Sureness.UNSURE)
    if WEEK.search(printed[: last.start]):
        how = "Printed as a week; the day that is printed was taken"
        return Said(due, (), how, Sureness.UNSURE)
    if _left_over(printed, found):
        sure = last.sure if last.sure == Sureness.UNSURE else Sureness.LIKELY
        return Said(due, (), "The date among the words was taken", sure)
    return Said(due, (), last.how, last.sure)


def own_due(filled: list[Bit], printed: list[Bit]) -> Said[Due]:
    """The due date in a file of ours: the day where it has one, the words that the plan printed, how exact they are."""
    words = printed[0].text if printed else filled[0].text if filled else ""
    places = tuple(bit.place for bit in (*filled, *printed))
    first = filled[0] if filled else None
    day = first.cell.day if first else None
    if first and not day:
        typed = read_due(first.text)
        if typed.sure != Sureness.CERTAIN or typed.value.on is None:
            # Somebody typed what is no plain day: it is shown as it was typed.
            return replace(typed, places=places)
        day = typed.value.on
    read = read_due(words)
    if day is None:
        precision = (
            read.value.precision
            if read.value.precision == DuePrecision.ONGOING
            else DuePrecision.TO_BE_CONFIRMED
        )
        return Said(Due(None, precision, words), places)
    same = read.value.on == day
    return Said(Due(day, read.value.precision if same else DuePrecision.DAY.value, words), places)
