"""What the columns of a plan's table mean, whatever they are called and in whatever order they stand."""

from dataclasses import dataclass
from enum import StrEnum


class Meaning(StrEnum):
    """What a column holds. One may hold several things at once; they are told apart cell by cell."""

    THEME = "theme"
    TIMESCALE = "timescale"
    REFERENCE = "reference"
    RECOMMENDATION = "recommendation"
    OUTCOME = "outcome"
    NUMBER = "number"
    PHASE = "phase"
    LEADS = "leads"
    AGENCY = "agency"
    ACTION = "action"
    DUE = "due"
    PROGRESS = "progress"
    STAGE = "stage"
    RATING = "rating"
    FORECAST = "forecast"
    UPDATE_NUMBER = "update-number"
    UPDATED_ON = "updated-on"
    KEPT = "kept"


@dataclass(frozen=True)
class TableMapping:
    """How one table is read: its header rows, counted from nought, and what each column means.

    A table that is not part of the plan has no columns. `KEPT` is a column whose words are kept and shown only.
    """

    table: int
    headers: tuple[int, ...]
    columns: tuple[Meaning, ...]
