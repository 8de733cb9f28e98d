"""Every list as CSV: what its page shows, and all columns if asked."""

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.cells import from_text
from improvement.models import Framework, Inspection, Plan, PlanVersion
from recommendations.views import index_of_changes
from reports import (
    board_exports,
    council_exports,
    exports,
    inspection_exports,
    list_exports,
    meeting_exports,
    paper_exports,
    question_exports,
)
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES, Cast
from tests.conftest import unprotect
from tests.factories import (
    ActionFactory,
    DutyFactory,
    FrameworkFactory,
    InspectionFactory,
    InterventionFactory,
    LeadOfficerFactory,
    MembershipFactory,
    OrganisationFactory,
    PlanFactory,
    RatingFactory,
    RatingScaleFactory,
    RecommendationFactory,
)
from tests.pages import apart_from_reference, links
from tests.reports.opening import opened

BOARD = "/harrow/boards/improvement-board/"
PAPER = f"{HARROW_PAGES}reports/overview-and-scrutiny-2012-11-14/"
# Each list: its file, the page that leads to it, its columns.
SAFEGUARDING = "/harrow/inspections/safeguarding-and-looked-after-2012/"
LISTS = {
    "/harrow/plans.csv": ("/harrow/", council_exports.PLANS),
    "/harrow/inspections.csv": ("/harrow/", inspection_exports.INSPECTIONS),
    f"{SAFEGUARDING}clock.csv": (SAFEGUARDING, inspection_exports.CLOCK),
    f"{SAFEGUARDING}recommendations.csv": (SAFEGUARDING, inspection_exports.RECOMMENDED),
    "/harrow/rating-keys.csv": ("/harrow/rating-keys/", council_exports.RATING_KEYS),
    "/harrow/layouts.csv": ("/harrow/layouts/", council_exports.LAYOUTS),
    "/harrow/boards.csv": ("/harrow/boards/", council_exports.BOARDS),
    f"{BOARD}meetings.csv": (BOARD, meeting_exports.MEETINGS),
    f"{BOARD}decisions.csv": (BOARD, meeting_exports.DECISIONS),
    f"{HARROW_PAGES}actions.csv": (f"{HARROW_PAGES}actions/", exports.COLUMNS),
    f"{HARROW_PAGES}evidence.csv": (f"{HARROW_PAGES}evidence/", exports.EVIDENCE),
    f"{HARROW_PAGES}questions.csv": (f"{HARROW_PAGES}questions/", question_exports.COLUMNS),
    f"{HARROW_PAGES}index-of-changes.csv": (f"{HARROW_PAGES}index-of-changes/", index_of_changes.COLUMNS),
    f"{HARROW_PAGES}risks.csv": (f"{HARROW_PAGES}risks/", board_exports.RISKS),
    f"{HARROW_PAGES}costs.csv": (f"{HARROW_PAGES}risks/", board_exports.COSTS),
    f"{HARROW_PAGES}recommendations.csv": (
        f"{HARROW_PAGES}recommendations/",
        list_exports.RECOMMENDATIONS,
    ),
    **{
        f"{HARROW_PAGES}by-{part}.csv": (HARROW_PAGES, columns)
        for part, columns in list_exports.PARTS.items()
    },
    f"{HARROW_PAGES}lead-officers.csv": (HARROW_PAGES, list_exports.LEAD_OFFICERS),
    f"{HARROW_PAGES}versions.csv": (f"{HARROW_PAGES}versions/", list_exports.VERSIONS),
    f"{HARROW_PAGES}versions/2.01.csv": (f"{HARROW_PAGES}versions/2.01/", list_exports.VERSION),
    f"{HARROW_PAGES}reports.csv": (f"{HARROW_PAGES}reports/", paper_exports.REPORTS),
    "/frameworks.csv": ("/frameworks/", inspection_exports.FRAMEWORKS),
    "/frameworks/sif-2013.csv": ("/frameworks/sif-2013/", inspection_exports.DUTIES),
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
    # As many cells as columns: DictReader names those beyond None, and gives None for those that lack.
    assert [row for row in whole if None in row or None in row.values()] == []


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


@pytest.mark.parametrize(
    ("part", "title"),
    [
        ("by-theme", "By theme"),
        ("by-phase", "By phase"),
        ("by-timescale", "By timescale"),
        ("by-organisation", "By organisation"),
        ("lead-officers", "By lead officer"),
    ],
)
def test_a_table_of_the_dashboard_is_its_file(as_reader: Client, part: str, title: str) -> None:
    query = "?on=2012-10-01"
    heats = {heat.title: heat for heat in as_reader.get(f"{HARROW_PAGES}{query}").context["heats"]}

    rows = rows_of(as_reader, f"{HARROW_PAGES}{part}.csv{query}")

    shown = [
        [row.label, *([row.hint] if row.hint else []), *(str(cell.count) for cell in row.cells)]
        for row in heats[title].rows
    ]
    assert [list(row.values()) for row in rows] == shown
    assert as_reader.get(f"{HARROW_PAGES}by-owner.csv").status_code == 404


def test_a_version_is_what_was_frozen(as_reader: Client) -> None:
    page = as_reader.get(f"{HARROW_PAGES}versions/2.01/").content.decode()

    rows = rows_of(as_reader, f"{HARROW_PAGES}versions/2.01.csv")

    assert [f"({row['number']})" for row in rows] == re.findall(r"<strong>(\([^<]+\))</strong>", page)
    assert {row["stage_then"] for row in rows} == {"Not started"}
    assert as_reader.get(f"{HARROW_PAGES}versions/9.csv").status_code == 404


def test_a_version_that_was_altered_is_not_handed_out(as_reader: Client, harrow: Plan) -> None:
    unprotect(PlanVersion)
    PlanVersion.objects.filter(plan=harrow, label="2.01").update(digest="0" * 64)

    assert as_reader.get(f"{HARROW_PAGES}versions/2.01.csv").status_code == 400


@pytest.mark.parametrize("query", ["q=S2", "q=training", "q=training&kind=actions&on=2012-10-01"])
def test_everything_that_was_found(as_reader: Client, query: str) -> None:
    first = as_reader.get(f"/search/?{query}")
    pages = [
        first,
        *(
            as_reader.get(f"/search/?{query}&page={n}")
            for n in list(first.context["page_obj"].paginator.page_range)[1:]
        ),
    ]

    rows = rows_of(as_reader, f"/found.csv?{query}&columns=all")

    shown = [(one.title, one.url) for page in pages for one in page.context["found"].shown]
    assert [(from_text(row["title"]), row["address"]) for row in rows] == shown
    assert f"/found.csv?{query}&columns=all" in links(first)


def test_a_search_for_another_kind_or_day_than_there_is(as_reader: Client) -> None:
    assert [as_reader.get(f"/found.csv?{query}").status_code for query in ("q=a&kind=x", "q=a&on=x")] == [
        404,
        400,
    ]


def test_plans_of_several_councils(as_reader: Client, cast: Cast, northmoor: Plan) -> None:
    MembershipFactory(user=cast.reader, council=northmoor.council)
    page = as_reader.get("/")

    rows = rows_of(as_reader, "/councils.csv?columns=all")

    shown = [(row.council.name, row.plan.name, row.headline) for row in page.context["overview"].rows]
    assert [(row["council"], row["plan"], row["headline"]) for row in rows] == shown
    assert [int(row["overdue"]) <= int(row["should_be_finished"]) for row in rows] == [True, True]
    assert {"/councils.csv", "/councils.csv?columns=all"} <= set(links(page))


def test_what_somebody_follows(as_reader: Client, cast: Cast, harrow: Plan) -> None:
    as_reader.post(f"{HARROW_PAGES}follow/", {"often": "daily", "kinds": ["updates"]})

    (row,) = rows_of(as_reader, "/followed.csv")

    assert (row["plan"], row["council"]) == (harrow.name, harrow.council.name)
    assert row["how_often"] == "Every day on which something happened"
    assert "/followed.csv" in links(as_reader.get("/account/told/"))


def test_openings_to_the_public(as_reader: Client, cast: Cast, harrow: Plan) -> None:
    opened(harrow, cast.plan_administrator)

    (row,) = rows_of(as_reader, f"{HARROW_PAGES}openings.csv")

    assert row == {
        "opened_on": "2012-11-14",
        "from_version": "2.01",
        "words": "not shown",
        "by": "Plan administrator",
        "stands": "Open",
        "closed_on": "",
        "closed_by": "",
        "closed_because": "",
    }
    assert f"{HARROW_PAGES}openings.csv?columns=all" in links(as_reader.get(f"{HARROW_PAGES}public/"))


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
        f"{NORTHMOOR_PAGES}by-organisation.csv?columns=all",
        f"{NORTHMOOR_PAGES}evidence.csv?columns=all",
        f"{NORTHMOOR_PAGES}actions.csv?columns=all",
        "/northmoor/inspections/with-duties/clock.csv?columns=all",
        "/northmoor/inspections/with-duties/recommendations.csv?columns=all",
        "/frameworks/with-duties.csv?columns=all",
        "/found.csv?q=Title&columns=all",
        f"{NORTHMOOR_PAGES}lead-officers.csv?columns=all",
        "/frameworks.csv?columns=all",
    ],
)
def test_queries_do_not_grow_with_rows(
    as_northmoor_administrator: Client, northmoor: Plan, path: str
) -> None:
    framework = FrameworkFactory(slug="with-duties")
    InspectionFactory(council=northmoor.council, framework=framework, slug="with-duties")
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
    DutyFactory(framework=Framework.objects.get(slug="with-duties"))
    recommended = Inspection.objects.get(slug="with-duties")
    recommendation = RecommendationFactory(
        theme=plan.themes.get(), inspection=recommended, raised_on=date(2025, 1, 10)
    )
    recommendation.organisations.add(post.organisation)
    ActionFactory(recommendation=recommendation, added_on=date(2025, 2, 1), leads=[post])
