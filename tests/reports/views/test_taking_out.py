"""The page that takes a plan out, and its files."""

import csv
import io
import json
import zipfile
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Plan
from recommendations.models import Action, ProgressUpdate
from reports.models import ReportFile
from reports.taking_out import formats
from reports.views import taking_out
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES, Cast
from tests.factories import ActionFactory, ProgressUpdateFactory
from tests.pages import apart_from_reference, heading, links, text
from tests.recommendations.shown import load_action, run_jobs, show, show_file

PAGE = f"{HARROW_PAGES}take-out/"
ENDINGS = ["xlsx", "docx", "csv", "json"]


def rows_of(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"{PAGE}plan.csv{query}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def test_it_offers_every_form(as_reader: Client) -> None:
    response = as_reader.get(PAGE)

    files = [path for path in links(response) if path.startswith(f"{PAGE}plan.")]
    assert heading(response) == "Take the plan out"
    assert "The whole plan, 101 actions, as it stands on 14 November 2012." in text(response)
    assert files == [f"{PAGE}plan.{ending}" for ending in ENDINGS]


def test_who_keeps_the_plan_is_offered_the_fixture(as_plan_administrator: Client) -> None:
    assert f"{PAGE}plan.zip" in links(as_plan_administrator.get(PAGE))


def test_the_lists_lead_to_it(as_reader: Client) -> None:
    assert PAGE in links(as_reader.get(f"{HARROW_PAGES}actions/"))
    assert f"{PAGE}?on=2012-09-20" in links(as_reader.get(f"{HARROW_PAGES}?on=2012-09-20"))


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_is_named_for_the_plan_and_the_day(as_reader: Client, ending: str) -> None:
    response = as_reader.get(f"{PAGE}plan.{ending}?on=2012-10-01")

    assert response["Content-Disposition"] == (
        f'attachment; filename="children-and-families-2012-2012-10-01.{ending}"'
    )
    assert response["Content-Type"] == next(one.content_type for one in formats.FORMS if one.ending == ending)


def test_a_past_day(as_reader: Client) -> None:
    assert {row["Stage"] for row in rows_of(as_reader, "?on=2012-09-13")} == {"Not started"}
    assert f"{PAGE}plan.csv?on=2012-09-13" in links(as_reader.get(f"{PAGE}?on=2012-09-13"))


@pytest.mark.parametrize(
    ("query", "count", "words"),
    [
        ("?organisation=nhs-harrow", 23, "Only NHS Harrow: 23 actions as they stand on 14 November 2012."),
        ("?lead=SM+QA", 20, "Only SM QA, Service Manager, Quality Assurance, Harrow Council: 20 actions"),
    ],
)
def test_one_partners_actions(as_reader: Client, query: str, count: int, words: str) -> None:
    response = as_reader.get(f"{PAGE}{query}")

    rows = rows_of(as_reader, query)
    assert words in text(response)
    assert f"{PAGE}plan.xlsx{query}" in links(response)
    assert len(rows) == count


def test_a_workbook_for_a_partner_says_so(as_reader: Client) -> None:
    response = as_reader.get(f"{PAGE}plan.xlsx?organisation=nhs-harrow")

    plan = openpyxl.load_workbook(io.BytesIO(response.content))["Plan"]
    assert plan.cell(2, 1).value == "As of 14 November 2012. Only actions of NHS Harrow."
    assert plan.max_row == 4 + 23


@pytest.mark.parametrize("query", ["?organisation=nobody", "?lead=nobody"])
def test_a_partner_who_is_none(as_reader: Client, query: str) -> None:
    assert as_reader.get(f"{PAGE}{query}").status_code == 422
    assert as_reader.get(f"{PAGE}plan.csv{query}").status_code == 404


def test_a_day_without_actions_says_what_to_do(as_reader: Client) -> None:
    assert "There is no action to take out" in text(as_reader.get(f"{PAGE}?on=2012-09-01"))


def test_a_form_that_is_none(as_reader: Client) -> None:
    assert as_reader.get(f"{PAGE}plan.exe").status_code == 404


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}plan.csv", f"{PAGE}plan.zip"])
@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(
    request: pytest.FixtureRequest, who: str, path: str
) -> None:
    """Case 23."""
    client: Client = request.getfixturevalue(who)

    answer = client.get(path)

    assert apart_from_reference(answer) == apart_from_reference(client.get("/never/was/take-out/"))


def test_signed_out(signed_out: Client) -> None:
    response = signed_out.get(PAGE)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={PAGE}")


def test_wrong_method(as_plan_administrator: Client) -> None:
    assert as_plan_administrator.post(PAGE).status_code == 405
    assert as_plan_administrator.delete(f"{PAGE}plan.csv").status_code == 405


