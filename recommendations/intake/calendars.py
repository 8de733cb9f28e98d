"""Plans drawn as a calendar: a column for each month, and marks or colours in those in which an action is worked on."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from recommendations.intake.colours import hue_of
from recommendations.intake.dates import GLUED, MONTHS, end_of_month, year_of
from recommendations.intake.drafts import Bit
from recommendations.intake.evidence import Profile
from recommendations.intake.plan_read import Due, Said, Sureness
from recommendations.models.action import DuePrecision

MONTH_ALONE = re.compile(
    rf"(?:(?P<before>20\d\d)[\s\-/]*)?{GLUED}[\s\-/’']*(?P<year>(?:20)?\d\d)?", re.IGNORECASE
)
FEWEST = 3
# A mark is a cross, a bar, a diamond: no word.
LONGEST_MARK = 3
NOTHING_MARKED = re.compile(r"[-–—.\s0]*")


def months_of(headings: Sequence[str], profiles: Sequence[Profile]) -> dict[int, date]:
    """The columns of a calendar with the last day of each one's month; none where the headings are no months of years.

    Letters of ratings, and colours of several hues in a column, are how actions stand from month to month.
    """
    found: dict[int, date] = {}
    for column, heading in enumerate(headings):
        month, profile = month_of(heading), profiles[column]
        if month and profile.length <= LONGEST_MARK and profile.ratings < 0.5 and profile.colours < 2:
            found[column] = month
    in_order = all(sooner < later for sooner, later in pairwise(found.values()))
    marked = any(profiles[column].filled or profiles[column].colours for column in found)
    return found if len(found) >= FEWEST and in_order and marked else {}


def month_of(heading: str) -> date | None:
    """The last day of the month that a heading consists of: “Jul 26”, or “2026 Jul” where the year stands above it."""
    match = MONTH_ALONE.fullmatch(heading.strip())
    year = match and (match["year"] or match["before"])
    return end_of_month(year_of(year), MONTHS[match["month"].lower()]) if match and year else None


def due_by(bits: Sequence[Bit], headings: dict[tuple[int, int], str]) -> Said[Due] | None:
    """The last month in which an action is marked; none where it is in no month."""
    marked = [
        (month, bit)
        for bit in bits
        if (month := month_of(headings.get((bit.place.table, bit.place.column), "")))
        and (hue_of(bit.cell.colour) or not NOTHING_MARKED.fullmatch(bit.text))
    ]
    if not marked:
        return None
    last, _ = max(marked, key=lambda one: one[0])
    how = f"Marked in the calendar up to {last:%B %Y}"
    places = tuple(bit.place for _, bit in marked)
    return Said(Due(last, DuePrecision.MONTH.value, f"{last:%B %Y}"), places, how, Sureness.LIKELY)
