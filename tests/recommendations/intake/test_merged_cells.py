"""Any table of merged cells comes back cell for cell, from Word and from Excel, and says where each began."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from recommendations.intake import read_excel, read_word
from recommendations.intake.rows import Reach, Source
from tests.recommendations.intake.making import excel, kept, tbl, tc, tr, word

pytestmark = pytest.mark.once

Area = tuple[int, int, int, int]


@st.composite
def areas(draw: st.DrawFn) -> tuple[int, int, list[Area]]:
    """Rows, columns, and areas (top, left, bottom, right) that fill them: each is one cell, merged or not.

    In every row and every column some cell begins, since nobody could see one in which none does.
    """
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    made = []
    while free:
        top, left = min(free)
        bottom, right = top, left
        if top and left and draw(st.booleans()):
            while (top, right + 1) in free and draw(st.booleans()):
                right += 1
            while all((bottom + 1, column) in free for column in range(left, right + 1)) and draw(
                st.booleans()
            ):
                bottom += 1
        made.append((top, left, bottom, right))
        free -= {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
    return rows, columns, made


def expected(made: list[Area]) -> dict[tuple[int, int], tuple[str, Reach]]:
    cells = {}
    for top, left, bottom, right in made:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                cells[row, column] = ("", Reach.LEFT if row == top else Reach.ABOVE)
        cells[top, left] = (f"{top}/{left}", Reach.NOWHERE)
    return cells


def found(source: Source) -> dict[tuple[int, int], tuple[str, Reach]]:
    return {
        (row, column): (cell.text, cell.covered)
        for row, each in enumerate(source.tables[0].rows)
        for column, cell in enumerate(each.cells)
    }


def as_word(rows: int, columns: int, made: list[Area]) -> bytes:
    lines: list[list[tuple[int, str]]] = [[] for _ in range(rows)]
    for top, left, bottom, right in made:
        span = f'<w:gridSpan w:val="{right - left + 1}"/>'
        down = '<w:vMerge w:val="restart"/>' if bottom > top else ""
        lines[top].append((left, tc(f"{top}/{left}", properties=span + down)))
        for row in range(top + 1, bottom + 1):
            lines[row].append((left, tc(properties=f"{span}<w:vMerge/>")))
    return word(tbl(*[tr(*[cell for _, cell in sorted(line)]) for line in lines], widths=(1200,) * columns))


def as_excel(made: list[Area]) -> bytes:
    def fill(sheet: Worksheet) -> None:
        for top, left, bottom, right in made:
            sheet.cell(top + 1, left + 1).value = f"{top}/{left}"
            if (top, left) != (bottom, right):
                sheet.merge_cells(
                    start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
                )

    return excel(fill)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(areas())
def test_from_word(tmp_path: Path, layout: tuple[int, int, list[Area]]) -> None:
    source = read_word.read(kept(tmp_path, as_word(*layout)))

    assert found(source) == expected(layout[2])


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(areas())
def test_from_excel(tmp_path: Path, layout: tuple[int, int, list[Area]]) -> None:
    source = read_excel.read(kept(tmp_path, as_excel(layout[2])))

    assert found(source) == expected(layout[2])
