"""Every list as CSV: what its page shows, and all columns if asked."""

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Plan
from reports import council_exports, list_exports
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES
from tests.factories import (
    ActionFactory,
    FrameworkFactory,
    InspectionFactory,
    InterventionFactory,
    LeadOfficerFactory,
    OrganisationFactory,
    PlanFactory,
    RatingFactory,
    RatingScaleFactory,
    RecommendationFactory,
)
from tests.pages import apart_from_reference, links

BOARD = "/harrow/boards/improvement-board/"
PAPER = f"{HARROW_PAGES}reports/overview-and-scrutiny-2012-11-14/"
# Each list: its file, the page that leads to it, its columns.
LISTS = {
    "/harrow/plans.csv": ("/harrow/", council_exports.PLANS),
    "/harrow/inspections.csv": ("/harrow/", council_exports.INSPECTIONS),
    "/harrow/rating-keys.csv": ("/harrow/rating-keys/", council_exports.RATING_KEYS),
    "/harrow/layouts.csv": ("/harrow/layouts/", council_exports.LAYOUTS),
    "/harrow/boards.csv": ("/harrow/boards/", council_exports.BOARDS),
    f"{BOARD}meetings.csv": (BOARD, council_exports.MEETINGS),
    f"{HARROW_PAGES}recommendations.csv": (
        f"{HARROW_PAGES}recommendations/",
        list_exports.RECOMMENDATIONS,
    ),
    f"{HARROW_PAGES}organisations.csv": (HARROW_PAGES, list_exports.ORGANISATIONS),
    f"{HARROW_PAGES}lead-officers.csv": (HARROW_PAGES, list_exports.LEAD_OFFICERS),
    f"{HARROW_PAGES}versions.csv": (f"{HARROW_PAGES}versions/", list_exports.VERSIONS),
    f"{HARROW_PAGES}reports.csv": (f"{HARROW_PAGES}reports/", list_exports.REPORTS),
    "/frameworks.csv": ("/frameworks/", council_exports.FRAMEWORKS),
}
OF_HARROW = [path for path in LISTS if path.startswith("/harrow/")]


def rows_of(client: Client, path: str) -> list[dict[str, str]]:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("path", LISTS)
def test_the_page_leads_to_it_with_and_without_all_columns(as_reader: Client, path: str) -> None:
    page, columns = LISTS[path]

    found = links(as_reader.get(page))
    shown, whole = rows_of(as_reader, path), rows_of(as_reader, f"{path}?columns=all")

    assert {path, f"{path}?columns=all"} <= set(found)
    assert list(shown[0]) == list(columns.shown)
    assert list(whole[0]) == [*columns.shown, *columns.more]
    assert [{name: row[name] for name in columns.shown} for row in whole] == shown


@pytest.mark.parametrize("path", LISTS)
def test_other_columns_are_refused(as_reader: Client, path: str) -> None:
    assert as_reader.get(f"{path}?columns=password").status_code == 400


@pytest.mark.parametrize("path", OF_HARROW)
def test_another_councils_is_a_404_like_any_other(as_northmoor_administrator: Client, path: str) -> None:
    """Case 23."""
    answer = as_northmoor_administrator.get(path)

    other = as_northmoor_administrator.get(path.replace("/harrow/", "/never/"))
    assert apart_from_reference(answer) == apart_from_reference(other)
    assert answer.status_code == 404


@pytest.mark.parametrize("path", LISTS)
def test_signed_out(signed_out: Client, path: str) -> None:
    response = signed_out.get(path)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={path}")


@pytest.mark.parametrize("path", LISTS)
def test_wrong_method(as_plan_administrator: Client, path: str) -> None:
    assert as_plan_administrator.post(path).status_code == 405


def test_recommendations_are_those_of_the_page(as_reader: Client) -> None:
    page = as_reader.get(f"{HARROW_PAGES}recommendations/").content.decode()

    rows = rows_of(as_reader, f"{HARROW_PAGES}recommendations.csv")
    shown = re.findall(r'wm-table__ref"><a [^>]*>([^<]*)</a>', page)
    assert [row["reference"] for row in rows] == shown
    assert rows[1] == {
        "theme": "Safeguarding",
        "reference": "S2",
        "recommendation": rows[1]["recommendation"],
        "timescale": "Immediate",
        "actions": rows[1]["actions"],
        "complete": rows[1]["complete"],
        "overdue": rows[1]["overdue"],
    }
    assert sum(int(row["actions"]) for row in rows) == 101


