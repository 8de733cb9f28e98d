"""The scorecard, the risks with their scores, and the costs, as CSV."""

import csv
import html
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Plan
from recommendations.models import Better, MeasureKind, Recommendation
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES
from tests.factories import CostFactory, MeasureFactory, ReadingFactory, RiskFactory
from tests.pages import apart_from_reference, links, text

SCORECARD = f"{HARROW_PAGES}scorecard.csv"
RISKS = f"{HARROW_PAGES}risks.csv"
SCORES = f"{HARROW_PAGES}risks/new-framework.csv"
COSTS = f"{HARROW_PAGES}costs.csv"


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

    third, first, second = rows(as_reader, f"{SCORECARD}?columns=all")

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
        "outcome": Recommendation.objects.get(plan=harrow, reference="S2").outcome,
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


def test_what_children_said_before_is_on_the_page_and_in_the_file(as_reader: Client, harrow: Plan) -> None:
    safe = MeasureFactory(plan=harrow, name="I am safe", kind=MeasureKind.STATEMENT)
    for on, note in (
        (date(2012, 9, 1), "Not yet."),
        (date(2012, 10, 1), "Nearly."),
        (date(2012, 11, 1), "Yes."),
    ):
        ReadingFactory(measure=safe, on=on, value=None, note=note)

    words = text(as_reader.get(f"{HARROW_PAGES}scorecard/"))

    assert [row["reading_note"] for row in rows(as_reader, SCORECARD)] == ["Yes.", "Nearly.", "Not yet."]
    assert words.index("Yes.") < words.index("Said before") < words.index("Nearly.") < words.index("Not yet.")


def test_a_risk_is_a_row(as_reader: Client, harrow: Plan) -> None:
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
        cost_text="£630k",
        cost=630_000,
        position=99,
    )

    found = rows(as_reader, f"{RISKS}?columns=all")

    assert len(found) == 6
    assert found[5] == {
        "reference": "R9",
        "title": "Staff leave",
        "description": "Pay falls behind.",
        "response": "Raise pay.",
        "funded": "Funded",
        "cost": "£630k",
        "owner": "",
        "likelihood_before": "5",
        "impact_before": "",
        "likelihood_after": "",
        "impact_after": "1",
        "known_on": "2012-09-10",
        "actions": "",
        "note": "From the register.",
        "closed_on": "",
        "closed_because": "",
        "cost_in_pounds": "630000",
        "owner_title": "",
        "assessed_on": "2012-09-10",
        "why_scored_so": "",
    }


def test_risks_are_those_of_the_page_the_closed_ones_last(as_reader: Client, harrow: Plan) -> None:
    RiskFactory(
        plan=harrow,
        reference="R0",
        title="Over",
        position=0,
        raised_on=date(2012, 9, 10),
        closed_on=date(2012, 10, 1),
        closed_because="It passed.",
    )
    page = as_reader.get(f"{HARROW_PAGES}risks/").content.decode()

    found = rows(as_reader, RISKS)

    shown = re.findall(r'wm-risk__title"><a [^>]*>([^<]*)<', page)
    assert [row["title"] for row in found] == [*map(html.unescape, shown), "Over"]
    assert (found[-1]["closed_on"], found[-1]["closed_because"]) == ("2012-10-01", "It passed.")
    assert [row["closed_on"] for row in rows(as_reader, f"{RISKS}?on=2012-09-30")] == [""]


def test_scores_of_a_risk(as_board_member: Client, harrow: Plan) -> None:
    page = f"{HARROW_PAGES}risks/new-framework/"
    as_board_member.post(
        f"{page}assess/",
        {
            "likelihood_before": 4,
            "impact_before": 5,
            "likelihood_after": 2,
            "impact_after": 5,
            "note": "=1+1",
            "version": 0,
        },
    )

    latest = rows(as_board_member, SCORES)[0]

    assert latest == {
        "on": "2012-11-14",
        "likelihood_before": "4",
        "impact_before": "5",
        "likelihood_after": "2",
        "impact_after": "5",
        "likelihood_times_impact": "10",
        "why": "'=1+1",
        "decided_at": "",
    }
    shown = as_board_member.get(page)
    assert len(rows(as_board_member, SCORES)) == shown.content.count(b'data-label="Before"')
    assert {SCORES, f"{SCORES}?columns=all"} <= set(links(shown))
    assert as_board_member.get(f"{HARROW_PAGES}risks/never.csv").status_code == 404


def test_costs_are_those_of_the_page_by_year(as_reader: Client, harrow: Plan) -> None:
    for position, (year, what) in enumerate(
        (("2013/14", "Later"), ("", "Some day"), ("2012/13", "More staff"))
    ):
        CostFactory(
            plan=harrow,
            year=year,
            what=what,
            amount_text="£630k",
            amount=630_000,
            funded_by="A grant",
            position=90 + position,
        )
    page = as_reader.get(f"{HARROW_PAGES}risks/")

    shown, whole = rows(as_reader, COSTS), rows(as_reader, f"{COSTS}?columns=all")

    costs = page.content.decode().split('id="costs"')[1]
    assert [row["what"] for row in shown] == [
        html.unescape(what) for what in re.findall(r'wm-table__main">([^<]*)<', costs)
    ]
    (more,) = [row for row in whole if row["what"] == "Later"]
    assert more == {
        "year": "2013/14",
        "what": "Later",
        "as_printed": "£630k",
        "paid_from": "A grant",
        "note": "",
        "amount_in_pounds": "630000",
        "known_on": more["known_on"],
    }
    assert {COSTS, f"{COSTS}?columns=all"} <= set(links(page))


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
    (cost,) = [row for row in rows(as_reader, COSTS) if row["what"] == f"'{formula}"]
    *_, risk = rows(as_reader, RISKS)

    assert {
        reading[name] for name in ("measure", "unit", "asked", "source", "reading_note", "measure_note")
    } == {f"'{formula}"}
    assert reading["value"] == "'-5"
    assert {risk[name] for name in ("title", "description", "response", "note")} == {f"'{formula}"}
    assert {cost[name] for name in ("what", "year", "as_printed", "paid_from")} == {f"'{formula}"}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (SCORECARD, "children-and-families-2012-scorecard-2012-10-01.csv"),
        (RISKS, "children-and-families-2012-risks-2012-10-01.csv"),
        (COSTS, "children-and-families-2012-costs-2012-10-01.csv"),
    ],
)
def test_it_is_a_file_of_text_that_spreadsheets_read(as_reader: Client, path: str, name: str) -> None:
    response = as_reader.get(f"{path}?on=2012-10-01")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.content.startswith("\ufeff".encode())


@pytest.mark.parametrize("path", [SCORECARD, RISKS, SCORES, COSTS])
@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(
    request: pytest.FixtureRequest, who: str, path: str
) -> None:
    client: Client = request.getfixturevalue(who)

    answer = client.get(path)

    assert answer.status_code == 404
    assert apart_from_reference(answer) == apart_from_reference(client.get("/never/was/scorecard.csv"))


@pytest.mark.parametrize("path", [SCORECARD, RISKS, SCORES, COSTS])
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
        for name in ("scorecard.csv?columns=all", "risks.csv?columns=all", "costs.csv?columns=all"):
            with CaptureQueriesContext(connection) as queries:
                as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}{name}")
            counts.append(len(queries))
        return counts

    assert asked() == asked() == asked()
