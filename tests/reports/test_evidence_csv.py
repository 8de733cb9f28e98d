"""The evidence tracker as CSV: what the page shows, row for row."""

import csv
import io
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from recommendations.assurance import Proof
from recommendations.models import Recommendation
from tests.cast import HARROW_PAGES, Cast
from tests.recommendations.shown import load_action, load_recommendation, review, show

CSV = f"{HARROW_PAGES}evidence.csv"


def rows(response: HttpResponse) -> list[dict[str, str]]:
    source = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(source)))


def test_a_row_for_each_recommendation(cast: Cast, as_reader: Client) -> None:
    done, whole = load_action("S2", "2"), load_recommendation("S2")
    evidence = show(done, cast.board_member)
    review(done, cast.board_member, evidence)
    review(whole, cast.board_member, evidence)
    review(whole, cast.board_member, evidence, step="complied-with")
    review(whole, cast.board_member, holds=False, step="complied-with", finding="It has stopped.")

    response = as_reader.get(CSV)

    found = rows(response)
    tracked = as_reader.get(f"{HARROW_PAGES}evidence/").context["tracker"].rows[1]
    assert (
        response["Content-Disposition"]
        == 'attachment; filename="children-and-families-2012-evidence-2012-11-14.csv"'
    )
    assert [row["ref"] for row in found] == [
        item.reference for item in Recommendation.objects.filter(plan=whole.plan).in_order()
    ]
    assert found[1] == {
        "theme": "Safeguarding",
        "ref": "S2",
        "recommendation": "Early planning for pre-birth concerns",
        "evidence": "1",
        "actions": "6",
        "complete": "4",
        "proved": "4",
        "not-reviewed": "0",
        "only-said": "0",
        "not-complete": "2",
        "proved_actions": "; ".join(
            claim.action.number for claim in tracked.claims if claim.proof == Proof.PROVED
        ),
        "not-reviewed_actions": "",
        "only-said_actions": "",
        "delivered": "Proved",
        "delivered_on": "2012-11-14",
        "delivered_evidence": "1",
        "complied-with": "Lost again",
        "complied-with_on": "2012-11-14",
        "complied-with_evidence": "",
        "impact-evidenced": "Not reviewed",
        "impact-evidenced_on": "",
        "impact-evidenced_evidence": "",
        "gap": "Complied with was lost again on 14 November 2012. 2 of 6 actions are not complete. "
        "Nobody has found yet that children are better off for it.",
    }


@pytest.mark.parametrize(
    "query", ["", "theme=safeguarding&only_said=yes", "organisation=nhs-harrow", "on=2012-10-01"]
)
def test_it_has_the_rows_of_the_page_in_their_order(as_reader: Client, query: str) -> None:
    page = as_reader.get(f"{HARROW_PAGES}evidence/?{query}").content.decode()

    found = rows(as_reader.get(f"{CSV}?{query}"))

    assert [row["ref"] for row in found] == re.findall(r'wm-table__ref" href="[^"]*">([^<]+)</a>', page)


def test_it_says_more_if_asked(as_reader: Client) -> None:
    shown, whole = rows(as_reader.get(CSV)), rows(as_reader.get(f"{CSV}?columns=all"))

    assert [{name: row[name] for name in shown[0]} for row in whole] == shown
    assert list(whole[0])[len(shown[0]) :] == [
        "timescale",
        "text",
        "outcome",
        "raised_on",
        "not-complete_actions",
    ]


def test_the_filters_and_the_day_of_the_page_narrow_it(as_reader: Client) -> None:
    narrowed = rows(as_reader.get(f"{CSV}?theme=safeguarding&only_said=yes"))
    earlier = rows(as_reader.get(f"{CSV}?on=2012-09-13"))

    assert {row["theme"] for row in narrowed} == {"Safeguarding"}
    assert [row for row in narrowed if row["only-said"] == "0"] == []
    assert {row["complete"] for row in earlier} == {"0"}


def test_a_filter_that_is_not_known_is_refused(as_reader: Client) -> None:
    """Case 30."""
    assert as_reader.get(f"{CSV}?theme=elsewhere").status_code == 400


def test_cells_that_a_spreadsheet_would_run_are_text(cast: Cast, as_reader: Client) -> None:
    """Case 50."""
    Recommendation.objects.filter(pk=load_recommendation("S1").pk).update(title="=1+1")

    assert rows(as_reader.get(CSV))[0]["recommendation"] == "'=1+1"


def test_exempt_evidence_is_not_in_the_file_of_who_may_not_see_it(
    cast: Cast, as_reader: Client, as_scrutiny_officer: Client
) -> None:
    """Case 33."""
    before = as_reader.get(CSV).content

    show(load_action("S2", "2"), cast.board_member, exempt=True)

    assert as_reader.get(CSV).content == before
    assert rows(as_scrutiny_officer.get(CSV))[1]["not-reviewed"] == "1"


def test_another_council_finds_nothing(as_northmoor_administrator: Client) -> None:
    """Case 23."""
    assert as_northmoor_administrator.get(CSV).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_other_methods_are_refused(as_board_member: Client, method: str) -> None:
    """Case 40."""
    assert getattr(as_board_member, method)(CSV).status_code == 405
