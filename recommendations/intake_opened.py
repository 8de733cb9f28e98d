"""An intake that somebody looks through, page after page: what was understood and the rows of its file, kept in memory.

Taking thousands of rows out of the database for each page would make its reader wait. Whatever changes them while they are
looked through counts the intake's version up, so what is kept here is never another's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from improvement.models import LedgerHead, Rating
from recommendations.intake import seen, written
from recommendations.intake.plan_read import PlanRead
from recommendations.intake.rows import Source
from recommendations.intake.seen import Beside, Figures, Item
from recommendations.intake_changes import Offers
from recommendations.models import Intake
from recommendations.workflow.intake_known import compared_of, understood

# For each process; a plan of 5,000 rows takes some tens of megabytes.
KEPT_AT_ONCE = 2


@dataclass(frozen=True)
class Opened:
    """The plan as understood, its items and figures, and the cells beside it."""

    plan: PlanRead
    items: tuple[Item, ...]
    figures: Figures
    beside: Beside


@dataclass(frozen=True)
class _Key:
    number: int
    begun_at: datetime
    version: int
    ratings: frozenset[str]


_kept: dict[_Key, Opened] = {}
# The last that was asked for.
_offers: dict[tuple[int, datetime, int, date, str], Offers] = {}


def opened(intake: Intake, ratings: Iterable[Rating]) -> Opened:
    """An intake that was understood. `ratings` are the plan's key; the intake may have come without its rows."""
    slugs = frozenset(rating.slug for rating in ratings)
    key = _Key(intake.pk, intake.begun_at, intake.version, slugs)
    if key not in _kept:
        looked = _open(intake, slugs)
        while len(_kept) >= KEPT_AT_ONCE:
            del _kept[next(iter(_kept))]
        _kept[key] = looked
    return _kept[key]


def offers(intake: Intake, looked: Opened, *, on: date) -> Offers:
    """What a newer file says otherwise, as its pages show it; laid beside the plan anew once anything has changed.

    Whatever changes a plan is in the ledger, so that what was found holds as long as the ledger ends where it did.
    """
    key = (intake.pk, intake.begun_at, intake.version, on, LedgerHead.objects.get(pk=1).digest)
    found = _offers.get(key)
    if found is None:
        found = Offers.of(compared_of(intake, looked.plan, on=on))
        _offers.clear()
        _offers[key] = found
    return found


def _open(intake: Intake, ratings: frozenset[str]) -> Opened:
    read = understood(intake)
    wrong = seen.troubles(read, ratings)
    items = seen.items(read, wrong)
    beside = Beside(_source(intake), written.mapping_from(intake.mapping), wrong)
    return Opened(read, items, seen.figures(read, items, wrong), beside)


def _source(intake: Intake) -> Source:
    """The rows of the file, which no change alters: from an earlier look at it where there was one."""
    for key, looked in list(_kept.items()):
        if (key.number, key.begun_at) == (intake.pk, intake.begun_at):
            return looked.beside.source
    return written.source_from(intake.source or {})
