"""A plan that Waymark took out as JSON, as rows."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from recommendations.intake import read_json
from recommendations.intake.gathering import Unreadable
from recommendations.intake.rows import Cell, Kind
from tests.recommendations.intake.making import kept

pytestmark = pytest.mark.once

ACTION = {
    "number": "1",
    "phase": "Must do",
    "lead_officers": ["DCS", "SM QA"],
    "action": "=Review\r\nall 😀",
    "due_on": "2012-09-30",
    "due_as_printed": "30.9.12",
    "stage": "In progress",
    "rating": "Green",
    "latest_update": "Begun",
    "updated_on": "2012-08-01",
    "expected_by": None,
    "update_number": 3,
}
RECOMMENDATION = {
    "theme": "Safeguarding",
    "timescale": "Immediate",
    "reference": "S1",
    "recommendation": "Ensure",
    "outcome_required": "",
    "actions": [ACTION],
}
POST = {"abbreviation": "DCS", "post": "Director", "organisation": "The council"}


def plan(**other: Any) -> dict[str, Any]:
    return {
        "format": "waymark-plan",
        "version": 1,
        "council": {"slug": "harrow", "name": "Harrow"},
        "plan": {"slug": "children", "name": "Children"},
        "as_of": "2012-09-14",
        "only": "",
        "key": {"lead_officers": [POST]},
        "recommendations": [RECOMMENDATION, {**RECOMMENDATION, "reference": "S2", "actions": []}],
        **other,
    }


def test_each_action_is_a_row_under_the_headings_of_the_other_forms(tmp_path: Path) -> None:
    source = read_json.read(kept(tmp_path, json.dumps(plan()).encode()))

    assert source.kind is Kind.JSON
    assert source.tables[0].before == ("Harrow: Children", "As of 14 September 2012.")
    headings, first, second = (row.cells for row in source.tables[0].rows)
    assert [cell.text for cell in headings] == [
        *("Theme", "Timescale", "Reference", "Recommendation", "Outcome required", "Number", "Phase"),
        *("Lead officers", "Action", "Due", "Due as printed", "Stage", "Rating", "Latest update"),
        *("Updated on", "Expected by", "Update no."),
    ]
    assert [cell.text for cell in first] == [
        *("Safeguarding", "Immediate", "S1", "Ensure", "", "1", "Must do", "DCS; SM QA", "=Review\nall 😀"),
        *("2012-09-30", "30.9.12", "In progress", "Green", "Begun", "2012-08-01", "", "3"),
    ]
    assert first[9] == Cell("2012-09-30", date(2012, 9, 30))
    assert [cell.text for cell in second] == ["Safeguarding", "Immediate", "S2", "Ensure", *[""] * 13]
    assert [[cell.text for cell in row.cells] for row in source.tables[1].rows] == [
        ["Abbreviation", "Post", "Organisation"],
        ["DCS", "Director", "The council"],
    ]


def test_fields_that_our_files_do_not_have_are_told(tmp_path: Path) -> None:
    noted = {**RECOMMENDATION, "actions": [{**ACTION, "notes": "Ask the trust."}]}

    source = read_json.read(kept(tmp_path, json.dumps(plan(recommendations=[noted], seen=[1])).encode()))

    assert [(each.what, each.place, each.words) for each in source.notices] == [
        (read_json.OTHER_FIELD, "the plan", "seen: [1]"),
        (read_json.OTHER_FIELD, "S1 (1)", "notes: Ask the trust."),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[]", read_json.NOT_OURS),
        (b"{", read_json.NOT_OURS),
        (b"\xff", read_json.NOT_OURS),
        (b'{"format": "other"}', read_json.NOT_OURS),
        (json.dumps(plan(version=2)).encode(), read_json.NEWER),
        (json.dumps(plan(recommendations=[{}])).encode(), read_json.NOT_OURS),
        (json.dumps(plan(key=[])).encode(), read_json.NOT_OURS),
        (json.dumps(plan(recommendations=[{**RECOMMENDATION, "theme": 1}])).encode(), read_json.NOT_OURS),
        (
            json.dumps(plan(recommendations=[{**RECOMMENDATION, "actions": [{**ACTION, "due_on": "soon"}]}])).encode(),
            read_json.NOT_OURS,
        ),
        (
            json.dumps(plan(recommendations=[{**RECOMMENDATION, "actions": [{**ACTION, "lead_officers": "DCS"}]}])).encode(),
            read_json.NOT_OURS,
        ),
        (b"[" * 200_000, read_json.NOT_OURS),
    ],
)  # fmt: skip
def test_any_other_json_says_what_to_do(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_json.read(kept(tmp_path, content))

    assert str(refused.value) == words
