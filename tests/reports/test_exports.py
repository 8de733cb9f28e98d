"""A plan as CSV: from the command, held against Harrow's own paper, and the list of actions."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.cells import as_text
from improvement.models import Plan
from recommendations.models import Action, ProgressUpdate, Recommendation
from reports.taking_out.plan_table import HEADINGS
from tests.cast import HARROW_PAGES
from tests.factories import ActionFactory, ProgressUpdateFactory
from tests.pages import apart_from_reference, links

NAME = "harrow/children-and-families-2012"
COLUMNS = [
    "Theme",
    "Timescale",
    "Reference",
    "Recommendation",
    "Outcome required",
    "Number",
    "Phase",
    "Lead officers",
    "Action",
    "Due",
    "Due as printed",
    "Stage",
    "Rating",
    "Latest update",
    "Updated on",
    "Expected by",
    "Update no.",
]
Rows = list[dict[str, str]]


def export(tmp_path: Path, name: str = NAME, **options: str) -> Rows:
    file = tmp_path / "plan.csv"
    call_command("export_plan", name, output=file, format="csv", **options)
    return read(file.read_bytes().decode())


def read(text: str) -> Rows:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


# The command, against the paper

# As the paper spells a post where that differs from its key.
VARIANTS = {
    "LSCB CHR.": "LSCB Chr.",
    "LSCB Chair": "LSCB Chr.",
    "LSCB Chair.": "LSCB Chr.",
    "QA MGR.": "QA Mgr.",
    "YOT Mgr.": "YOT Mgr",
    "Des. Nurse": "Des Nurse",
    "Des. Dr (NHSH)": "Des. Dr. (NHSH)",
    "SM Per": "SM Perf.",
}
STATUSES = {
    "On track": ("In progress", "Green"),
    "Completed": ("Complete", ""),
    "Awaiting sign-off": ("Awaiting sign-off", ""),
    "Held": ("On hold", ""),
    "Underway": ("In progress", ""),
    "Ongoing": ("In progress", ""),
}


@pytest.fixture
def paper(shared: Path) -> Rows:
    return read((shared / "data" / "harrow-plan.csv").read_text(encoding="utf-8"))


def due_of(printed: str) -> str:
    """The day that is printed, day first; empty where it is none."""
    numbers = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d\d)\.?", printed)
    if not numbers:
        return ""
    day, month, year = map(int, numbers.groups())
    try:
        return date(2000 + year, month, day).isoformat()
    except ValueError:
        return ""


def said_of(printed: str) -> tuple[str, str]:
    if not printed:
        return ("Not started", "")
    word = re.match(r"(On track|Completed|Awaiting sign-off|Held|Underway|Ongoing)\b(?=[:.]|$)", printed)
    return STATUSES[word[1]] if word else ("In progress", "")


def leads_of(printed: str) -> str:
    posts = [post.strip() for post in re.split(r"/", printed)]
    return "; ".join(VARIANTS.get(post, post) for post in posts)


@pytest.mark.shared
def test_every_row_is_the_papers(harrow: Plan, paper: Rows, tmp_path: Path) -> None:
    rows = export(tmp_path)

    assert [(row["Reference"], row["Number"]) for row in rows] == [
        (row["Ref"], row["Action no."]) for row in paper
    ]
    assert len(rows) == 101


@pytest.mark.shared
@pytest.mark.parametrize(
    ("column", "printed"),
    [
        ("Theme", lambda row: row["Theme"].capitalize()),
        ("Timescale", lambda row: row["Timescale"]),
        ("Phase", lambda row: row["Phase"]),
        ("Lead officers", lambda row: leads_of(row["Lead Officer/ Executive Head"])),
        ("Due as printed", lambda row: row["By When"]),
        ("Due", lambda row: due_of(row["By When"])),
        ("Stage", lambda row: said_of(row["Progress Update"])[0]),
        ("Rating", lambda row: said_of(row["Progress Update"])[1]),
        ("Updated on", lambda row: "2012-09-14" if row["Progress Update"] else ""),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_column_is_the_papers_row_by_row(
    harrow: Plan, paper: Rows, tmp_path: Path, column: str, printed: object
) -> None:
    rows = export(tmp_path)

    ours = [(row["Reference"], row["Number"], row[column]) for row in rows]
    theirs = [(row["Ref"], row["Action no."], printed(row)) for row in paper]  # type: ignore[operator]
    assert ours == theirs


@pytest.mark.shared
def test_outcomes_are_given_where_the_paper_has_them(harrow: Plan, paper: Rows, tmp_path: Path) -> None:
    rows = export(tmp_path)

    without = {row["Reference"] for row in rows if not row["Outcome required"]}
    assert without == {row["Ref"] for row in paper if not row["Outcomes required"]}


# The command


def test_columns_are_those_promised(harrow: Plan, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"

    call_command("export_plan", NAME, output=file)

    assert file.read_text(encoding="utf-8-sig").splitlines()[0] == ",".join(COLUMNS)
    assert tuple(COLUMNS) == HEADINGS


def test_it_says_what_it_wrote(harrow: Plan, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export(tmp_path)

    assert capsys.readouterr().out == f"101 actions as of 14 November 2012 in {tmp_path / 'plan.csv'}\n"


def test_a_row_in_full(harrow: Plan, tmp_path: Path) -> None:
    row = next(row for row in export(tmp_path) if (row["Reference"], row["Number"]) == ("S2", "1"))

    said = ProgressUpdate.objects.get_by_natural_key(*NAME.split("/"), "S2", "1", 1)
    recommendation = said.action.recommendation
    assert row == {
        "Theme": "Safeguarding",
        "Timescale": "Immediate",
        "Reference": "S2",
        "Recommendation": recommendation.text,
        "Outcome required": recommendation.outcome,
        "Number": "1",
        "Phase": "Must do",
        "Lead officers": "LSCB SP; Des Nurse",
        "Action": said.action.original_text,
        "Due": "2012-09-27",
        "Due as printed": "27.9.12.",
        "Stage": "Awaiting sign-off",
        "Rating": "",
        "Updated on": "2012-09-14",
        "Latest update": said.narrative,
        "Expected by": "",
        "Update no.": "1",
    }


def test_another_day(harrow: Plan, tmp_path: Path) -> None:
    rows = export(tmp_path, on="2012-09-13")

    assert len(rows) == 101
    assert {(row["Stage"], row["Rating"], row["Updated on"], row["Latest update"]) for row in rows} == {
        ("Not started", "", "", "")
    }


def test_a_day_before_the_plan(harrow: Plan, tmp_path: Path) -> None:
    rows = export(tmp_path, on="2012-09-09")

    # The recommendations were there; nobody had answered them yet.
    assert len(rows) == 22
    assert {(row["Number"], row["Action"], row["Stage"], row["Update no."]) for row in rows} == {
        ("", "", "", "")
    }


def test_a_council_that_lives_is_shown_today(northmoor: Plan, tmp_path: Path) -> None:
    rows = export(tmp_path, "northmoor/improvement-2025")

    assert [(row["Number"], row["Lead officers"], row["Stage"], row["Rating"]) for row in rows] == [
        ("1", "SM QA", "Not started", ""),
        ("2", "SM QA", "Not started", ""),
        ("3", "SM QA", "Not started", ""),
        ("4", "SM QA", "Complete", "Blue"),
    ]


@pytest.mark.parametrize("name", ["harrow", "harrow/", "/", "", "harrow/improvement-2025", "../etc/passwd"])
def test_an_unknown_plan_is_refused_with_those_there_are(councils: None, tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError) as failed:
        export(tmp_path, name)

    assert str(failed.value) == (
        f"There is no plan {name}. There is: harrow/children-and-families-2012, northmoor/improvement-2025."
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("on", ["14/11/2012", "2012-11-31", "x"])
def test_a_day_that_is_none_is_refused(harrow: Plan, tmp_path: Path, on: str) -> None:
    with pytest.raises(CommandError) as failed:
        export(tmp_path, on=on)

    assert str(failed.value) == "Write the day as year, month and day, for example 2012-11-14."
    assert list(tmp_path.iterdir()) == []


def test_where_it_cannot_write_it_says_so(harrow: Plan, tmp_path: Path) -> None:
    file = tmp_path / "no" / "such" / "folder.csv"

    with pytest.raises(CommandError) as failed:
        call_command("export_plan", NAME, output=file)

    assert str(failed.value) == f"Nothing was written to {file}: there is no folder {file.parent}."


def test_a_file_that_was_there_is_replaced_whole(harrow: Plan, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("x" * 1_000_000)

    rows = export(tmp_path)

    assert len(rows) == 101
    assert [path.name for path in tmp_path.iterdir()] == ["plan.csv"]


# Cells that a spreadsheet would run


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
)
def test_a_cell_that_would_be_run_is_written_as_text(
    harrow: Plan, action: Action, tmp_path: Path, start: str
) -> None:
    """Case 50."""
    formula = f'{start}HYPERLINK("http://evil.example")'
    ProgressUpdateFactory(action=action, sequence=2, on=date(2012, 11, 1), narrative=formula)

    row = next(row for row in export(tmp_path) if (row["Reference"], row["Number"]) == ("S2", "1"))

    assert row["Latest update"] == f"'{formula}"


@pytest.mark.parametrize("words", ["5 - 3 = 2", "a@b", "“=1”", ""])
def test_other_cells_stay_as_they_are(words: str) -> None:
    """Case 50."""
    assert as_text(words) == words


def test_every_column_that_a_user_may_write_is_made_text(northmoor: Plan, tmp_path: Path) -> None:
    """Case 50."""
    made = ActionFactory(
        recommendation=Recommendation.objects.get(plan=northmoor),
        number="-5",
        original_text="=1+1",
        due_text="+1",
        position=5,
    )
    assert made.number == "-5"

    row = export(tmp_path, "northmoor/improvement-2025")[-1]

    assert (row["Number"], row["Action"], row["Due as printed"]) == ("'-5", "'=1+1", "'+1")


def test_lines_quotes_and_signs_survive(harrow: Plan, action: Action, tmp_path: Path) -> None:
    words = 'One\nline, "quoted"; £5 – ’tis\r\nso\u2028on 🐢'
    ProgressUpdateFactory(action=action, sequence=2, on=date(2012, 11, 1), narrative=words)

    row = next(row for row in export(tmp_path) if (row["Reference"], row["Number"]) == ("S2", "1"))

    assert row["Latest update"] == words


# The list's own CSV

CSV = f"{HARROW_PAGES}actions.csv"
LIST = f"{HARROW_PAGES}actions/"


def rows_of(client: Client, query: str = "") -> Rows:
    response = client.get(f"{CSV}?{query}")
    assert response.status_code == 200
    return read(response.content.decode())


def shown_on(client: Client, query: str) -> list[tuple[str, str]]:
    """References and numbers of the list's rows, page after page."""
    found: list[tuple[str, str]] = []
    page = 1
    while True:
        response = client.get(f"{LIST}?{query}&page={page}&per_page=25")
        for path in links(response):
            place = re.fullmatch(rf"{LIST}([^/]+)/([^/]+)/(?:\?.*)?", path)
            if place:
                found.append((place[1], place[2]))
        if not response.context["table"].page.has_next():
            return found
        page += 1


