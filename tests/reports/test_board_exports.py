"""The scorecard, and risks and costs, as CSV."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Plan
from recommendations.models import Better, MeasureKind, Recommendation
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES
from tests.factories import CostFactory, MeasureFactory, ReadingFactory, RiskFactory
from tests.pages import apart_from_reference

SCORECARD = f"{HARROW_PAGES}scorecard.csv"
RISKS = f"{HARROW_PAGES}risks.csv"


def rows(client: Client, path: str) -> list[dict[str, str]]:
    response = client.get(path)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode().removeprefix("\ufeff"), newline="")))


def test_every_reading_is_a_row(as_reader: Client, harrow: Plan) -> None:
    measure = MeasureFactory(
        plan=harrow,
        name="Visits on time",
        kind=MeasureKind.PERCENTAGE,
        unit="of visits",
        better=Better.HIGHER,
        target=95,
        recommendation=Recommendation.objects.get(plan=harrow, reference="S2"),
        asked="From the case system.",
        note="Counted anew.",
    )
    ReadingFactory(measure=measure, on=date(2012, 9, 1), precision="month", value="71.50")
    ReadingFactory(measure=measure, on=date(2012, 11, 5), value=1600, note="Recounted.")
    MeasureFactory(plan=harrow, name="I am safe", kind=MeasureKind.STATEMENT)

    first, second, third = rows(as_reader, SCORECARD)

    shared = {
        "measure": "Visits on time",
        "kind": "Percentage",
        "unit": "of visits",
        "better": "Higher is better",
        "target": "95",
        "tolerance": "",
        "recommendation": "S2",
        "asked": "From the case system.",
        "whose": "This council",
        "corrected_because": "",
        "source": "Counted by hand",
        "measure_note": "Counted anew.",
    }
    assert first == {**shared, "on": "2012-09-01", "precision": "month", "value": "71.5", "reading_note": ""}
    assert second == {
        **shared,
        "on": "2012-11-05",
        "precision": "day",
        "value": "1600",
        "reading_note": "Recounted.",
    }
    assert (third["measure"], third["on"], third["value"], third["source"]) == ("I am safe", "", "", "")


def test_risks_and_costs_in_one_file(as_reader: Client, harrow: Plan) -> None:
    RiskFactory(
        plan=harrow,
        reference="R9",
        title="Staff leave",
        description="Pay falls behind.",
        response="Raise pay.",
        funded="funded",
        likelihood_before=5,
        impact_after=1,
        note="From the register.",
        position=99,
    )
    CostFactory(
        plan=harrow,
        year="2013/14",
        what="More staff",
        amount_text="£630k",
        amount=630_000,
        funded_by="A grant",
        position=99,
    )

    found = rows(as_reader, RISKS)

    assert [row["what"] for row in found] == ["risk"] * 6 + ["cost"] * 3
    assert found[5] == {
        "what": "risk",
        "reference": "R9",
        "title": "Staff leave",
        "description": "Pay falls behind.",
        "response": "Raise pay.",
        "funded": "Funded",
        "likelihood_before": "5",
        "impact_before": "",
        "likelihood_after": "",
        "impact_after": "1",
        "assessed_on": "2012-09-10",
        "owner": "",
        "actions": "",
        "closed_on": "",
        "year": "",
        "amount_as_printed": "",
        "amount_in_pounds": "",
        "known_on": "2012-09-10",
        "note": "From the register.",
    }
    assert (
        found[8]["title"],
        found[8]["year"],
        found[8]["amount_as_printed"],
        found[8]["amount_in_pounds"],
    ) == (
        "More staff",
        "2013/14",
        "£630k",
        "630000",
    )
    assert found[8]["funded"] == "A grant"


def test_only_what_was_known_on_the_day(as_reader: Client, harrow: Plan) -> None:
    measure = MeasureFactory(plan=harrow)
    ReadingFactory(measure=measure, on=date(2012, 11, 5))

    scorecard = rows(as_reader, f"{SCORECARD}?on=2012-11-04")
    risks = rows(as_reader, f"{RISKS}?on=2012-11-13")

    assert [row["on"] for row in scorecard] == [""]
    assert risks == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_cell_that_would_be_run_is_written_as_text(as_reader: Client, harrow: Plan, start: str) -> None:
    """Case 50."""
    formula = f"{start}HYPERLINK(1)"
    measure = MeasureFactory(plan=harrow, name=formula, unit=formula, asked=formula, note=formula)
    ReadingFactory(measure=measure, source=formula, note=formula, value=-5)
    RiskFactory(plan=harrow, title=formula, description=formula, response=formula, note=formula, position=99)
    CostFactory(plan=harrow, what=formula, year=formula, amount_text=formula, funded_by=formula, position=99)

    (reading,) = rows(as_reader, SCORECARD)
    *_, cost = register = rows(as_reader, RISKS)
    risk = register[5]

    assert {
        reading[name] for name in ("measure", "unit", "asked", "source", "reading_note", "measure_note")
    } == {f"'{formula}"}
    assert reading["value"] == "'-5"
    assert {risk[name] for name in ("title", "description", "response", "note")} == {f"'{formula}"}
    assert {cost[name] for name in ("title", "year", "amount_as_printed", "funded")} == {f"'{formula}"}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (SCORECARD, "children-and-families-2012-scorecard-2012-10-01.csv"),
        (RISKS, "children-and-families-2012-risks-2012-10-01.csv"),
    ],
)
def test_it_is_a_file_of_text_that_spreadsheets_read(as_reader: Client, path: str, name: str) -> None:
    response = as_reader.get(f"{path}?on=2012-10-01")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.content.startswith("\ufeff".encode())


@pytest.mark.parametrize("path", [SCORECARD, RISKS])
@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(
    request: pytest.FixtureRequest, who: str, path: str
) -> None:
    client: Client = request.getfixturevalue(who)

    answer = client.get(path)

    assert answer.status_code == 404
    assert apart_from_reference(answer) == apart_from_reference(client.get("/never/was/scorecard.csv"))


@pytest.mark.parametrize("path", [SCORECARD, RISKS])
def test_signed_out_wrong_method_and_bad_input(
    signed_out: Client, as_plan_administrator: Client, path: str
) -> None:
    assert signed_out.get(path)["Location"] == f"/account/login/?next={path}"
    assert as_plan_administrator.post(path).status_code == 405
    assert as_plan_administrator.get(f"{path}?on=x").status_code == 400


def test_queries_do_not_grow_with_rows(as_northmoor_administrator: Client, northmoor: Plan) -> None:
    only = Recommendation.objects.get(plan=northmoor)

    def asked() -> list[int]:
        ReadingFactory(measure=MeasureFactory(plan=northmoor, recommendation=only))
        RiskFactory(plan=northmoor)
        CostFactory(plan=northmoor)
        counts = []
        for name in ("scorecard.csv", "risks.csv"):
            with CaptureQueriesContext(connection) as queries:
                as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}{name}")
            counts.append(len(queries))
        return counts

    assert asked() == asked() == asked()