def test_queries_do_not_grow_with_rows(as_northmoor_administrator: Client, northmoor: Plan) -> None:
    address = f"{NORTHMOOR_PAGES}take-out/plan.json"
    first = Action.objects.for_plan(northmoor).first()
    with CaptureQueriesContext(connection) as few:
        assert as_northmoor_administrator.get(address).status_code == 200
    for number in ("7", "8", "9"):
        made = ActionFactory(recommendation=first.recommendation, number=number, added_on=date(2025, 2, 1))
        ProgressUpdateFactory(action=made, on=date(2025, 3, 1))

    with CaptureQueriesContext(connection) as more:
        found = as_northmoor_administrator.get(address)

    assert len(json.loads(found.content)["recommendations"][0]["actions"]) == 7
    assert len(more) == len(few)


# The fixture


def test_the_fixture_is_for_those_who_keep_the_plan(as_board_member: Client) -> None:
    assert as_board_member.get(f"{PAGE}plan.zip").status_code == 403


def test_the_fixture_has_the_plan_and_its_files(as_plan_administrator: Client, cast: Cast) -> None:
    shown = show_file(load_action("S2", "2"), cast.board_member)

    response = as_plan_administrator.get(f"{PAGE}plan.zip")

    package = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert response["Content-Disposition"] == ('attachment; filename="harrow-children-and-families-2012.zip"')
    assert package.namelist() == ["READ ME.txt", "plan.json", f"files/{shown.stored_as}"]


def test_too_much_evidence_is_left_to_the_command(
    as_plan_administrator: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_file(load_action("S2", "2"), cast.board_member)
    monkeypatch.setattr(taking_out, "MOST_EVIDENCE", 1)

    response = as_plan_administrator.get(f"{PAGE}plan.zip", follow=True)

    assert heading(response) == "Take the plan out"
    assert (
        "manage.py export_plan harrow/children-and-families-2012 --format fixture --output plan.zip"
        in text(response)
    )


# Long plans


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every plan counts as a long one."""
    monkeypatch.setattr(taking_out, "LIGHT", 1)


@pytest.mark.parametrize(("ending", "name"), [("xlsx", "Excel"), ("docx", "Word")])
def test_a_long_plan_is_made_as_a_job(as_reader: Client, long: None, ending: str, name: str) -> None:
    light = formats.form_of(ending)
    assert f"Make the {name} file" in text(as_reader.get(PAGE))

    asked = as_reader.post(f"{PAGE}plan.{ending}")
    run_jobs()

    file = ReportFile.objects.get()
    ready = as_reader.get(asked["Location"])
    download = next(path for path in links(ready) if path.endswith(f".{ending}"))
    response = as_reader.get(download)
    assert (file.state, file.title) == ("ready", "Children and Families Improvement Plan taken out")
    assert light is not None
    assert response["Content-Type"] == light.content_type
    assert response["Content-Disposition"] == f'attachment; filename="harrow-taken-out.{ending}"'


def test_the_job_makes_what_was_asked_whatever_is_said_since(
    as_reader: Client, cast: Cast, long: None
) -> None:
    as_reader.post(f"{PAGE}plan.xlsx?organisation=nhs-harrow")
    ProgressUpdate.objects.create(
        action=load_action("S2", "1"), sequence=2, on=date(2012, 11, 14), stage="on-hold", narrative="Later."
    )

    run_jobs()

    file = ReportFile.objects.get()
    with file.file.open() as stored:
        rows = list(openpyxl.load_workbook(io.BytesIO(stored.read()))["Plan"].iter_rows(values_only=True))
    assert file.title == "Children and Families Improvement Plan taken out: NHS Harrow"
    assert "Later." not in {row[13] for row in rows}
    assert len(rows) == 4 + 23


def test_a_long_plan_is_not_made_by_looking(as_reader: Client, long: None) -> None:
    response = as_reader.get(f"{PAGE}plan.xlsx")

    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert not ReportFile.objects.exists()


def test_a_text_that_excel_cannot_hold_is_said(as_reader: Client, action: Action, long: None) -> None:
    ProgressUpdateFactory(action=action, sequence=2, on=date(2012, 11, 1), narrative="x" * 32_768)

    asked = as_reader.post(f"{PAGE}plan.xlsx")
    run_jobs()

    assert "“Latest update” of S2 (1) is 32,768 characters long" in text(as_reader.get(asked["Location"]))


def test_without_a_job_too(as_reader: Client, action: Action) -> None:
    ProgressUpdateFactory(action=action, sequence=2, on=date(2012, 11, 1), narrative="x" * 32_768)

    response = as_reader.get(f"{PAGE}plan.xlsx", follow=True)

    assert heading(response) == "Take the plan out"
    assert "“Latest update” of S2 (1) is 32,768 characters long" in text(response)


def test_exempt_evidence_stays_with_those_who_may_read_it(as_plan_administrator: Client, cast: Cast) -> None:
    show(load_action("S2", "2"), cast.board_member, exempt=True, shows="For the closed part.")

    response = as_plan_administrator.get(f"{PAGE}plan.zip")

    package = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert "For the closed part." in package.read("plan.json").decode()
