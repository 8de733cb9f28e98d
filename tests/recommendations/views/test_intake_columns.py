"""What each column was taken for, and saying otherwise."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recommendations.intake import written
from recommendations.intake.columns import Meaning, TableMapping
from recommendations.intake.rows import Cell, Kind, Row, Source, Table
from recommendations.intake.written import as_json
from recommendations.models import Intake, IntakeState, RememberedColumn
from tests.cast import Cast
from tests.pages import heading, text
from tests.recommendations.views.doors import assert_methods, assert_signed_out
from tests.recommendations.views.intakes import LIST, MAPPING, intake_of


@pytest.fixture
def intake(cast: Cast) -> Intake:
    return intake_of(cast.plan_administrator)


def page_of(intake: Intake) -> str:
    return f"{LIST}{intake.pk}/columns/"


def sent(**other: Any) -> dict[str, Any]:
    columns = {f"t0-c{place}": meaning.value for place, meaning in enumerate(MAPPING[0].columns)}
    return {"version": 1, "t0-used": "on", "t0-headers": "1", **columns, **other}


def test_each_column_with_its_first_words(as_plan_administrator: Client, intake: Intake) -> None:
    response = as_plan_administrator.get(page_of(intake))

    used, unused = response.context["used"][0], response.context["unused"][0]
    assert (response.status_code, heading(response)) == (200, "What the columns are")
    assert "Nothing is loaded yet." in text(response)
    assert [column.heading for column in used.columns][:3] == ["Ref", "Recommendation", "Action"]
    assert used.columns[4].examples == ("31.9.12", "March 2013", "Ongoing")
    assert used.columns[4].field.value() == Meaning.DUE.value
    assert (unused.table.name, unused.is_used) == ("Table 2", False)


def test_the_months_of_a_calendar_stand_in_one_row(as_plan_administrator: Client, cast: Cast) -> None:
    headings = ("Ref", "Action", "2026 Jul", "2026 Aug", "2026 Sep", "2026 Oct", "Notes")
    row = ("1", "Train every manager.", "", "x", "x", "", "")
    cells = tuple(Row(n, tuple(Cell(text) for text in each)) for n, each in enumerate((headings, row), 1))
    meanings = (Meaning.NUMBER, Meaning.ACTION, *[Meaning.MONTH] * 4, Meaning.KEPT)
    calendar = intake_of(
        cast.plan_administrator,
        source=as_json(Source(Kind.EXCEL, (Table("Plan", cells),))),
        mapping=as_json((TableMapping(0, (0,), meanings),)),
    )

    response = as_plan_administrator.get(page_of(calendar))

    runs = response.context["used"][0].runs
    assert [len(run) for run in runs] == [1, 1, 4, 1]
    assert "2026 Jul to 2026 Oct 4 columns" in text(response)
    assert response.content.decode().count("<select") == len(headings)


def test_what_was_chosen_is_kept_and_read_again(as_plan_administrator: Client, intake: Intake) -> None:
    response = as_plan_administrator.post(page_of(intake), sent(**{"t0-c6": Meaning.RATING.value}))

    intake.refresh_from_db()
    chosen = written.mapping_from(intake.mapping)
    assert (response.status_code, response["Location"]) == (302, f"{LIST}{intake.pk}/")
    assert chosen[0].columns == (*MAPPING[0].columns[:6], Meaning.RATING)
    assert (chosen[1].columns, intake.state, intake.version) == ((), IntakeState.READING, 2)
    assert RememberedColumn.objects.get(heading="notes").meaning == Meaning.RATING.value


def test_a_table_can_be_left_out_and_headings_named(as_plan_administrator: Client, intake: Intake) -> None:
    said = {"t1-used": "on", "t1-headers": "", "t1-c0": "action", "t1-c1": "due"}

    as_plan_administrator.post(page_of(intake), {"version": 1, **said})

    intake.refresh_from_db()
    chosen = written.mapping_from(intake.mapping)
    assert (chosen[0].columns, chosen[1].headers) == ((), ())
    assert chosen[1].columns == (Meaning.ACTION, Meaning.DUE)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"t0-c1": "kept", "t0-c2": "kept"}, "Say which column holds the actions, or the recommendations."),
        ({"t0-used": ""}, "Say which column holds the actions, or the recommendations."),
        ({"t0-headers": "9"}, "There is no row “9” here."),
        ({"t0-headers": "one"}, "There is no row “one” here."),
        ({"t0-c2": "never"}, "Select a valid choice."),
    ],
)
def test_bad_input_is_named_and_what_was_chosen_stays(
    as_plan_administrator: Client, intake: Intake, other: dict[str, str], sentence: str
) -> None:
    typed = sent(**{"t0-c4": "forecast", **other})

    response = as_plan_administrator.post(page_of(intake), typed)

    intake.refresh_from_db()
    assert response.status_code == 422
    assert sentence in text(response)
    assert response.context["form"]["t0-c4"].value() == "forecast"
    assert (intake.version, intake.state) == (1, IntakeState.UNDERSTOOD)


def test_somebody_else_was_quicker(as_plan_administrator: Client, intake: Intake) -> None:
    Intake.objects.filter(pk=intake.pk).update(version=2)

    response = as_plan_administrator.post(page_of(intake), sent(**{"t0-c4": "forecast"}))

    assert response.status_code == 409
    assert "Somebody changed this while you were looking at it." in text(response)
    assert response.context["form"]["t0-c4"].value() == "forecast"


def test_signed_out(signed_out: Client, intake: Intake) -> None:
    assert_signed_out(signed_out, page_of(intake))


def test_wrong_method(as_plan_administrator: Client, intake: Intake) -> None:
    """Case 40."""
    assert_methods(as_plan_administrator, page_of(intake), "GET, HEAD, POST")


def test_confirming_fetches_nothing_of_the_plan(as_plan_administrator: Client, intake: Intake) -> None:
    """Of a plan of thousands of rows that alone would take as long as the rest."""
    with CaptureQueriesContext(connection) as captured:
        as_plan_administrator.get(page_of(intake))
        response = as_plan_administrator.post(page_of(intake), sent())

    assert response.status_code == 302
    assert captured.captured_queries
    assert not [query for query in captured.captured_queries if '."understood"' in query["sql"]]
