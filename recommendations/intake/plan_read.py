"""A plan as it was understood from a file: every value with the cells that it stands in, how it was read, how sure.

Nothing here knows the database. What could not be placed is kept beside the rest.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from recommendations.intake.rows import Notice, Place

T = TypeVar("T")


class Sureness(StrEnum):
    """Certain: it stands there. Likely: there is a rule for it. Unsure: somebody has to look."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"


LESS_AND_LESS = tuple(Sureness)


def worse(*sures: Sureness) -> Sureness:
    """The least sure of several."""
    return max(sures, key=LESS_AND_LESS.index, default=Sureness.CERTAIN)


@dataclass(frozen=True)
class Said(Generic[T]):
    """One value: where it stands, and in a sentence how it was understood; empty where it stands so word for word."""

    value: T
    places: tuple[Place, ...] = ()
    how: str = ""
    sure: Sureness = Sureness.CERTAIN


@dataclass(frozen=True)
class Due:
    """A due date as `Action` keeps one: no day where the precision is ongoing or to be confirmed."""

    on: date | None
    precision: str
    text: str


@dataclass(frozen=True)
class Standing:
    """What the file says of how an action stands. `on` is the day of a dated entry; `rating` a slug of the plan's key.

    `forecast_on` is when it is now expected; `number` is the update that a returned file says it started from.
    """

    stage: str
    rating: str
    narrative: str
    on: date | None = None
    forecast_on: date | None = None
    number: str = ""


@dataclass(frozen=True)
class PostRead:
    """A post that leads: the abbreviation as the key gives it, or as the first cell writes it where no key does.

    `title` is empty where no key explains it, `organisation` but where a file of Waymark's own names it.
    """

    abbreviation: str
    title: str
    in_key: bool
    written: tuple[str, ...]
    organisation: str = ""


@dataclass(frozen=True)
class ActionRead:
    """`number` is unique in its recommendation; leads are abbreviations of `PlanRead.posts`, the accountable one first."""

    number: Said[str]
    phase: Said[str]
    text: Said[str]
    leads: Said[tuple[str, ...]]
    due: Said[Due]
    standings: tuple[Said[Standing], ...] = ()


@dataclass(frozen=True)
class RecommendationRead:
    reference: Said[str]
    theme: Said[str]
    timescale: Said[str]
    text: Said[str]
    outcome: Said[str]
    actions: tuple[ActionRead, ...]


# Why the cells of a whole column or table belong to nothing.
NO_SUCH_COLUMN = "A plan has no place for this column"
OF_THE_POST = "A new post is added under the organisation that its title ends with, or else under the council"
NO_SUCH_TABLE = "This table is not part of the plan"


@dataclass(frozen=True)
class Unplaced:
    """Words of the file that belong to nothing that a plan has; kept, shown, never dropped."""

    place: Place
    text: str
    why: str


@dataclass(frozen=True)
class PlanRead:
    """The whole plan as understood, in the order of the file. `themes` are in order, by the name as printed.

    `as_of` is the day as of which Waymark wrote the file, where it says so; `covers` whose actions it holds, in the words
    of a file that Waymark wrote for them; empty where it is a whole plan.
    """

    title: str
    themes: tuple[str, ...]
    recommendations: tuple[RecommendationRead, ...]
    posts: tuple[PostRead, ...]
    unplaced: tuple[Unplaced, ...]
    notices: tuple[Notice, ...]
    as_of: date | None = None
    covers: str = ""
