"""The order of a report's sections and enclosures."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Case, F, QuerySet, Value, When

from reports.models import ReportSection

# Above every position that a report uses: rows step aside here while they are numbered anew.
ASIDE = 10_000


def number(rows: QuerySet[Any], in_order: Sequence[Any]) -> None:
    """Positions from 1 in this order. A position is unique at every moment, so all rows step aside first."""
    if not in_order:
        return
    rows.update(position=F("position") + ASIDE)
    places = (When(pk=row.pk, then=Value(place)) for place, row in enumerate(in_order, start=1))
    rows.update(position=Case(*places))
    for place, row in enumerate(in_order, start=1):
        row.position = place


def require_steps(sections: Iterable[ReportSection]) -> None:
    """No heading stands two levels below the one before it: who listens to a paper would look for the one between."""
    above = 0
    for section in sections:
        if section.is_left_out:
            continue
        if section.level > above + 1:
            raise ValidationError(
                f"“{section.heading}” is a smaller heading and needs one of the middle size above it."
            )
        above = section.level
