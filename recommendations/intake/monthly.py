"""Columns that are headed by months: a calendar, words of each month, or a rating for each."""

import re
from itertools import pairwise

from recommendations.intake.calendars import MONTH_ALONE, months_of
from recommendations.intake.dates import GLUED, MONTHS
from recommendations.intake.evidence import Profile
from recommendations.intake.headings import Meaning, meanings_of

MONTH_NAMED = re.compile(rf"\b{GLUED}", re.IGNORECASE)
# Longer cells are words, and no mark or rating.
SHORT_WORDS = 15


def calendar(chosen: dict[int, Meaning], headings: list[str], profiles: list[Profile]) -> None:
    """Where no column says by when, months in which actions are marked do."""
    months = months_of(headings, profiles)
    free = all(chosen.get(column, Meaning.KEPT) == Meaning.KEPT for column in months)
    if free and not {Meaning.DUE, Meaning.FORECAST} & set(chosen.values()):
        chosen.update(dict.fromkeys(months, Meaning.MONTH))


def words_of_months(chosen: dict[int, Meaning], headings: list[str], profiles: list[Profile]) -> None:
    """Words under the names of months tell how it went in each."""
    months = [
        column
        for column, heading in enumerate(headings)
        if MONTH_ALONE.fullmatch(heading.strip())
        and chosen.get(column, Meaning.KEPT) == Meaning.KEPT
        and profiles[column].length > SHORT_WORDS
    ]
    if len(months) > 1:
        chosen.update(dict.fromkeys(months, Meaning.PROGRESS))


def ratings_of_months(chosen: dict[int, Meaning], headings: list[str], profiles: list[Profile]) -> None:
    """A rating for each month, in their order: every one is a rating, and the last that is filled is how it stands."""
    headed = [
        column
        for column, meaning in chosen.items()
        if meaning == Meaning.RATING and not MONTH_ALONE.fullmatch(headings[column].strip())
    ]
    months = {
        column: MONTHS[found["month"].casefold()]
        for column, heading in enumerate(headings)
        if (chosen.get(column, Meaning.KEPT) in (Meaning.RATING, Meaning.KEPT) or not profiles[column].filled)
        and (found := MONTH_NAMED.search(heading))
        and (
            Meaning.RATING in meanings_of(heading)
            # Where nothing else is headed so, months alone may be.
            or (not headed and MONTH_ALONE.fullmatch(heading.strip()) and profiles[column].ratings > 0.9)
        )
    }
    steps = [(later - sooner) % 12 for sooner, later in pairwise(months.values())]
    if steps and all(steps) and sum(steps) < 12:
        chosen.update(dict.fromkeys(months, Meaning.RATING))
