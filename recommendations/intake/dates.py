"""Dates wherever a text names them: days, months and quarters."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from recommendations.intake.plan_read import Sureness
from recommendations.models.action import DuePrecision

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb febr",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
GLUED = MONTH.replace(r"\b", "")
YEAR = r"(?P<year>20\d\d|19\d\d|'?\d\d)(?!\d)"
LONG_YEAR = r"(?P<year>20\d\d)(?!\d)"
# The patterns in the order in which they are tried: what is more exact comes first.
PATTERNS = tuple(
    (re.compile(pattern, re.IGNORECASE), precision, said)
    for pattern, precision, said in (
        (
            r"(?<!\d)(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)(?:[ T]00:00(?::00)?)?",
            DuePrecision.DAY.value,
            "",
        ),
        (
            r"(?<![\d.])(?P<year>20\d\d)(?P<number>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?![\d.])",
            DuePrecision.DAY.value,
            "",
        ),
        (
            (
                r"(?<![\d./])(?P<day>\d{1,2})\s?(?P<mark>[./\-–])\s?(?P<number>\d{1,2})\s?(?P=mark)\s?(?P<year>\d{4}|\d\d)"
                r"(?![\d/])(?: 00:00(?::00)?)?"
            ),
            DuePrecision.DAY.value,
            "",
        ),
        (
            rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s\-/]*(?:of\s+)?{GLUED},?[\s\-/]*{YEAR}",
            DuePrecision.DAY.value,
            "",
        ),
        (rf"\b{MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{LONG_YEAR}", DuePrecision.DAY.value, ""),
        (
            r"\b(?:Q|Qtr\.?|Quarter)\s*(?P<quarter>[1-4])[\s,:\-]*(?:of\s+)?(?P<year>20\d\d|\d\d)\s*[/\-–]\s*(?:20)?(?P<next>\d\d)(?!\d)",
            DuePrecision.QUARTER.value,
            "financial",
        ),
        (
            r"(?<!\d)(?P<year>20\d\d|\d\d)\s*[/\-–]\s*(?:20)?(?P<next>\d\d)[\s,:\-]*(?:Q|Qtr\.?|Quarter)\s*(?P<quarter>[1-4])(?!\d)",
            DuePrecision.QUARTER.value,
            "financial",
        ),
        (
            r"\b(?:Q|Qtr\.?|Quarter)\s*(?P<quarter>[1-4])[\s,:\-]*(?:of\s+)?(?P<year>20\d\d)(?!\d)",
            DuePrecision.QUARTER.value,
            "calendar",
        ),
        (rf"\b{GLUED}[\s,\-/]*(?:of\s+)?{LONG_YEAR}", DuePrecision.MONTH.value, ""),
        (rf"\b{GLUED}\s?[\-/’‘']\s?(?P<year>\d\d)(?!\d)", DuePrecision.MONTH.value, ""),
        (rf"\bend\s+(?:of\s+)?{GLUED}\s?(?P<year>\d\d)(?!\d)", DuePrecision.MONTH.value, ""),
        (rf"\b{GLUED}\s?(?P<year>\d\d)(?![\d:]|st|nd|rd|th)", DuePrecision.MONTH.value, "short"),
        (
            r"(?<![\d./])(?P<number>\d{1,2})\s?[/.\-]\s?(?P<year>20\d\d)(?![\d/])",
            DuePrecision.MONTH.value,
            "",
        ),
        (r"(?<![\d./])(?P<year>20\d\d)-(?P<number>0[1-9]|1[0-2])(?![\d\-])", DuePrecision.MONTH.value, ""),
    )
)
WITH_MONTH = frozenset(pattern for pattern, _, _ in PATTERNS if "month" in pattern.groupindex)
CHEAP = re.compile(r"\d")
MONTH_BEFORE = re.compile(rf"\b{GLUED}\s*['’-]?$".replace("?P<month>", "?:"), re.IGNORECASE)
# Patterns that name a month are tried only where there is one.
NAMED = re.compile(
    rf"(?:{GLUED})[\W\d]|\d[\W]*(?:st|nd|rd|th)?\W*(?:of\s+)?(?:{GLUED})".replace("?P<month>", "?:"),
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Found:
    """A date in a text: its last day (none where no calendar has it), how exact it is, and from where to where."""

    on: date | None
    precision: str
    start: int
    end: int
    how: str = ""
    sure: Sureness = Sureness.CERTAIN


def year_of(text: str) -> int:
    number = int(text.lstrip("'’"))
    if number >= 100:
        return number
    return 2000 + number if number < 70 else 1900 + number


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def end_of_month(year: int, month: int) -> date | None:
    return date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _quarter(parts: dict[str, str], said: str, base: Found) -> Found | None:
    year, quarter = year_of(parts["year"]), int(parts["quarter"])
    if said == "calendar":
        how = "Read as a quarter of the calendar year"
        return replace(base, on=end_of_month(year, quarter * 3), how=how, sure=Sureness.UNSURE)
    if (year + 1) % 100 != int(parts["next"]):
        return None
    month = quarter * 3 + 3
    on = end_of_month(year, month) if month <= 12 else end_of_month(year + 1, month - 12)
    return replace(base, on=on, how="The last day of that quarter, which begins in April for the first")


def _found(match: re.Match[str], precision: str, said: str) -> Found | None:
    parts = {name: value for name, value in match.groupdict().items() if value}
    base = Found(None, precision, match.start(), match.end())
    if precision == DuePrecision.QUARTER.value:
        return _quarter(parts, said, base)
    month = MONTHS[parts["month"].lower()] if "month" in parts else int(parts["number"])
    year = year_of(parts["year"])
    if precision == DuePrecision.MONTH.value:
        sure = Sureness.UNSURE if said == "short" and int(parts["year"]) <= 31 else Sureness.CERTAIN
        how = f"Read as {match['month']} {year}" if sure == Sureness.UNSURE else "The last day of that month"
        return replace(base, on=end_of_month(year, month), how=how, sure=sure)
    on = _day(year, month, int(parts["day"]))
    if on is None:
        return replace(base, how="There is no such day", sure=Sureness.UNSURE)
    return replace(base, on=on)


@lru_cache(maxsize=8192)
def days_in(text: str) -> tuple[Found, ...]:
    """Every date that a text names, in its order, none over another."""
    found: list[Found] = []
    if not CHEAP.search(text):
        return ()
    named = NAMED.search(text) is not None
    for pattern, precision, said in PATTERNS:
        if not named and pattern in WITH_MONTH:
            continue
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            if (
                pattern in WITH_MONTH
                and precision == DuePrecision.DAY.value
                and MONTH_BEFORE.search(text[: match.start()])
            ):
                # In “Sept 23 - Mar 24” the number is the year of the month before it.
                continue
            if one := _found(match, precision, said):
                found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))
