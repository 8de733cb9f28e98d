"""Plans that are taken out: Northmoor's four actions, with whatever words a test puts into them."""

from dataclasses import replace
from datetime import date

import pytest

from improvement.models import LeadOfficer, Plan
from recommendations import workflow
from reports.taking_out.plan_table import COLUMNS, HEADINGS, KeyPost, KeyRating, PlanTable, Value, plan_table
from tests.cast import HARROW, Cast
from tests.recommendations.shown import load_action, review, show, show_file

DAY = date(2012, 11, 14)


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


@pytest.fixture
def lived_in(cast: Cast) -> Plan:
    """Harrow's plan with one of each that an account stands behind."""
    action = load_action("S2", "1")
    change = workflow.request_due_date(
        action=action, new_on=date(2012, 12, 20), reason="The trainer is ill.", by=cast.board_member, on=DAY
    )
    workflow.agree_due_date(change=change, by=cast.plan_administrator, on=DAY)
    workflow.reword_action(
        action=load_action("S2", "1"),
        version=workflow.FIRST_WORDS,
        text="Bring the arrangements up to date.",
        reason="It was too long.",
        by=cast.plan_administrator,
        on=DAY,
    )
    workflow.hand_over(
        action=load_action("S2", "3"),
        version=0,
        leads=list(LeadOfficer.objects.filter(council__slug="harrow", abbreviation__in=("DCS", "HR"))),
        reason="The council reorganised.",
        by=cast.plan_administrator,
        on=DAY,
    )
    workflow.post_update(
        action=load_action("S2", "3"),
        version=1,
        stage="in-progress",
        rating=None,
        narrative="=1+1 is two.",
        forecast_on=date(2012, 12, 1),
        by=cast.board_member,
        on=DAY,
    )
    file = show_file(load_action("S2", "2"), cast.board_member)
    gone = show(load_action("S2", "2"), cast.board_member, shows="Another.")
    workflow.withdraw_evidence(evidence=gone, reason="The wrong one.", by=cast.board_member, on=DAY)
    review(load_action("S2", "2"), cast.board_member, file)
    return Plan.objects.select_related("council", "rating_scale").get_by_natural_key(*HARROW)
