"""A council: its plans and its inspections."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Area, Framework, Grade, Plan
from tests.factories import InspectionFactory, JudgementFactory, PlanFactory
from tests.pages import apart_from_reference, heading, links, navigation, text

HARROW = "/harrow/"


@pytest.mark.parametrize(
    "who", ["as_lead_officer", "as_board_member", "as_scrutiny_officer", "as_plan_administrator", "as_reader"]
)
def test_every_member_reads_it(request: pytest.FixtureRequest, who: str) -> None:
    response = request.getfixturevalue(who).get(HARROW)

    words = text(response)
    assert (response.status_code, heading(response)) == (200, "Harrow Council")
    assert "Harrow Council stands at 14 November 2012" in words
    assert "Children and Families Improvement Plan Version 2.01, agreed 10 September 2012" in words
    assert "8 May 2012 to 18 May 2012; published 27 June 2012" in words
    assert words.count("Safeguarding services: Overall effectiveness A Adequate") == 1
    assert "/harrow/children-and-families-2012/" in links(response)


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(request: pytest.FixtureRequest, who: str) -> None:
    """Case 23."""
    client: Client = request.getfixturevalue(who)

    answer = client.get(HARROW)

    assert answer.status_code == 404
    assert apart_from_reference(answer) == apart_from_reference(client.get("/neverwas/"))


def test_signed_out(signed_out: Client) -> None:
    response = signed_out.get(HARROW)

    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/harrow/")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method(as_plan_administrator: Client, method: str) -> None:
    """Case 40."""
    response = getattr(as_plan_administrator, method)(HARROW)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_another_day_is_kept_in_its_links(as_reader: Client) -> None:
    response = as_reader.get(f"{HARROW}?on=2012-10-01")

    assert "Harrow Council as it stood on 1 October 2012 . Nothing can be changed from this page." in text(
        response
    )
    assert "/harrow/children-and-families-2012/?on=2012-10-01" in links(response)


@pytest.mark.parametrize("day", ["x", "2012-02-30", "0001-01-01", "%00"])
def test_bad_input(as_reader: Client, day: str) -> None:
    assert as_reader.get(f"{HARROW}?on={day}").status_code == 400


def test_a_council_that_lives_says_no_day(as_northmoor_administrator: Client) -> None:
    response = as_northmoor_administrator.get("/northmoor/")

    assert heading(response) == "Northmoor Council"
    assert "stands at" not in text(response)
    assert "No inspection is recorded." in text(response)


def test_one_plan_and_three_cost_the_same_queries(as_reader: Client, harrow: Plan) -> None:
    with CaptureQueriesContext(connection) as one:
        as_reader.get(HARROW)
    for _ in range(2):
        PlanFactory(council=harrow.council)
    with CaptureQueriesContext(connection) as three:
        as_reader.get(HARROW)

    assert len(three) == len(one)


def inspect(plan: Plan, framework: str, year: int, **grades: str) -> None:
    """Another inspection of the council, in June of a year."""
    regime = Framework.objects.get(slug=framework)
    days = {"started_on": date(year, 6, 1), "ended_on": date(year, 6, 5), "published_on": date(year, 7, 1)}
    inspection = InspectionFactory(council=plan.council, framework=regime, slug=f"in-{year}", **days)
    for area, grade in grades.items():
        JudgementFactory(
            inspection=inspection,
            area=Area.objects.get(framework=regime, slug=area.replace("_", "-")),
            grade=Grade.objects.get(framework=regime, slug=grade),
        )


def titles(source: str) -> list[str]:
    """What each chart of grades is called for somebody who does not see it."""
    return [
        " ".join(found.split()) for found in re.findall(r'<title id="grades[^>]*>([^<]*)</title>', source)
    ]


def test_what_the_law_asks_for_next_leads_to_the_clock(as_reader: Client) -> None:
    response = as_reader.get(HARROW)

    assert "8 August 2012 Publish the inspection report Overdue by 98 days" in text(response)
    assert "/harrow/inspections/safeguarding-and-looked-after-2012/#clock" in links(response)


def test_grades_over_time_are_one_line_on_one_scale_alone(as_reader: Client, harrow: Plan) -> None:
    inspect(harrow, "safeguarding-and-looked-after-2009", 2010, safeguarding_overall="inadequate")
    inspect(harrow, "jar-progress-review-2009", 2009, progress_overall="limited")

    source = as_reader.get(HARROW).content.decode()

    assert titles(source) == [
        "Safeguarding services: Overall effectiveness: June 2010 Inadequate, May 2012 Adequate",
        "Safeguarding services: Capacity for improvement: May 2012 Adequate",
        "Services for looked after children: Overall effectiveness: May 2012 Adequate",
        "Services for looked after children: Capacity for improvement: May 2012 Good",
        "Services for looked after children: Being healthy: May 2012 Inadequate",
        "Progress overall: June 2009 Limited",
    ]
    assert source.count('class="wm-grades__line"') == 1
    assert source.count('<figure class="wm-grades">') == 2


def test_the_chart_has_its_table(as_reader: Client, harrow: Plan) -> None:
    inspect(harrow, "safeguarding-and-looked-after-2009", 2010, safeguarding_overall="inadequate")

    words = text(as_reader.get(HARROW))

    assert "Safeguarding services: Overall effectiveness I Inadequate A Adequate" in words
    assert "Services for looked after children: Being healthy Not judged I Inadequate" in words


def test_before_the_report_no_grade_was_known(as_reader: Client) -> None:
    words = text(as_reader.get(f"{HARROW}?on=2012-06-26"))

    assert "Safeguarding and looked after children, May 2012" in words
    assert "Its judgements were not known yet on this day." in words
    assert "Grades over time" not in words
    assert "published" not in words


def test_one_inspection_and_three_cost_the_same_queries(as_reader: Client, harrow: Plan) -> None:
    with CaptureQueriesContext(connection) as one:
        as_reader.get(HARROW)
    inspect(harrow, "safeguarding-and-looked-after-2009", 2010, safeguarding_overall="inadequate")
    inspect(harrow, "jar-progress-review-2009", 2009, progress_overall="limited")
    with CaptureQueriesContext(connection) as three:
        as_reader.get(HARROW)

    assert len(three) == len(one)


def test_the_pages_of_the_one_plan_stand_in_the_navigation(as_reader: Client, harrow: Plan) -> None:
    one = navigation(as_reader.get(f"{HARROW}?on=2012-10-01"))
    PlanFactory(council=harrow.council)
    two = navigation(as_reader.get(HARROW))

    plan = "/harrow/children-and-families-2012/"
    assert one == [
        ("Home", "/"),
        ("Dashboard", f"{plan}?on=2012-10-01"),
        ("Actions", f"{plan}actions/?on=2012-10-01"),
        ("Recommendations", f"{plan}recommendations/?on=2012-10-01"),
        ("Questions", f"{plan}questions/?on=2012-10-01"),
        ("Evidence", f"{plan}evidence/?on=2012-10-01"),
        ("Board", "/harrow/boards/?on=2012-10-01"),
        ("Reports", f"{plan}reports/"),
        ("What I am told", "/account/told/"),
    ]
    assert two == [
        ("Home", "/"),
        ("Plans", HARROW),
        ("Board", f"{HARROW}boards/"),
        ("What I am told", "/account/told/"),
    ]


def test_each_plan_says_how_it_stands(as_reader: Client, harrow: Plan) -> None:
    PlanFactory(council=harrow.council, slug="second", name="Second plan")
    dashboard = as_reader.get("/harrow/children-and-families-2012/?on=2012-12-14")

    response = as_reader.get(f"{HARROW}?on=2012-12-14")

    headline = dashboard.context["figures"].headline
    assert headline in text(response)
    assert "Second plan Draft: no version is agreed yet It has no actions on this day." in text(response)
    assert "/harrow/children-and-families-2012/actions/?overdue=yes&on=2012-12-14" in links(response)
