"""What the intake keeps as JSON comes back as it was."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations.intake import written
from recommendations.intake.columns import Meaning, TableMapping
from recommendations.intake.plan_read import (
    ActionRead,
    Due,
    PlanRead,
    PostRead,
    RecommendationRead,
    Said,
    Standing,
    Sureness,
    Unplaced,
)
from recommendations.intake.rows import Cell, Kind, Notice, Place, Reach, Row, Source, Table

pytestmark = pytest.mark.once

TEXT = st.text(max_size=8)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
CELLS = st.builds(
    Cell,
    st.sampled_from(["", "a", "0"]) | TEXT,
    st.none() | st.dates(),
    st.sampled_from(["", "#ff0000"]),
    st.sampled_from(Reach),
)
ROWS = st.builds(Row, st.integers(1, 1_048_576), st.lists(st.just(Cell()) | CELLS, max_size=6).map(tuple))
TABLES = st.builds(Table, TEXT, st.lists(ROWS, max_size=4).map(tuple), TEXTS)
NOTICES = st.lists(st.builds(Notice, TEXT, TEXT, TEXT), max_size=3).map(tuple)
SOURCES = st.builds(Source, st.sampled_from(Kind), st.lists(TABLES, max_size=3).map(tuple), TEXTS, NOTICES)

PLACES = st.lists(st.builds(Place, *[st.integers(0, 99)] * 3), max_size=2).map(tuple)


def said(value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(Said, value, PLACES, TEXT, st.sampled_from(Sureness))


DUES = st.builds(Due, st.none() | st.dates(), TEXT, TEXT)
STANDINGS = st.builds(Standing, TEXT, TEXT, TEXT, st.none() | st.dates())
ACTIONS = st.builds(
    ActionRead,
    *[said(TEXT)] * 3,
    said(TEXTS),
    said(DUES),
    st.lists(said(STANDINGS), max_size=2).map(tuple),
)
RECOMMENDATIONS = st.builds(RecommendationRead, *[said(TEXT)] * 5, st.lists(ACTIONS, max_size=2).map(tuple))
PLANS = st.builds(
    PlanRead,
    TEXT,
    TEXTS,
    st.lists(RECOMMENDATIONS, max_size=2).map(tuple),
    st.lists(st.builds(PostRead, TEXT, TEXT, st.booleans(), TEXTS), max_size=2).map(tuple),
    st.lists(st.builds(Unplaced, st.builds(Place, *[st.integers(0, 9)] * 3), TEXT, TEXT), max_size=2).map(
        tuple
    ),
    NOTICES,
)


def through_json(thing: Any) -> Any:
    return json.loads(json.dumps(written.as_json(thing)))


@settings(deadline=None)
@given(source=SOURCES)
def test_a_source_comes_back_as_it_was(source: Source) -> None:
    assert written.source_from(through_json(source)) == source


@settings(deadline=None, max_examples=60)
@given(plan=PLANS)
def test_a_plan_comes_back_as_it_was(plan: PlanRead) -> None:
    assert written.plan_from(through_json(plan)) == plan


def test_a_mapping_comes_back_as_it_was() -> None:
    mapping = (TableMapping(0, (1, 2), (Meaning.ACTION, Meaning.KEPT)), TableMapping(1, (), ()))

    assert written.mapping_from(through_json(mapping)) == mapping


def test_cells_are_written_briefly() -> None:
    row = Row(
        7, (Cell(), Cell(), Cell("DCS"), Cell("30/09/2012", date(2012, 9, 30)), Cell(covered=Reach.ABOVE))
    )

    as_json = written.as_json(Source(Kind.EXCEL, (Table("Plan", (row,)),)))

    assert as_json["tables"][0]["rows"] == [
        [7, 2, "DCS", ["30/09/2012", "2012-09-30", "", ""], ["", None, "", "above"]]
    ]
