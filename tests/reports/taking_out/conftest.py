"""Plans that are taken out: Northmoor's four actions, with whatever words a test puts into them."""

from dataclasses import replace
from datetime import date

import pytest

from improvement.models import Plan
from reports.taking_out.plan_table import COLUMNS, HEADINGS, KeyPost, KeyRating, PlanTable, Value, plan_table


def table_of(*rows: dict[str, Value], **others: object) -> PlanTable:
    """A table without a database; what a row does not say is as in the first action of any plan."""
    plain: dict[str, Value] = {
        "Theme": "The front door",
        "Timescale": "Immediate",
        "Reference": "N1",
        "Recommendation": "Answer every contact within one working day.",
        "Outcome required": "",
        "Number": "1",
        "Phase": "Must do",
        "Lead officers": "SM QA",
        "Action": "Staff the front door at weekends.",
        "Due": date(2025, 6, 30),
        "Due as printed": "30.6.25",
        "Stage": "In progress",
        "Rating": "Amber",
        "Latest update": "Two people start in May.",
        "Updated on": date(2025, 4, 1),
        "Expected by": None,
        "Update no.": 2,
    }
    table = PlanTable(
        council_slug="northmoor",
        council="Northmoor Council",
        colour="#5b2a6e",
        plan_slug="improvement-2025",
        plan="Northmoor Improvement Plan",
        on=date(2025, 5, 1),
        only="",
        rows=tuple(tuple({**plain, **row}[heading] for heading in HEADINGS) for row in rows),
        ratings=(
            KeyRating("B", "Blue", "#2b5c9e", "Done and checked."),
            KeyRating("A", "Amber", "#f0a202", "At risk."),
        ),
        rating_note="",
        posts=(KeyPost("SM QA", "Quality lead", "Northmoor Council"),),
    )
    return replace(table, **others)  # type: ignore[arg-type]


@pytest.fixture
def harrow_table(harrow: Plan) -> PlanTable:
    return plan_table(harrow, date(2012, 11, 14))


FILLED_IN = [column.heading for column in COLUMNS if column.filled_in]