@pytest.mark.parametrize(
    "query",
    [
        "",
        "overdue=yes",
        "stage=complete",
        "rating=green&theme=safeguarding",
        "lead=SM+QA&sort=-due",
        "due=none",
        "q=training",
        "sort=rating",
        "sort=-reference",
        "phase=embedding&sort=lead",
        "on=2012-10-01&overdue=yes&sort=due",
        "timescale=six-months&sort=updated",
        "organisation=nhs-harrow&silent=yes&sort=stage",
    ],
)
def test_it_has_exactly_the_rows_shown_in_their_order(as_reader: Client, query: str) -> None:
    shown = shown_on(as_reader, query)

    exported = [(row["ref"], row["number"]) for row in rows_of(as_reader, query)]

    assert exported == shown


def test_it_is_a_file_of_text_that_spreadsheets_read(as_reader: Client) -> None:
    response = as_reader.get(f"{CSV}?on=2012-10-01")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        response["Content-Disposition"] == 'attachment; filename="children-and-families-2012-2012-10-01.csv"'
    )
    assert response.content.startswith(
        "\ufeffref,number,action,update,leads,due_on,due_without_date,due_moved,another_date,days_overdue,"
        "stage,rating,updated_on\r\n".encode()
    )
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "who", ["as_lead_officer", "as_board_member", "as_scrutiny_officer", "as_plan_administrator", "as_reader"]
)
def test_every_member_gets_it(request: pytest.FixtureRequest, who: str) -> None:
    assert len(rows_of(request.getfixturevalue(who))) == 101


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(request: pytest.FixtureRequest, who: str) -> None:
    """Case 23."""
    client: Client = request.getfixturevalue(who)

    answer = client.get(CSV)

    assert apart_from_reference(answer) == apart_from_reference(client.get("/never/was/actions.csv"))
    assert answer.status_code == 404


