"""What the cells of a column look like, and which meanings that speaks for or against."""

import re
from dataclasses import dataclass
from itertools import islice, pairwise

from recommendations.intake.colours import hue_of
from recommendations.intake.dates import days_in
from recommendations.intake.due_dates import is_date
from recommendations.intake.headings import Meaning
from recommendations.intake.marks import band_of, phase_of
from recommendations.intake.numbers import is_number, number_first
from recommendations.intake.post_keys import ACRONYM
from recommendations.intake.posts import ROLE
from recommendations.intake.rows import Cell, Table
from recommendations.intake.status_words import TICK, is_status

SAMPLE = 60
SHARE = re.compile(r"\d{1,3}\s?%")
LETTERED = re.compile(r"\(?[A-Z]{1,5} ?\d{1,3}\)?")
RATING_WORDS = frozenset(
    [
        "r",
        "a",
        "g",
        "b",
        "y",
        "gy",
        "red",
        "amber",
        "green",
        "blue",
        "yellow",
        "grey",
        "gray",
        "purple",
        "black",
        "r/a",
        "a/g",
        "amber/green",
        "amber/red",
    ]
)
LONGEST_RATING = 60
BEHIND = re.compile(r"\s*(?:[–—:(]|\s-\s)\s*")
LEVELS = frozenset(
    ["high", "medium", "low", "h", "m", "l", "critical", "important", "urgent", "must", "should", "could"]
)


@dataclass(frozen=True)
class Profile:
    """Shares from 0 to 1 of a column's filled cells, its number of them, and how long and how different they are."""

    filled: int = 0
    rows: int = 0
    dates: float = 0
    bands: float = 0
    phases: float = 0
    numbers: float = 0
    statuses: float = 0
    ticks: float = 0
    ratings: float = 0
    shares: float = 0
    posts: float = 0
    levels: float = 0
    colours: int = 0
    length: float = 0
    different: float = 0
    repeated: float = 0
    numbered: float = 0
    lettered: float = 0
    dotted: float = 0
    dated: float = 0
    day: float = 0


def _is_posts(text: str) -> bool:
    if len(text) > 160 or text.endswith("."):
        return False
    words = text.replace("/", " ").split()
    return bool(words) and bool(ACRONYM.match(words[0]) or ROLE.match(text)) and len(words) <= 16


def _begins_with_a_day(line: str) -> bool:
    """Whether a day and more words make it an entry of an update."""
    return any(one.start == 0 for one in days_in(line[:LONGEST_RATING])) and not is_date(line)


def is_rating(text: str) -> bool:
    """Whether a text is a rating, or one with what it means behind it: “Amber – some concerns”."""
    first = BEHIND.split(text.strip(), maxsplit=1)[0] if len(text) <= LONGEST_RATING else text
    return text.casefold().strip(" .:-") in RATING_WORDS or (
        len(first) > 2 and first.casefold() in RATING_WORDS
    )


def _mean_day(cells: list[Cell]) -> float:
    """The day in the middle of those that cells hold, as a number; nought where they hold none."""
    days = [cell.day or next((one.on for one in days_in(cell.text) if one.on), None) for cell in cells]
    numbers = [day.toordinal() for day in days if day]
    return sum(numbers) / len(numbers) if numbers else 0.0


