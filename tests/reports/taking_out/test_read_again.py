"""What is taken out is read and understood again as the same plan, in whichever form it went."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.base import ContentFile

from improvement.models import Plan
from recommendations.intake.columns import propose
from recommendations.intake.known import Known
from recommendations.intake.plan_read import PlanRead
from recommendations.intake.reading import read
from recommendations.intake.understanding import understand
from recommendations.models import Action
from recommendations.workflow.intake_known import differences_of
from recommendations.workflow.intake_loading import load_intake
from reports.taking_out import excel
from reports.taking_out.formats import form_of
from reports.taking_out.plan_table import HEADINGS, plan_table
from tests.cast import HARROW, Cast
from tests.recommendations.intake.plans_read import intake_of

ON = date(2012, 11, 14)


def again(plan: Plan, ending: str) -> PlanRead:
    form = form_of(ending)
    assert form is not None
    source = read(ContentFile(form.make(plan_table(plan, ON))), f"plan.{ending}")
    return understand(source, propose(source), Known(on=ON))


def told(plan: PlanRead) -> list[object]:
    """Every value, without the cells that it stands in."""
    return [
        [
            [each.value for each in (one.reference, one.theme, one.timescale, one.text, one.outcome)],
            [
                [each.value for each in (action.number, action.phase, action.text, action.leads, action.due)]
                + [standing.value for standing in action.standings]
                for action in one.actions
            ],
        ]
        for one in plan.recommendations
    ]


@pytest.mark.parametrize("ending", ["xlsx", "docx", "json"])
def test_each_form_is_the_same_plan_as_the_csv(harrow: Plan, ending: str) -> None:
    plan, same = again(harrow, ending), again(harrow, "csv")

    assert told(plan) == told(same)
    assert (len(plan.recommendations), sum(len(one.actions) for one in plan.recommendations)) == (22, 101)


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_the_posts_come_with_the_titles_of_the_key(harrow: Plan, ending: str) -> None:
    titles = {post.abbreviation: post.title for post in again(harrow, ending).posts}

    assert titles == {
        post.abbreviation: post.title for post in harrow.council.lead_officers.filter(abbreviation__in=titles)
    }


def test_the_excel_file_with_another_lead_in_it_hands_the_action_over(harrow: Plan, cast: Cast) -> None:
    book = openpyxl.load_workbook(io.BytesIO(excel.made(plan_table(harrow, ON))))
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows() if (row[2].value, row[5].value) == ("S2", "1"))
    row[HEADINGS.index("Lead officers")].value = "HR; DCS"
    kept = io.BytesIO()
    book.save(kept)
    source = read(ContentFile(kept.getvalue()), "plan.xlsx")
    known = Known(posts=tuple(harrow.council.lead_officers.values_list("abbreviation", "title")), on=ON)
    back = intake_of(
        understand(source, propose(source), known), harrow.council, cast.plan_administrator, plan=harrow
    )
    (difference,) = differences_of(back, on=ON)

    load_intake(intake=back, version=1, chosen=frozenset({difference.key}), by=cast.plan_administrator, on=ON)

    action = Action.objects.with_leads().get_by_natural_key(*HARROW, "S2", "1")
    days = (date(2012, 11, 13), ON)
    assert (difference.before, difference.after) == ("LSCB SP, Des Nurse", "HR, DCS")
    assert [[lead.lead_officer.abbreviation for lead in action.leads_on(on)] for on in days] == [
        ["LSCB SP", "Des Nurse"],
        ["HR", "DCS"],
    ]