def test_signed_out(signed_out: Client) -> None:
    response = signed_out.get(CSV)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={CSV}")


def test_wrong_method(as_plan_administrator: Client) -> None:
    assert as_plan_administrator.post(CSV).status_code == 405


@pytest.mark.parametrize(
    "query", ["stage=asleep", "rating=blue", "lead=nobody", "theme=x", "not_updated_since=x", "on=x"]
)
def test_bad_input(as_reader: Client, query: str) -> None:
    assert as_reader.get(f"{CSV}?{query}").status_code == 400


@pytest.mark.parametrize(
    "sort", ["owner__password", "-recommendation__plan__council__name", "text", "pk", "", "-"]
)
def test_an_unknown_order_is_the_plans_own(as_reader: Client, sort: str) -> None:
    """Case 30."""
    assert rows_of(as_reader, f"sort={sort}") == rows_of(as_reader)


def test_all_columns_if_asked(as_reader: Client) -> None:
    row = rows_of(as_reader, "columns=all&recommendation=S2")[0]

    assert {name: row[name] for name in list(row)[:2] + list(row)[17:]} == {
        "ref": "S2",
        "number": "1",
        "phase": "Must do",
        "due_text": "27.9.12.",
        "original_due_on": "2012-09-27",
        "times_moved": "0",
        "days_slipped": "0",
        "expected_on": "",
        "completed_on": "",
    }
    assert {name: row[name] for name in rows_of(as_reader, "recommendation=S2")[0]} == rows_of(
        as_reader, "recommendation=S2"
    )[0]


def test_other_columns_than_these_are_refused(as_reader: Client) -> None:
    assert as_reader.get(f"{CSV}?columns=some").status_code == 400


def test_its_queries_do_not_grow_with_its_rows(as_reader: Client) -> None:
    with CaptureQueriesContext(connection) as few:
        rows = rows_of(as_reader, "recommendation=S1")
    with CaptureQueriesContext(connection) as all_of_them:
        everything = rows_of(as_reader)

    assert (len(rows), len(everything)) == (3, 101)
    assert len(all_of_them) <= len(few) + 1  # one more where a rating is among them