def test_a_past_day(as_reader: Client) -> None:
    rows = rows_of(as_reader, f"{HARROW_PAGES}recommendations.csv?on=2012-09-13")

    assert {row["complete"] for row in rows} == {"0"}
    assert rows_of(as_reader, "/harrow/inspections.csv?on=2012-05-01") == []


def test_inspections_with_their_grades(as_reader: Client) -> None:
    (row,) = rows_of(as_reader, "/harrow/inspections.csv?columns=all")

    assert (row["started_on"], row["published_on"]) == ("2012-05-08", "2012-06-27")
    assert len(row["grades"].split("; ")) == 5


def test_grades_that_were_not_known_yet_are_not_told(as_reader: Client) -> None:
    (row,) = rows_of(as_reader, "/harrow/inspections.csv?columns=all&on=2012-05-18")

    assert (row["grades"], row["published_on"], row["received_on"]) == ("", "", "")


def test_lead_officers_are_posts(as_reader: Client) -> None:
    rows = {row["post"]: row for row in rows_of(as_reader, f"{HARROW_PAGES}lead-officers.csv?columns=all")}

    assert {name: rows["Des Nurse"][name] for name in ("title", "organisation", "in_the_plans_key")} == {
        "title": "Designated Nurse, NHS Harrow",
        "organisation": "NHS Harrow",
        "in_the_plans_key": "yes",
    }
    assert len(rows) == 28


def test_seats_are_shown_in_full(as_reader: Client) -> None:
    path = f"{BOARD}seats.csv"

    assert path in links(as_reader.get(BOARD))
    assert len(rows_of(as_reader, path)) == 18
    assert f"{path}?columns=all" not in links(as_reader.get(BOARD))


def test_a_report_that_is_not_published_has_no_versions(as_reader: Client) -> None:
    assert rows_of(as_reader, f"{PAPER}publications.csv") == []


def test_a_cell_that_would_be_run_is_text(as_northmoor_administrator: Client, northmoor: Plan) -> None:
    """Case 50."""
    InterventionFactory(council=northmoor.council, by_whom="=1+1", issued_on=date(2025, 1, 1))

    (row,) = rows_of(as_northmoor_administrator, "/northmoor/interventions.csv")

    assert (row["by"], row["issued_on"]) == ("'=1+1", "2025-01-01")
    page = links(as_northmoor_administrator.get("/northmoor/"))
    assert "/northmoor/interventions.csv" in page


@pytest.mark.parametrize(
    "path",
    [
        "/northmoor/plans.csv?columns=all",
        "/northmoor/inspections.csv?columns=all",
        "/northmoor/interventions.csv?columns=all",
        "/northmoor/rating-keys.csv?columns=all",
        f"{NORTHMOOR_PAGES}recommendations.csv?columns=all",
        f"{NORTHMOOR_PAGES}organisations.csv?columns=all",
        f"{NORTHMOOR_PAGES}lead-officers.csv?columns=all",
        "/frameworks.csv?columns=all",
    ],
)
def test_queries_do_not_grow_with_rows(
    as_northmoor_administrator: Client, northmoor: Plan, path: str
) -> None:
    _add_one_of_each(northmoor)
    with CaptureQueriesContext(connection) as few:
        before = rows_of(as_northmoor_administrator, path)
    _add_one_of_each(northmoor)
    _add_one_of_each(northmoor)

    with CaptureQueriesContext(connection) as more:
        after = rows_of(as_northmoor_administrator, path)

    assert len(after) >= len(before) + 2
    assert len(more) == len(few)


def _add_one_of_each(plan: Plan) -> None:
    council = plan.council
    framework = FrameworkFactory()
    inspection = InspectionFactory(
        council=council, framework=framework, started_on=date(2024, 5, 8), ended_on=date(2024, 5, 18)
    )
    InterventionFactory(council=council, inspection=inspection, issued_on=date(2025, 1, 1))
    scale = RatingScaleFactory(council=council)
    RatingFactory(scale=scale)
    PlanFactory(council=council, rating_scale=scale).inspections.add(inspection)
    post = LeadOfficerFactory(council=council, organisation=OrganisationFactory(council=council))
    recommendation = RecommendationFactory(
        theme=plan.themes.get(), inspection=inspection, raised_on=date(2025, 1, 10)
    )
    recommendation.organisations.add(post.organisation)
    ActionFactory(recommendation=recommendation, added_on=date(2025, 2, 1), leads=[post])
