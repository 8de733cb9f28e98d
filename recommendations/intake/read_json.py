"""A plan that Waymark took out as JSON, as rows under the headings of its other forms. Its schema is published."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from recommendations.intake.gathering import EMPTY, Gathered, Unreadable, clean
from recommendations.intake.rows import Cell, Kind, Row, Source, Table

FORMAT, VERSION = "waymark-plan", 1
# What the schema calls a column, and the heading under which the other forms have it; it is written by the same names.
OF_RECOMMENDATION = {
    "theme": "Theme",
    "timescale": "Timescale",
    "reference": "Reference",
    "recommendation": "Recommendation",
    "outcome_required": "Outcome required",
}
OF_ACTION = {
    "number": "Number",
    "phase": "Phase",
    "lead_officers": "Lead officers",
    "action": "Action",
    "due_on": "Due",
    "due_as_printed": "Due as printed",
    "stage": "Stage",
    "rating": "Rating",
    "latest_update": "Latest update",
    "updated_on": "Updated on",
    "expected_by": "Expected by",
    "update_number": "Update no.",
}
HEADINGS = frozenset((*OF_RECOMMENDATION.values(), *OF_ACTION.values()))
# Of these a partner may have deleted some; a tracker of another origin has hardly any.
FEWEST_OF_OURS = 6
OF_POST = {"abbreviation": "Abbreviation", "post": "Post", "organisation": "Organisation"}
# What else the schema has.
OF_PLAN = {"$schema", "format", "version", "council", "plan", "as_of", "only", "key", "recommendations"}
OF_KEY = {"lead_officers", "ratings", "rating_note", "stages", "phases"}
DAYS = {"due_on", "updated_on", "expected_by"}
LEADS_PARTED_BY = "; "
# What a file says of whose actions it holds, where they are not all of the plan's.
ONLY = "Only actions of"

NOT_OURS = (
    "It is not a plan that Waymark took out as JSON. Plans are read from Word (.docx), Excel (.xlsx) and CSV: save it "
    "as one of these and choose that."
)
OTHER_FIELD = "A field that Waymark's own files do not have, not in the plan"
NEWER = "It was written by a newer Waymark. Take the plan out as Excel or CSV and choose that."


def are_ours(headings: Iterable[str]) -> bool:
    """Whether Waymark wrote a table with these headings: the number of the update, and others by our names."""
    found = HEADINGS & set(headings)
    return OF_ACTION["update_number"] in found and len(found) >= FEWEST_OF_OURS


def read(path: Path) -> Source:
    """Raises Unreadable with what is wrong and what to do."""
    try:
        plan = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise Unreadable(NOT_OURS) from error
    if not isinstance(plan, dict) or plan.get("format") != FORMAT:
        raise Unreadable(NOT_OURS)
    if plan.get("version") != VERSION:
        raise Unreadable(NEWER)
    gathered = Gathered()
    try:
        tables = (
            _table(
                "Plan",
                (*OF_RECOMMENDATION.values(), *OF_ACTION.values()),
                _actions(plan),
                gathered,
                before=_above(plan),
            ),
            _table("Key", tuple(OF_POST.values()), _posts(plan), gathered),
        )
        for where, thing, fields in _fields(plan):
            for name in (name for name in thing if name not in fields):
                gathered.tell(OTHER_FIELD, where, f"{name}: {thing[name]}")
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Unreadable(NOT_OURS) from error
    return Source(Kind.JSON, tables, notices=gathered.notices())


def _above(plan: Mapping[str, Any]) -> tuple[str, ...]:
    """What stands above the table in the other forms: the title, the day, and whose actions they are where not all."""
    day = f"As of {date.fromisoformat(plan['as_of']):%-d %B %Y}."
    whose = f" {ONLY} {plan['only']}." if plan.get("only") else ""
    return clean(f"{plan['council']['name']}: {plan['plan']['name']}"), clean(f"{day}{whose}")


def _actions(plan: Mapping[str, Any]) -> Iterator[list[Cell]]:
    """A row for each action; one for a recommendation that has none yet."""
    for recommendation in plan["recommendations"]:
        begins = [_cell(name, recommendation[name]) for name in OF_RECOMMENDATION]
        for action in recommendation["actions"]:
            yield [*begins, *(_cell(name, action[name]) for name in OF_ACTION)]
        if not recommendation["actions"]:
            yield [*begins, *[EMPTY] * len(OF_ACTION)]


def _posts(plan: Mapping[str, Any]) -> Iterator[list[Cell]]:
    for post in plan["key"]["lead_officers"]:
        yield [_cell(name, post[name]) for name in OF_POST]


def _fields(plan: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], set[str]]]:
    """Each thing of the file that the plan or its posts are read from: where it is, itself, and the fields that it may have."""
    yield "the plan", plan, OF_PLAN
    yield "the key", plan["key"], OF_KEY
    for post in plan["key"]["lead_officers"]:
        yield post["abbreviation"], post, {*OF_POST}
    for each in plan["recommendations"]:
        yield each["reference"], each, {*OF_RECOMMENDATION, "actions"}
        for action in each["actions"]:
            yield f"{each['reference']} ({action['number']})", action, {*OF_ACTION}


def _cell(name: str, value: Any) -> Cell:
    if value is None or value == "":
        return EMPTY
    if name in DAYS:
        return Cell(value, date.fromisoformat(value))
    if name == "lead_officers":
        if not isinstance(value, list):
            raise ValueError(f"{name} is a list.")
        value = LEADS_PARTED_BY.join(value)
    if name == "update_number":
        value = str(int(value))
    return Cell(clean(value))


def _table(
    name: str,
    headings: tuple[str, ...],
    rows: Iterator[list[Cell]],
    gathered: Gathered,
    *,
    before: tuple[str, ...] = (),
) -> Table:
    read = [Row(1, tuple(Cell(heading) for heading in headings))]
    for number, cells in enumerate(rows, start=2):
        gathered.count(sum(bool(cell.text) for cell in cells), len(cells))
        for cell, heading in zip(cells, headings, strict=True):
            gathered.weigh(cell.text, f"{heading} of row {number}")
        read.append(Row(number, tuple(cells)))
    return Table(name, tuple(read), before)
