"""CSV and JSON: the cells as they were, and the JSON as its schema says."""

import csv
import io
import json
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from improvement.cells import as_text, from_text
from reports.taking_out import words
from reports.taking_out.plan_table import HEADINGS, PlanTable, as_source, from_source
from reports.word_making.xml import clean
from tests.reports.taking_out.conftest import table_of

TYPES = {"object": dict, "array": list, "string": str, "null": type(None)}
STAGES = ["Not started", "In progress", "On hold", "Awaiting sign-off", "Complete", "Withdrawn"]
KNOWN = {
    *("$schema", "$ref", "$defs", "title", "description", "type", "const", "enum", "pattern", "minimum"),
    *("required", "properties", "additionalProperties", "items"),
}
ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


def read_csv(table: PlanTable) -> list[dict[str, str]]:
    text = words.as_csv(table).decode("utf-8-sig")
    return [
        {name: from_text(cell) for name, cell in row.items()}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def faults(value: Any, rule: dict[str, Any], whole: dict[str, Any], at: str = "$") -> list[str]:
    """Where a value is not as a schema says, by the words of JSON Schema that ours uses; a word that is not known fails."""
    if "$ref" in rule:
        rule = {**whole["$defs"][rule["$ref"].rpartition("/")[2]], **rule}
    found = [f"{at}: {word} is not checked" for word in set(rule) - KNOWN]
    if "type" in rule and not _is(value, rule["type"]):
        return [*found, f"{at} is no {rule['type']}"]
    found += [f"{at} {said}" for wrong, said in _of_one_value(value, rule) if wrong]
    if isinstance(value, dict):
        found += _of_an_object(value, rule, whole, at)
    if isinstance(value, list):
        for number, each in enumerate(value):
            found += faults(each, rule.get("items", {}), whole, f"{at}[{number}]")
    return found


def _of_one_value(value: Any, rule: dict[str, Any]) -> list[tuple[bool, str]]:
    looks = not isinstance(value, str) or re.search(rule.get("pattern", ""), value)
    return [
        ("const" in rule and value != rule["const"], f"is not {rule.get('const')}"),
        ("enum" in rule and value not in rule["enum"], f"is none of {rule.get('enum')}"),
        (not looks, "does not look right"),
        ("minimum" in rule and value < rule["minimum"], "is too small"),
    ]


def _of_an_object(value: Any, rule: dict[str, Any], whole: dict[str, Any], at: str) -> list[str]:
    found = [f"{at}.{name} is missing" for name in rule.get("required", []) if name not in value]
    for name, each in value.items():
        if name in rule.get("properties", {}):
            found += faults(each, rule["properties"][name], whole, f"{at}.{name}")
        elif rule.get("additionalProperties") is False:
            found.append(f"{at}.{name} is not in the schema")
    return found


def _is(value: Any, kinds: str | list[str]) -> bool:
    asked = [kinds] if isinstance(kinds, str) else kinds
    whole_number = "integer" in asked and isinstance(value, int) and not isinstance(value, bool)
    return whole_number or any(isinstance(value, TYPES[kind]) for kind in asked if kind in TYPES)


def told(table: PlanTable) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(words.as_json(table, "https://waymark.example"))
    return found


# CSV


@given(ANY_TEXT)
def test_any_text_comes_back_from_csv(text: str) -> None:
    """Case 50. What no page can show is left out."""
    (row,) = read_csv(table_of({"Latest update": text}))

    assert row["Latest update"] == clean(text)


@given(ANY_TEXT)
def test_the_mark_of_text_comes_off_and_nothing_else_does(text: str) -> None:
    """Case 50."""
    assert from_text(as_text(text)) == text


def test_days_are_written_so_that_every_program_reads_them() -> None:
    (row,) = read_csv(table_of({"Due": date(2025, 6, 30), "Expected by": None}))

    assert (row["Due"], row["Expected by"], row["Update no."]) == ("2025-06-30", "", "2")
    assert list(row) == list(HEADINGS)


# JSON


def test_harrow_is_as_the_schema_says(harrow_table: PlanTable) -> None:
    found = told(harrow_table)

    assert faults(found, json.loads(words.schema()), json.loads(words.schema())) == []
    assert len(found["recommendations"]) == 22
    assert sum(len(one["actions"]) for one in found["recommendations"]) == 101


def test_the_check_of_these_tests_finds_what_is_wrong() -> None:
    schema, found = json.loads(words.schema()), told(table_of({}))
    found["version"] = 2
    found["recommendations"][0]["actions"][0] |= {"stage": "Asleep", "due_on": "30.6.25", "colour": "green"}
    del found["as_of"]

    assert sorted(faults(found, schema, schema)) == [
        "$.as_of is missing",
        "$.recommendations[0].actions[0].colour is not in the schema",
        "$.recommendations[0].actions[0].due_on does not look right",
        f"$.recommendations[0].actions[0].stage is none of {STAGES}",
        "$.version is not 1",
    ]


def test_a_recommendation_with_its_actions() -> None:
    found = told(table_of({"Lead officers": "SM QA; DCS"}, {"Number": "2", "Due": None}))

    (recommendation,) = found["recommendations"]
    assert found["$schema"] == "https://waymark.example/schemas/plan-1.json"
    assert recommendation["actions"][0] == {
        "number": "1",
        "phase": "Must do",
        "lead_officers": ["SM QA", "DCS"],
        "action": "Staff the front door at weekends.",
        "due_on": "2025-06-30",
        "due_as_printed": "30.6.25",
        "stage": "In progress",
        "rating": "Amber",
        "latest_update": "Two people start in May.",
        "updated_on": "2025-04-01",
        "expected_by": None,
        "update_number": 2,
    }
    assert [action["due_on"] for action in recommendation["actions"]] == ["2025-06-30", None]


def test_a_recommendation_that_nobody_answered_has_no_action() -> None:
    bare = dict.fromkeys(HEADINGS[HEADINGS.index("Number") :])

    (recommendation,) = told(table_of(bare))["recommendations"]

    assert (recommendation["reference"], recommendation["actions"]) == ("N1", [])


@given(ANY_TEXT)
def test_any_text_comes_back_from_json(text: str) -> None:
    (recommendation,) = told(table_of({"Latest update": text}))["recommendations"]

    assert recommendation["actions"][0]["latest_update"] == text


@given(ANY_TEXT, st.none() | st.dates())
def test_a_table_that_waits_for_its_turn_is_the_same(text: str, due: date | None) -> None:
    table = table_of({"Action": text, "Due": due})

    assert from_source(as_source(table)) == table


@pytest.mark.parametrize("who", ["signed_out", "as_reader", "as_stranger"])
def test_everybody_may_read_the_schema(request: pytest.FixtureRequest, who: str) -> None:
    client: Client = request.getfixturevalue(who)

    response = client.get("/schemas/plan-1.json")

    assert (response.status_code, response["Content-Type"]) == (200, "application/schema+json")
    assert response.content == words.schema()
    assert client.get("/schemas/plan-1.json", headers={"If-None-Match": response["ETag"]}).status_code == 304