def profile_of(table: Table, column: int, headers: tuple[int, ...]) -> Profile:
    """The look of a column in the first rows below a table's headings."""
    first = min(headers, default=-1)
    cells = [
        row.cells[column]
        for number, row in enumerate(table.rows)
        if number > first
        and number not in headers
        and column < len(row.cells)
        and len(row.cells) > 1
        # A row of one cell is a section, which says nothing of the column that it begins in.
        and len(list(islice((cell for cell in row.cells if cell.text.strip()), 2))) == 2
    ]
    every = [cell for cell in cells if cell.text.strip()]
    step = max(len(every) // SAMPLE, 1)
    texts = [cell.text.strip() for cell in every[::step]]
    lines = [next(iter(text.splitlines()), "").strip() for text in texts]
    many = max(len(texts), 1)
    return Profile(
        numbered=sum(any(number_first(line)[0] for line in text.splitlines()[:3]) for text in texts) / many,
        dotted=sum("." in text.strip("().") for text in texts) / many,
        dated=sum(_begins_with_a_day(line) for line in lines) / many,
        lettered=sum(bool(LETTERED.fullmatch(text)) for text in texts) / many,
        day=_mean_day(every[::step]),
        filled=len(every),
        rows=len(cells),
        dates=sum(
            cell.day is not None or is_date(line) for cell, line in zip(every[::step], lines, strict=True)
        )
        / many,
        bands=sum(band_of(line) is not None for line in lines) / many,
        phases=sum(phase_of(text) is not None for text in texts) / many,
        numbers=sum(is_number(text) for text in texts) / many,
        statuses=sum(is_status(text) for text in texts) / many,
        ticks=sum(TICK.fullmatch(text) is not None for text in texts) / many,
        shares=sum(SHARE.fullmatch(text) is not None for text in texts) / many,
        ratings=sum(is_rating(text) for text in texts) / many,
        posts=sum(_is_posts(line) for line in lines) / many,
        levels=sum(text.casefold() in LEVELS for text in texts) / many,
        colours=len({hue_of(colour) for colour in {cell.colour for cell in cells}} - {""}),
        length=sum(len(text) for text in texts) / many,
        different=len(set(texts)) / many,
        repeated=sum(cell.text == next_one.text for cell, next_one in pairwise(every[:SAMPLE])) / many,
    )


def fits(meaning: Meaning, profile: Profile) -> float:
    """How well what a column holds suits a meaning: from -1, where it cannot be, to 1."""
    if not profile.filled:
        coloured = profile.colours > 1 and meaning in (Meaning.RATING, Meaning.STAGE)
        return 0.5 if coloured else 0.0
    long = min(profile.length / 40, 1.0)
    is_words = long - profile.dates - profile.ratings - profile.numbers - profile.bands - profile.statuses
    table = {
        Meaning.THEME: 0.2
        - profile.dates
        - profile.numbers
        - profile.levels
        - profile.different * 0.3
        - (profile.length > 120) * 0.5,
        Meaning.TIMESCALE: profile.bands * 1.5 - 0.7,
        Meaning.REFERENCE: profile.numbers * 0.8
        - (profile.length > 15) * 0.8
        - profile.dates
        + (profile.filled < profile.rows * 0.8 or profile.repeated > 0.1) * 0.25
        - 0.1,
        Meaning.RECOMMENDATION: is_words * 0.6
        - profile.levels
        - 0.15
        + (profile.filled < profile.rows * 0.8) * 0.1,
        Meaning.OUTCOME: is_words * 0.5 - 0.15,
        Meaning.NUMBER: profile.numbers * 0.8
        - (profile.length > 15) * 0.8
        - profile.dates
        + (profile.filled >= profile.rows * 0.8 and profile.repeated < 0.1) * 0.25
        - 0.1,
        Meaning.PHASE: profile.phases * 1.5 - 0.6,
        Meaning.LEADS: 0.15
        + profile.posts * 0.6
        - profile.dates
        - profile.ratings
        - profile.numbers
        - (profile.length > 140) * 0.5,
        Meaning.AGENCY: 0.1 - profile.dates - profile.numbers - (profile.length > 80) * 0.5,
        Meaning.ACTION: is_words * 0.6 - 0.2 - profile.dated,
        Meaning.DUE: profile.dates * 1.3 - 0.5 - profile.bands * 0.8 - (profile.length > 60) * 0.3,
        Meaning.DUE_AS_PRINTED: 0.0,
        Meaning.MONTH: 0.0,
        Meaning.PROGRESS: long * 0.3 - profile.ratings - profile.numbers * 0.5 - profile.dates * 0.6,
        Meaning.STAGE: profile.statuses * 1.2 - long * 0.6 - profile.ratings * 0.3 - profile.dates - 0.1,
        Meaning.RATING: profile.ratings * 1.3
        - long * 0.5
        - profile.statuses * 0.3
        - profile.dates
        + (profile.colours > 1) * 0.2,
        Meaning.FORECAST: profile.dates - 0.5,
        Meaning.UPDATE_NUMBER: 0.0,
        Meaning.UPDATED_ON: profile.dates - 0.5,
        Meaning.KEPT: 0.0 + profile.levels * 0.5,
    }
    return max(-1.0, min(1.0, table[meaning]))
