"""What is taken out is read and understood again as the same plan, in whichever form it went."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from improvement.models import Plan
from recommendations.intake.columns import propose
from recommendations.intake.known import Known
from recommendations.intake.plan_read import PlanRead
from recommendations.intake.reading import read
from recommendations.intake.understanding import understand
from reports.taking_out.formats import form_of
from reports.taking_out.plan_table import plan_table

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
