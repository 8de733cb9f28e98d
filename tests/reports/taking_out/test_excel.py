"""The workbook, opened as another program would open it."""

import io
import re
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook

from reports.taking_out import excel
from reports.taking_out.excel import FIRST_ROW, HEAD_ROW, TooLongForExcel
from reports.taking_out.plan_table import HEADINGS, PlanTable
from reports.word_making.xml import clean
from tests.reports.taking_out.conftest import FILLED_IN, table_of


def opened(table: PlanTable) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(excel.made(table)))


def cell(book: Workbook, heading: str, row: int = FIRST_ROW) -> Any:
    return book["Plan"].cell(row, HEADINGS.index(heading) + 1)


def test_harrow_in_full(harrow_table: PlanTable) -> None:
    book = opened(harrow_table)

    plan = book["Plan"]
    rows = list(plan.iter_rows(min_row=FIRST_ROW, values_only=True))
    assert [plan.cell(1, 1).value, plan.cell(2, 1).value] == [
        "Harrow Council: Children and Families Improvement Plan",
        "As of 14 November 2012.",
    ]
    assert tuple(each.value for each in plan[HEAD_ROW]) == HEADINGS
    assert [
        tuple(value.date() if isinstance(value, datetime) else value or "" for value in row) for row in rows
    ] == [tuple(value or "" for value in row) for row in harrow_table.rows]
    assert len(rows) == 101


def test_days_are_days_and_numbers_of_actions_are_text() -> None:
    book = opened(table_of({"Number": "1.10", "Due": date(2025, 6, 30)}))

    due, number = cell(book, "Due"), cell(book, "Number")
    assert (due.value, due.number_format) == (datetime(2025, 6, 30), "dd/mm/yyyy")
    assert (number.value, number.data_type) == ("1.10", "s")


def test_the_head_stays_and_repeats_and_filters() -> None:
    book = opened(table_of({}, {"Number": "2"}))

    plan = book["Plan"]
    assert plan.freeze_panes == f"D{FIRST_ROW}"
    assert plan.tables["Plan"].ref == f"A{HEAD_ROW}:Q{FIRST_ROW + 1}"
    assert plan.tables["Plan"].autoFilter.ref == f"A{HEAD_ROW}:Q{FIRST_ROW + 1}"
    assert (plan.print_title_rows, plan.page_setup.orientation) == (f"${HEAD_ROW}:${HEAD_ROW}", "landscape")
    assert plan.sheet_properties.pageSetUpPr.fitToPage
    assert cell(book, "Latest update").alignment.wrap_text


def test_a_row_is_as_high_as_its_words_and_grows_with_what_is_written() -> None:
    long = "Every week somebody looks at it again. " * 10
    made = excel.made(table_of({"Latest update": "Short."}, {"Number": "2", "Latest update": long}))

    heights = openpyxl.load_workbook(io.BytesIO(made))["Plan"].row_dimensions
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert heights[FIRST_ROW + 1].height > heights[FIRST_ROW].height >= 15
    assert heights[FIRST_ROW + 1].height == 15 * 8
    assert re.findall(r'<row r="(\d+)"[^>]* customHeight="1"', sheet) == [str(HEAD_ROW)]


def test_words_that_look_like_a_rows_own_height_stay() -> None:
    words = 'a customHeight="1" b'
    book = opened(table_of({"Latest update": words}))

    assert cell(book, "Latest update").value == words


def test_nothing_is_hidden_or_locked() -> None:
    book = opened(table_of({}))

    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert not sheet.protection.sheet
        assert not any(column.hidden for column in sheet.column_dimensions.values())
        assert not any(row.hidden for row in sheet.row_dimensions.values())


def test_stage_and_rating_are_chosen_from_the_key() -> None:
    book = opened(table_of({}))

    lists = {str(rule.sqref)[0]: rule.formula1 for rule in book["Plan"].data_validations.dataValidation}
    chosen = {
        column: [each.value for (each,) in book["Key"][place.replace("$", "").removeprefix("'Key'!")]]
        for column, place in lists.items()
        if "Key" in place
    }
    assert chosen == {
        "L": ["Not started", "In progress", "On hold", "Awaiting sign-off", "Complete", "Withdrawn"],
        "M": ["Blue", "Amber"],
    }


def test_what_is_filled_in_is_marked_in_words_and_in_the_heading() -> None:
    book = opened(table_of({}))

    fills = {each.value: each.fill.fgColor.rgb for each in book["Plan"][HEAD_ROW]}
    marked = [heading for heading, fill in fills.items() if fill == "00FFE08A"]
    told = {row[0]: row[2] for row in book["Key"].iter_rows(values_only=True) if row[2]}
    assert marked == FILLED_IN == ["Stage", "Rating", "Latest update", "Expected by"]
    assert book["Plan"].cell(3, 1).value.startswith(f"To fill in: {', '.join(FILLED_IN)}.")
    assert [heading for heading in HEADINGS if told[heading] == "Yes: fill it in"] == FILLED_IN


@pytest.mark.parametrize("words", ["=1+1", "+44", "-", "@SUM(A1)", "'=1", "'tis", "#N/A", "TRUE", "1e5"])
def test_a_cell_is_text_whatever_it_begins_with(words: str) -> None:
    """Case 50."""
    book = opened(table_of({"Latest update": words}))

    said = cell(book, "Latest update")
    assert (said.value, said.data_type) == (words, "s")
    assert bool(said.quotePrefix) == (words[0] in "=+-@'")


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60))
def test_any_text_comes_back(words: str) -> None:
    """What XML cannot hold is left out, and a line ends in one way."""
    book = opened(table_of({"Latest update": words}))

    shown = clean(re.sub("\r\n?", "\n", words))
    assert unescape(cell(book, "Latest update").value or "") == shown


@given(st.sampled_from(["_x0041_", "a_x000D_b", "_x005F_", "__x0041_x0042_"]))
def test_words_that_look_like_a_code_of_excels_stay(words: str) -> None:
    book = opened(table_of({"Action": words}))

    assert unescape(cell(book, "Action").value) == words


def test_the_same_table_makes_the_same_bytes() -> None:
    first, second = excel.made(table_of({}, {"Number": "2"})), excel.made(table_of({}, {"Number": "2"}))

    with zipfile.ZipFile(io.BytesIO(first)) as package:
        dates = {info.date_time for info in package.infolist()}
        core = package.read("docProps/core.xml").decode()
    assert first == second
    assert dates == {(1980, 1, 1, 0, 0, 0)}
    assert re.findall(r">([^<]*)</dcterms:\w+>", core) == ["2025-05-01T00:00:00Z"] * 2


def test_a_plan_without_an_action_still_opens() -> None:
    book = opened(table_of())

    assert book["Plan"].tables["Plan"].ref == f"A{HEAD_ROW}:Q{FIRST_ROW}"


def test_a_text_too_long_for_a_cell_is_not_cut() -> None:
    with pytest.raises(TooLongForExcel) as refused:
        excel.made(table_of({"Latest update": "x" * 32_768}))

    assert str(refused.value) == (
        "“Latest update” of N1 (1) is 32,768 characters long, and a cell of Excel holds 32,767. "
        "Take the plan out as Word, CSV or JSON."
    )
