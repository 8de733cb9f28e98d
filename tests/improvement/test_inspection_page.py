"""An inspection: what it found, the statutory clock with its arithmetic, what answers it."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Duty, DutyMet, DutyOverride, Framework, Inspection, Plan
from tests.factories import InspectionFactory, InterventionFactory, RecommendationFactory
from tests.pages import heading, links, text

pytestmark = pytest.mark.once

PAGE = "/harrow/inspections/safeguarding-and-looked-after-2012/"


@pytest.fixture
def inspection(harrow: Plan) -> Inspection:
    return Inspection.objects.get(council=harrow.council)


@pytest.mark.parametrize(
    "who", ["as_lead_officer", "as_board_member", "as_scrutiny_officer", "as_plan_administrator", "as_reader"]
)
def test_every_member_reads_it(request: pytest.FixtureRequest, who: str) -> None:
    response = request.getfixturevalue(who).get(PAGE)

    assert (response.status_code, heading(response)) == (
        200,
        "Safeguarding and looked after children, May 2012",
    )


def test_its_judgements_stand_in_their_groups(as_reader: Client) -> None:
    words = text(as_reader.get(PAGE))

    assert (
        "Safeguarding services Overall effectiveness A Adequate Capacity for improvement A Adequate "
        "Services for looked after children Overall effectiveness A Adequate Capacity for improvement G Good "
        "Being healthy I Inadequate"
    ) in words


def test_the_clock_shows_its_arithmetic(as_reader: Client) -> None:
    words = text(as_reader.get(PAGE))

    assert (
        "Overdue by 41 days The council, within 70 working days of receiving the report. "
        "Day 0 Wednesday 27 June 2012, the report received. The paper gives no day of receipt; the day of publication "
        "was taken. Counted 70 working days Skipped 28 Saturdays and Sundays; Summer bank holiday, 27 August 2012 "
        "Due Thursday 4 October 2012 Met There is no record that it was met. "
        "Source The Education and Inspections Act 2006 (Inspection of Local Authorities) Regulations 2007 "
        "(SI 2007/462), regulation 3"
    ) in words


def test_what_is_next_stands_first(as_reader: Client) -> None:
    words = text(as_reader.get(PAGE))

    assert (
        "Publish the inspection report : due 8 August 2012, and there is no record that it was met." in words
    )


def test_what_was_met_and_overridden_is_said(as_reader: Client, inspection: Inspection) -> None:
    duty = Duty.objects.get(framework=inspection.framework_id, slug="written-statement")
    fields = {
        "inspection": inspection,
        "duty": duty,
        "sequence": 1,
        "on": date(2012, 11, 1),
        "source": "A letter",
    }
    DutyOverride.objects.create(**fields, due_on=date(2012, 10, 9), reason="Agreed with Ofsted.")
    DutyMet.objects.create(**fields, met_on=date(2012, 10, 11), what="Put on the website.")

    words = text(as_reader.get(PAGE))

    assert "Met 2 days late" in words
    assert (
        "Due Thursday 4 October 2012 Override Tuesday 9 October 2012 . Agreed with Ofsted. A letter, 1 November 2012 "
        "Met Thursday 11 October 2012 . Put on the website. A letter, 1 November 2012"
    ) in words


def test_what_is_left_to_do_stands_before_what_was_met(
    as_plan_administrator: Client, inspection: Inspection
) -> None:
    DutyMet.objects.create(
        inspection=inspection,
        duty=Duty.objects.get(framework=inspection.framework_id, slug="publish-report"),
        sequence=1,
        on=date(2012, 11, 1),
        source="A letter",
        met_on=date(2012, 8, 8),
        what="Put on the website.",
    )

    response = as_plan_administrator.get(PAGE)

    page = response.content.decode()
    (fold,) = re.findall(r'<details class="wm-fold">.*?</details>', page, re.DOTALL)
    assert page.index("Overdue by 41 days") < page.index(fold)
    assert "Publish the inspection report" in fold
    assert "Met on time" in fold
    assert f"{PAGE}duties/publish-report/met/" in fold


def test_only_who_may_keep_the_clock_has_the_links(as_reader: Client, as_plan_administrator: Client) -> None:
    ours = [link for link in links(as_plan_administrator.get(PAGE)) if "/duties/" in link]

    assert ours == [
        f"{PAGE}duties/publish-report/met/",
        f"{PAGE}duties/publish-report/override/",
        f"{PAGE}duties/written-statement/met/",
        f"{PAGE}duties/written-statement/override/",
    ]
    assert [link for link in links(as_reader.get(PAGE)) if "/duties/" in link] == []
    assert [
        link for link in links(as_plan_administrator.get(f"{PAGE}?on=2012-11-01")) if "/duties/" in link
    ] == []


def test_before_the_report_nothing_was_known(as_reader: Client) -> None:
    words = text(as_reader.get(f"{PAGE}?on=2012-06-26"))

    assert "Not known yet on this day" in words
    assert "Adequate" not in words
    assert "Published Not yet on this day" in words
    assert (
        "The clock cannot start: the day on which the council received the report is not recorded for this day."
        in words
    )
    assert "LAC11" not in words


def test_before_it_began_it_was_not_there(as_reader: Client) -> None:
    assert as_reader.get(f"{PAGE}?on=2012-05-07").status_code == 404


def test_without_a_day_of_receipt(as_plan_administrator: Client, inspection: Inspection) -> None:
    Inspection.objects.update(received_on=None, received_note="")

    response = as_plan_administrator.get(PAGE)

    assert "Clock not started" in text(response)
    assert f"{PAGE}received/" in links(response)


def test_its_recommendations_say_who_raised_them_and_for_whom(
    as_reader: Client, inspection: Inspection, harrow: Plan
) -> None:
    RecommendationFactory(
        theme=harrow.themes.get(slug="safeguarding"),
        reference="CQC1",
        position=99,
        title="Check medicines",
        raised_by="Care Quality Commission",
        inspection=inspection,
    ).organisations.add(harrow.council.organisations.get(slug="nhs-harrow"))

    words = text(as_reader.get(PAGE))

    assert "CQC1 Check medicines Care Quality Commission NHS Harrow" in words
    assert (
        "S9 Health practitioners engaged in safeguarding Ofsted Harrow Local Safeguarding Children Board, NHS Harrow"
        in words
    )


def test_it_leads_to_the_plan_that_answers_it(as_reader: Client) -> None:
    assert "/harrow/children-and-families-2012/?on=2012-10-01" in links(
        as_reader.get(f"{PAGE}?on=2012-10-01")
    )


def test_an_inspection_without_grades_says_so(as_reader: Client, harrow: Plan) -> None:
    InspectionFactory(
        council=harrow.council,
        framework=Framework.objects.get(slug="jtai"),
        slug="jtai-2012",
        published_on=date(2012, 6, 1),
    )

    assert "No grades are recorded. Joint targeted area inspections gives none." in text(
        as_reader.get("/harrow/inspections/jtai-2012/")
    )


def test_interventions_and_their_reports(as_reader: Client, inspection: Inspection) -> None:
    InterventionFactory(council=inspection.council, inspection=inspection, expected_months=18, report_every=3)

    words = text(as_reader.get(PAGE))

    assert "Expected to last 18 months. Progress is reported to the department every 3 months." in words
    assert "Report progress to the department (1) Overdue by 8 days" in words
    assert "Report progress to the department (2) Due in 84 days" in words


def test_one_recommendation_and_22_cost_the_same_queries(as_reader: Client, inspection: Inspection) -> None:
    with CaptureQueriesContext(connection) as many:
        as_reader.get(PAGE)
    keep = inspection.recommendations.order_by("pk")[0].pk
    inspection.recommendations.exclude(pk=keep).update(inspection=None)
    with CaptureQueriesContext(connection) as one:
        as_reader.get(PAGE)

    assert len(one) == len(many)
