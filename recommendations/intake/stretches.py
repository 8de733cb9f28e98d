"""Stretches of a year by which plans mean a date: a term, a season, a financial year.

When one of them ends is a convention that no two councils need share, so whoever brings the plan in is asked to look.
"""

import re
from functools import lru_cache

from recommendations.intake.dates import Found, end_of_month, year_of
from recommendations.intake.plan_read import Sureness
from recommendations.models.action import DuePrecision

# What it is called, the month in which it ends, how many years after a year that is printed alone, and in which of two
# years (2023/24), counted from nought.
STRETCHES: tuple[tuple[str, int, int, int], ...] = (
    (r"autumn (?:school )?term", 12, 0, 0),
    (r"spring (?:school )?term", 3, 0, 1),
    (r"summer (?:school )?term", 7, 0, 1),
    (r"(?:academic|school) year", 7, 0, 1),
    (r"(?:financial|fiscal) year(?:[ -]end)?|year[ -]end|f\.?y\.?e?", 3, 0, 1),
    (r"christmas|xmas", 12, 0, 0),
    (r"easter", 4, 0, 1),
    (r"spring", 5, 0, 1),
    (r"summer", 8, 0, 1),
    (r"autumn", 11, 0, 0),
    (r"winter", 2, 1, 1),
    # A class of a school is a year too: Year 11.
    (r"(?:calendar )?year(?=\W+20)", 12, 0, 1),
)
YEARS = r"['’]?(?P<year>20\d\d|\d\d)(?:\s?[/–-]\s?(?:20)?(?P<next>\d\d))?(?![\d/.%])"
BETWEEN = r"(?:\s?[12]\b)?(?:[\s,(–-]|\b(?:of|in|end|ending|the|academic|school|financial|year)\b)*"
PATTERNS = tuple(
    (re.compile(pattern, re.IGNORECASE), month, later, of_two)
    for words, month, later, of_two in STRETCHES
    for pattern in (
        rf"\b(?:{words})(?![a-z]){BETWEEN}{YEARS}",
        rf"(?<![\d/.-]){YEARS}\s+(?:{words})(?![a-z])",
    )
)
CHEAP = re.compile(r"term|year|f\.?y|mas|easter|spring|summer|autumn|winter", re.IGNORECASE)
DIGITS = re.compile(r"\d\d")
ALONE = re.compile(
    r"\W*(?:(?:by|before|the|end|of|during|in|year)\s+)*(?P<year>20\d\d)(?:\s?[/–-]\s?(?:20)?(?P<next>\d\d))?\W*",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def stretches_in(text: str) -> tuple[Found, ...]:
    """Every stretch of a named year in a short text, in its order, none over another; or the year that it consists of."""
    if len(text) > 120 or not DIGITS.search(text):
        return ()
    if alone := ALONE.fullmatch(text):
        one = _found(alone, 3 if alone["next"] else 12, 0, 1)
        return (one,) if one else ()
    found: list[Found] = []
    for pattern, month, later, of_two in PATTERNS if CHEAP.search(text) else ():
        for match in pattern.finditer(text):
            over = any(match.start() < other.end and other.start < match.end() for other in found)
            if not over and (one := _found(match, month, later, of_two)):
                found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def _found(match: re.Match[str], month: int, later: int, of_two: int) -> Found | None:
    year = year_of(match["year"])
    if match["next"] and (year + 1) % 100 != int(match["next"]):
        return None
    on = end_of_month(year + (of_two if match["next"] else later), month)
    how = f"“{match[0].strip()}” was taken to end in {on:%B %Y}" if on else ""
    return Found(on, DuePrecision.MONTH.value, match.start(), match.end(), how, Sureness.UNSURE)
